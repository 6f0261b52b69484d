using System.Globalization;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FhirTrials.Storage.Checking;

/// <summary>Index rows of all tables, as texts that are equal exactly where the rows are but for their order.</summary>
sealed class IndexRowTexts(FhirContext context)
{
    readonly Dictionary<Type, Func<object, object?>[]> _columns = context.Model.GetEntityTypes()
        .Where(t => t.ClrType.IsAssignableTo(typeof(IndexRow)))
        .ToDictionary(
            t => t.ClrType,
            t => t.GetProperties().Where(p => p.Name != nameof(IndexRow.Ordinal)).Select(Getter).ToArray());

    public string Of(IndexRow row) => row.GetType().Name + ": "
        + string.Join(
            '|', _columns[row.GetType()].Select(get => Convert.ToString(get(row), CultureInfo.InvariantCulture)));

    /// <summary>The rows of those resources, by resource.</summary>
    public async Task<ILookup<long, string>> Read(long[] keys, CancellationToken ct)
    {
        var rows = new List<IndexRow>();
        await Add(context.Tokens);
        await Add(context.WordLists);
        await Add(context.Strings);
        await Add(context.Dates);
        await Add(context.Numbers);
        await Add(context.Quantities);
        await Add(context.References);
        await Add(context.Uris);
        await Add(context.Positions);
        if (context.Database.IsSqlite())
        {
            await Add(context.Set<TitleRow>());
        }

        return rows.ToLookup(r => r.ResourceKey, Of);

        async Task Add<TRow>(DbSet<TRow> table)
            where TRow : IndexRow =>
            rows.AddRange(await table.Where(r => keys.Contains(r.ResourceKey)).ToListAsync(ct));
    }

    static Func<object, object?> Getter(IProperty property) => property.GetGetter().GetClrValue;
}
