using FhirTrials.Storage.Jobs;

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

    /// <summary>The last change of a SearchParameter resource: tells which posted
    /// parameters a write must index.</summary>
    public long SearchVersion { get; init; }
}

/// <summary>What the nodes of one database share besides resources.</summary>
sealed class SettingRow
{
    public required string Name { get; init; }

    public required byte[] Value { get; init; }
}

/// <summary>A search parameter that was posted, and how far its index is.</summary>
sealed class PostedParameterRow
{
    public required string Url { get; init; }

    /// <summary>The change number of the SearchParameter that it was made of.</summary>
    public long Change { get; set; }

    /// <summary>Whether every resource is indexed by it.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Its base types, by commas.</summary>
    public required string Types { get; set; }
}

/// <summary>Work that outlives a request and the process that began it. One node at a time does it, as long as it
/// renews its lease; another goes on from the last place told.</summary>
sealed class JobRow
{
    public required string Id { get; init; }

    /// <summary>What is to be done: who does it knows the <see cref="Definition"/>.</summary>
    public required string Kind { get; init; }

    public required string Definition { get; init; }

    public JobStatus Status { get; set; }

    /// <summary>The last place done; the kind says what it counts.</summary>
    public long Place { get; set; }

    public long Done { get; set; }

    public long Total { get; set; }

    /// <summary>Of what is done, what could not be done and was left as it was.</summary>
    public long Skipped { get; set; }

    /// <summary>How often it was taken up since it last got on.</summary>
    public int Attempts { get; set; }

    /// <summary>The node that does it.</summary>
    public string? Owner { get; set; }

    /// <summary>UTC ticks; after it the job is anyone's.</summary>
    public long LeaseEnd { get; set; }

    /// <summary>UTC ticks.</summary>
    public long Created { get; init; }

    /// <summary>UTC ticks.</summary>
    public long Updated { get; set; }

    public string? Error { get; set; }
}
