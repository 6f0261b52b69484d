using System.Data.Common;
using System.Linq.Expressions;
using FhirTrials.Storage.Rows;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage.Writing;

/// <summary>Statements of the store's rows on one open connection. An embedded engine has no round trips to save: there
/// each statement is of one row and stays prepared. A server gets batches.</summary>
/// <param name="batchSize">The most rows of one statement to a server.</param>
sealed class RowCommands(FhirContext context, int batchSize) : IDisposable
{
    /// <summary>SQL Server takes 2,100.</summary>
    const int MaxParameters = 2000;

    readonly RowSql _sql = new(context);
    readonly bool _isEmbedded = context.Database.IsSqlite();
    readonly Dictionary<string, DbCommand> _prepared = [];
    readonly Dictionary<string, SqliteStatement> _statements = [];
    readonly Dictionary<Type, RowTable> _tables = [];
    readonly List<IndexRow> _gathered = [];
    readonly HashSet<long> _gatheredKeys = [];
    int _kept;

    /// <summary>How many statements have written something.</summary>
    public long Sent { get; private set; }

    public async Task Insert<TRow>(IReadOnlyList<TRow> rows)
        where TRow : class
    {
        if (rows.Count > 0)
        {
            var table = Table(rows[0].GetType());
            await Send(table.Insert, table.Columns, rows, n => _sql.Insert(table.Type, n));
        }
    }

    /// <summary>Takes index rows to be sent together with those of other resources: to go through
    /// one table after another, rather than through all of them for each resource, is a quarter less
    /// work to an embedded engine.</summary>
    public void GatherIndex(IEnumerable<IndexRow> rows)
    {
        foreach (var row in rows)
        {
            _gathered.Add(row);
            _gatheredKeys.Add(row.ResourceKey);
        }
    }

    /// <summary>Sends the index rows that were gathered: to be called before a query that
    /// must see them, and at the end.</summary>
    public async Task SendIndex()
    {
        foreach (var table in _gathered.GroupBy(r => r.GetType()))
        {
            await Insert(table.ToList());
        }

        _gathered.Clear();
        _gatheredKeys.Clear();
        _kept = 0;
    }

    /// <summary>From here on <see cref="DropIndex"/> drops.</summary>
    public void KeepIndex() => _kept = _gathered.Count;

    /// <summary>Forgets the index rows that were gathered since <see cref="KeepIndex"/> and are not sent yet.</summary>
    public void DropIndex() => _gathered.RemoveRange(_kept, _gathered.Count - _kept);

    public Task Update(IReadOnlyList<ResourceRow> rows)
    {
        var columns = Table(typeof(ResourceRow)).Columns.Where(c => RowSql.IsUpdated(c.Property)).ToArray();
        return Send("update", columns, rows, _sql.Update);
    }

    /// <summary>Deletes all index rows of resources.</summary>
    public async Task ClearIndex(IReadOnlyList<long> resourceKeys)
    {
        if (_gatheredKeys.Overlaps(resourceKeys))
        {
            await SendIndex();
        }

        await Send(
            "clear", [Table(typeof(TokenRow)).Value(nameof(IndexRow.ResourceKey))], resourceKeys, _sql.ClearIndex);
    }

    /// <summary>Writes a setting in the place of the one of its name, if any.</summary>
    public Task Replace(SettingRow setting) => Send(
        "replace", Table(typeof(SettingRow)).Columns, [setting], _ => _sql.ReplaceSetting());

    /// <summary>The current versions of those that there are.</summary>
    public async Task<List<ResourceRow>> Find(IReadOnlyList<(short Type, string Id)> named)
    {
        var resources = Table(typeof(ResourceRow));
        RowColumn[] columns = [resources.Column(nameof(ResourceRow.Type)), resources.Column(nameof(ResourceRow.Id))];
        var found = new List<ResourceRow>(named.Count);
        foreach (var (from, count) in Chunks(named.Count, columns.Length))
        {
            var command = Command("find", count, _sql.Find);
            Fill(command, columns, count, (i, c) => c == columns[0] ? named[from + i].Type : named[from + i].Id);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                found.Add(ResourceRow.Read(reader));
            }
        }

        return found;
    }

    /// <summary>Locks the counter's row until the transaction ends.</summary>
    public async Task<ChangeCounterRow> LockCounter()
    {
        await using var reader = await Command("lock", 0, _ => _sql.LockCounter()).ExecuteReaderAsync();
        await reader.ReadAsync();
        return new()
        {
            Id = ChangeCounterRow.OnlyId,
            Value = reader.GetInt64(0),
            Time = reader.GetInt64(1),
            SearchVersion = reader.GetInt64(2),
        };
    }

    public Task SetCounter(ChangeCounterRow counter)
    {
        var table = Table(typeof(ChangeCounterRow));
        RowColumn[] columns =
        [
            table.Column(nameof(ChangeCounterRow.Value)), table.Column(nameof(ChangeCounterRow.Time)),
            table.Column(nameof(ChangeCounterRow.SearchVersion)),
        ];
        return Send("count", columns, [counter], _ => _sql.SetCounter());
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }

    async Task Send<TRow>(string name, RowColumn[] columns, IReadOnlyList<TRow> rows, Func<int, string> sql)
        where TRow : notnull
    {
        if (_isEmbedded)
        {
            SendEach(name, columns, rows, sql);
            return;
        }

        foreach (var (from, count) in Chunks(rows.Count, columns.Length))
        {
            var command = Command(name, count, sql);
            Fill(command, columns, count, (i, c) => c.Of(rows[from + i]));
            await command.ExecuteNonQueryAsync();
            Sent++;
        }
    }

    void SendEach<TRow>(string name, RowColumn[] columns, IReadOnlyList<TRow> rows, Func<int, string> sql)
        where TRow : notnull
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (!_statements.TryGetValue(name, out var statement))
        {
            var connection = (SqliteConnection)context.Database.GetDbConnection();
            _statements.Add(name, statement = new(connection, sql(1), columns));
        }

        statement.Run(rows);
        Sent += rows.Count;
    }

    DbCommand Command(string name, int rows, Func<int, string> sql)
    {
        if (!_prepared.TryGetValue(name, out var command))
        {
            command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql(rows);
            if (_isEmbedded)
            {
                _prepared.Add(name, command);
            }
        }

        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    static void Fill(DbCommand command, RowColumn[] columns, int rows, Func<int, RowColumn, object> value)
    {
        var isNew = command.Parameters.Count == 0;
        for (var i = 0; i < rows; i++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                if (isNew)
                {
                    command.Parameters.Add(columns[c].Parameter(command, i, value(i, columns[c])));
                }
                else
                {
                    command.Parameters[(i * columns.Length) + c].Value = value(i, columns[c]);
                }
            }
        }
    }

    /// <summary>Few different sizes, so that a server keeps few plans.</summary>
    IEnumerable<(int From, int Count)> Chunks(int rows, int columns)
    {
        var most = _isEmbedded ? 1 : Math.Clamp(MaxParameters / columns, 1, batchSize);
        for (var from = 0; from < rows;)
        {
            var left = Math.Min(rows - from, most);
            var count = left == most ? most : 1 << int.Log2(left);
            yield return (from, count);
            from += count;
        }
    }

    RowTable Table(Type row)
    {
        if (!_tables.TryGetValue(row, out var table))
        {
            _tables.Add(row, table = new(context.Model.FindEntityType(row)!));
        }

        return table;
    }
}

/// <summary>A table with its columns, in the order of the parameters.</summary>
sealed class RowTable(IEntityType type)
{
    public IEntityType Type => type;

    /// <summary>The name of the statement that inserts.</summary>
    public string Insert { get; } = $"insert {type.GetTableName()}";

    public RowColumn[] Columns { get; } = [.. type.GetProperties().Select(p => new RowColumn(p))];

    public RowColumn Column(string name) => Columns.Single(c => c.Property.Name == name);

    /// <summary>A column where only its value is given, rather than a row.</summary>
    public RowColumn Value(string name) => new(Column(name).Property, isRow: false);
}

/// <summary>A column's values as parameters of the engine.</summary>
/// <param name="isRow">Whether a row is given, or the value itself.</param>
sealed class RowColumn(IProperty property, bool isRow = true)
{
    readonly Func<object, object?> _get = isRow ? property.GetGetter().GetClrValue : value => value;
    readonly RelationalTypeMapping _mapping = property.GetRelationalTypeMapping();

    public IProperty Property => property;

    public object Of(object row) =>
        _get(row) is { } value ? _mapping.Converter?.ConvertToProvider(value) ?? value : DBNull.Value;

    /// <summary>The value before any conversion, as code.</summary>
    /// <param name="row">An object.</param>
    public Expression ValueIn(Expression row) => isRow
        ? Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), property.PropertyInfo!)
        : Expression.Convert(row, property.ClrType);

    public DbParameter Parameter(DbCommand command, int row, object value)
    {
        var parameter = _mapping.CreateParameter(
            command, RowSql.Parameter(property, row), value is DBNull ? null : value, property.IsNullable);
        parameter.Value = value;
        return parameter;
    }
}
