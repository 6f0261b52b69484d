namespace FhirTrials.Storage.Rows;

/// <summary>What an interned name names.</summary>
enum NameKind
{
    ResourceType,
    IndexKey,
    System,
}

/// <summary>A text that rows refer to by number.</summary>
sealed class NameRow
{
    public NameKind Kind { get; init; }

    /// <summary>From 1 within its kind.</summary>
    public int Id { get; init; }

    public required string Value { get; init; }
}

/// <summary>The one row that every write transaction changes first: it hands out change numbers and, being locked until
/// the commit, makes their order that of the commits.</summary>
sealed class ChangeCounterRow
{
    public const int OnlyId = 1;

    public int Id { get; init; }

    public long Value { get; init; }

    /// <summary>The time of the last commit in UTC ticks, in whole milliseconds.</summary>
    public long Time { get; init; }
}

/// <summary>What the nodes of one database share besides resources.</summary>
sealed class SettingRow
{
    public required string Name { get; init; }

    public required byte[] Value { get; init; }
}
