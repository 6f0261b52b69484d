using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage;

/// <summary>Rows → stored resources.</summary>
static class StoredRow
{
    /// <param name="cache">Keeps the JSON for whoever reads it next; null keeps nothing.</param>
    public static StoredResource Of(ResourceRow row, InternedNames names, JsonCache? cache = null) => new(
        names.TypeName(row.Type), row.Id, row.Version, new(row.LastUpdated, TimeSpan.Zero), row.Change, row.Method,
        cache?.Decompress(row.Change, row.Json) ?? StoredJson.Decompress(row.Json));

    public static StoredResource Of(ResourceVersionRow row, InternedNames names) => new(
        names.TypeName(row.Type), row.Id, row.Version, new(row.LastUpdated, TimeSpan.Zero), row.Change, row.Method,
        StoredJson.Decompress(row.Json));
}
