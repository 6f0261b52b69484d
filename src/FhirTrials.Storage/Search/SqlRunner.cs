using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage.Search;

/// <summary>Runs SQL on the connection of a context, within its transaction where it has one.</summary>
/// <param name="keepsCommands">Whether commands are kept by their text, so that the
/// embedded engine prepares each once.</param>
sealed class SqlRunner(FhirContext context, bool keepsCommands = false) : IDisposable
{
    const int MaxIndexedText = 256;

    /// <summary>Shapes of searches are few, but anyone may send others.</summary>
    const int MaxKept = 100;

    readonly bool _isServer = context.Database.IsSqlServer();
    readonly Dictionary<string, DbCommand> _kept = new(StringComparer.Ordinal);

    public async Task<List<T>> Query<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken ct)
    {
        var connection = context.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await context.Database.OpenConnectionAsync(ct);
        }

        var (text, values) = sql.Write();
        var command = Command(connection, text, values);
        try
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            if (!_kept.ContainsKey(text))
            {
                await command.DisposeAsync();
            }
        }
    }

    public async Task<long> Scalar(Sql sql, CancellationToken ct) => (await Query(sql, row => Number(row, 0), ct))[0];

    /// <summary>A count, which engines give in different widths.</summary>
    public static long Number(DbDataReader row, int column) =>
        Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var command in _kept.Values)
        {
            command.Dispose();
        }

        _kept.Clear();
    }

    DbCommand Command(DbConnection connection, string text, IReadOnlyList<object> values)
    {
        if (_kept.TryGetValue(text, out var kept))
        {
            for (var i = 0; i < values.Count; i++)
            {
                kept.Parameters[i].Value = values[i];
            }

            return kept;
        }

        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters.Add(Parameter(command, i, values[i]));
        }

        if (keepsCommands && !_isServer)
        {
            if (_kept.Count == MaxKept)
            {
                Dispose();
            }

            _kept.Add(text, command);
        }

        return command;
    }

    DbParameter Parameter(DbCommand command, int number, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{number}");
        parameter.Value = value;
        if (_isServer && value is string { Length: <= MaxIndexedText })
        {
            // One plan on a server for texts of any length.
            parameter.Size = MaxIndexedText;
        }

        return parameter;
    }
}
