using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FhirTrials.Storage.Writing;

/// <summary>The SQL of the store's rows in the engine's dialect, for a number of rows; the parameters of row i are
/// <c>@Column_i</c>.</summary>
sealed class RowSql(FhirContext context)
{
    readonly ISqlGenerationHelper _sql = context.GetService<ISqlGenerationHelper>();
    readonly IEntityType _resource = context.Model.FindEntityType(typeof(ResourceRow))!;
    readonly IEntityType _setting = context.Model.FindEntityType(typeof(SettingRow))!;
    readonly IEntityType _counter = context.Model.FindEntityType(typeof(ChangeCounterRow))!;

    readonly bool _isEmbedded = context.Database.IsSqlite();

    /// <summary>An embedded engine would copy every page that a trigger changes, so that it could undo the one
    /// statement where a row is refused; here the whole transaction is undone then. Its full-text index gets words by a
    /// statement, since after each run of a trigger it writes what it has gathered, else once for all at the end of the
    /// transaction.</summary>
    public string Insert(IEntityType table, int rows)
    {
        IProperty[] columns = [.. table.GetProperties()];
        var insert = $"INSERT{(_isEmbedded ? " OR FAIL" : "")} INTO {Name(table)} ({List(columns.Select(Name))}) "
            + $"VALUES {List(Rows(rows, i => $"({Values(columns, i)})"))}";
        return _isEmbedded && table.ClrType == typeof(WordListRow)
            ? string.Join("; ", Rows(rows, i => IndexWords(table, i)).Prepend(insert))
            : insert;
    }

    static string IndexWords(IEntityType table, int row)
    {
        string Of(string column) => Parameter(table.FindProperty(column)!, row);
        var (key, words, type) =
            (Of(nameof(WordListRow.ResourceKey)), Of(nameof(WordListRow.Words)), Of(nameof(WordListRow.Type)));
        var typed = $"replace({words}, ' ', ' ' || {type} || 'x')";
        return $"""INSERT INTO "WordIndex" ("rowid", "Words") VALUES ({key}, {typed})""";
    }

    /// <summary>Replaces the current versions by their key.</summary>
    public string Update(int rows)
    {
        var key = _resource.FindProperty(nameof(ResourceRow.Key))!;
        var changed = _resource.GetProperties().Where(c => c != key && IsUpdated(c)).ToList();
        return string.Join("; ", Rows(rows, i =>
            $"UPDATE {Name(_resource)} SET {List(changed.Select(c => Equal(c, i)))} WHERE {Equal(key, i)}"));
    }

    /// <summary>Reads the current versions by type and id: the columns of <see cref="ResourceRow.Read"/>.</summary>
    public string Find(int rows)
    {
        var (type, id) =
            (_resource.FindProperty(nameof(ResourceRow.Type))!, _resource.FindProperty(nameof(ResourceRow.Id))!);
        var columns = ResourceRow.ReadColumns.Select(c => Name(_resource.FindProperty(c)!));
        return $"SELECT {List(columns)} FROM {Name(_resource)} WHERE "
            + string.Join(" OR ", Rows(rows, i => $"({Equal(type, i)} AND {Equal(id, i)})"));
    }

    /// <summary>Deletes all index rows by the resource's key.</summary>
    public string ClearIndex(int rows) => string.Join("; ", context.Model.GetEntityTypes()
        .Where(t => t.ClrType.IsAssignableTo(typeof(IndexRow)))
        .Select(t => (Table: t, Key: t.FindProperty(nameof(IndexRow.ResourceKey))!))
        .Select(
            t => $"DELETE FROM {Name(t.Table)} WHERE {Name(t.Key)} IN ({List(Rows(rows, i => Parameter(t.Key, i)))})"));

    /// <summary>Writes a setting in the place of the one of its name.</summary>
    public string ReplaceSetting()
    {
        var name = _setting.FindProperty(nameof(SettingRow.Name))!;
        return $"DELETE FROM {Name(_setting)} WHERE {Equal(name, 0)}; {Insert(_setting, 1)}";
    }

    /// <summary>Locks the counter's row and reads it.</summary>
    public string LockCounter()
    {
        var (value, time, search) = Counter();
        return $"UPDATE {Name(_counter)} SET {Name(value)} = {Name(value)}; "
            + $"SELECT {Name(value)}, {Name(time)}, {Name(search)} FROM {Name(_counter)}";
    }

    public string SetCounter()
    {
        var (value, time, search) = Counter();
        return $"UPDATE {Name(_counter)} SET {Equal(value, 0)}, {Equal(time, 0)}, {Equal(search, 0)}";
    }

    public static string Parameter(IProperty column, int row) => FormattableString.Invariant($"@{column.Name}_{row}");

    (IProperty Value, IProperty Time, IProperty SearchVersion) Counter() => (
        _counter.FindProperty(nameof(ChangeCounterRow.Value))!,
        _counter.FindProperty(nameof(ChangeCounterRow.Time))!,
        _counter.FindProperty(nameof(ChangeCounterRow.SearchVersion))!);

    /// <summary>Whether <see cref="Update"/> has it as a parameter: a resource keeps its type and id.</summary>
    public static bool IsUpdated(IProperty column) =>
        column.Name is not (nameof(ResourceRow.Type) or nameof(ResourceRow.Id));

    static IEnumerable<string> Rows(int rows, Func<int, string> row) => Enumerable.Range(0, rows).Select(row);

    static string Values(IProperty[] columns, int row) => List(columns.Select(c => Parameter(c, row)));

    string Equal(IProperty column, int row) => $"{Name(column)} = {Parameter(column, row)}";

    string Name(IEntityType table) => _sql.DelimitIdentifier(table.GetTableName()!, table.GetSchema());

    string Name(IProperty column) => _sql.DelimitIdentifier(column.GetColumnName());

    static string List(IEnumerable<string> parts) => string.Join(", ", parts);
}
