using System.Data.Common;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>What a search reads of a resource: not the hash, which lies behind the JSON.</summary>
static class ResourceColumns
{
    public const int Count = 8;

    public static Sql Of(Sql r) => $"""
        {r}."Key", {r}."Type", {r}."Id", {r}."Version", {r}."LastUpdated", {r}."Change", {r}."Method", {r}."Json"
        """;

    public static ResourceRow Read(DbDataReader row) => new()
    {
        Key = row.GetInt64(0), Type = row.GetInt16(1), Id = row.GetString(2), Version = row.GetInt32(3),
        LastUpdated = row.GetInt64(4), Change = row.GetInt64(5), Method = (StoredBy)row.GetByte(6),
        Json = row.GetFieldValue<byte[]>(7), Hash = [],
    };
}
