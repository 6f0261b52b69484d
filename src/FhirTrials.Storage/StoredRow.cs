using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage;

/// <summary>Rows → stored resources.</summary>
static class StoredRow
{
    public static StoredResource Of(ResourceRow row, InternedNames names) => new(
        names.TypeName(row.Type), row.Id, row.Version, new(row.LastUpdated, TimeSpan.Zero), row.Change, row.Method,
        StoredJson.Decompress(row.Json));

    public static StoredResource Of(ResourceVersionRow row, InternedNames names) => new(
        names.TypeName(row.Type), row.Id, row.Version, new(row.LastUpdated, TimeSpan.Zero), row.Change, row.Method,
        StoredJson.Decompress(row.Json));
}
