using System.Data.Common;

namespace FhirTrials.Storage.Rows;

/// <summary>The current version of a resource, which may be a deletion.</summary>
sealed class ResourceRow
{
    /// <summary>The change number of the resource's first version.</summary>
    public long Key { get; init; }

    /// <summary>The interned resource type.</summary>
    public short Type { get; init; }

    public required string Id { get; init; }

    public int Version { get; set; }

    /// <summary>UTC ticks, in whole milliseconds.</summary>
    public long LastUpdated { get; set; }

    public long Change { get; set; }

    public StoredBy Method { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>As <see cref="StoredJson"/> writes it; empty for a deletion.</summary>
    public required byte[] Json { get; set; }

    /// <summary>SHA-256 of the content without the server's part of <c>meta</c>; empty for a deletion.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The columns that <see cref="Read"/> expects, in this order.</summary>
    public static IReadOnlyList<string> ReadColumns { get; } =
    [
        nameof(Key), nameof(Type), nameof(Id), nameof(Version), nameof(LastUpdated), nameof(Change), nameof(Method),
        nameof(IsDeleted), nameof(Json), nameof(Hash),
    ];

    public static ResourceRow Read(DbDataReader reader) => new()
    {
        Key = reader.GetInt64(0),
        Type = reader.GetInt16(1),
        Id = reader.GetString(2),
        Version = reader.GetInt32(3),
        LastUpdated = reader.GetInt64(4),
        Change = reader.GetInt64(5),
        Method = (StoredBy)reader.GetByte(6),
        IsDeleted = reader.GetBoolean(7),
        Json = reader.GetFieldValue<byte[]>(8),
        Hash = reader.GetFieldValue<byte[]>(9),
    };
}

/// <summary>A version that is no longer current.</summary>
sealed class ResourceVersionRow
{
    public long ResourceKey { get; init; }

    public int Version { get; init; }

    public short Type { get; init; }

    public required string Id { get; init; }

    public long LastUpdated { get; init; }

    public long Change { get; init; }

    public StoredBy Method { get; init; }

    public required byte[] Json { get; init; }
}

/// <summary>A version that was removed for good: there is nothing of it but its number.</summary>
sealed class ExpungedVersionRow
{
    public long ResourceKey { get; init; }

    public int Version { get; init; }
}
