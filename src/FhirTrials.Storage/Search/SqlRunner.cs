using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage.Search;

/// <summary>Runs SQL on the connection of a context, within its transaction where it has one.</summary>
sealed class SqlRunner(FhirContext context)
{
    const int MaxIndexedText = 256;

    public async Task<List<T>> Query<T>(Sql sql, Func<DbDataReader, T> read, CancellationToken ct)
    {
        var connection = context.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open)
        {
            await context.Database.OpenConnectionAsync(ct);
        }

        await using var command = connection.CreateCommand();
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        Fill(command, sql);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async Task<long> Scalar(Sql sql, CancellationToken ct) => (await Query(sql, row => Number(row, 0), ct))[0];

    /// <summary>A count, which engines give in different widths.</summary>
    public static long Number(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    static void Fill(DbCommand command, Sql sql)
    {
        var (text, values) = sql.Write();
        command.CommandText = text;
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = values[i];
            if (values[i] is string { Length: <= MaxIndexedText })
            {
                // One plan on a server for texts of any length.
                parameter.Size = MaxIndexedText;
            }

            command.Parameters.Add(parameter);
        }
    }
}
