namespace FhirTrials.Storage.Exports;

/// <summary>What is to be exported — https://hl7.org/fhir/uv/bulkdata/STU2/export.html</summary>
/// <param name="Url">The request as it came, for the manifest.</param>
/// <param name="Base">The service's base: references below it are local, and so are the files.</param>
/// <param name="Types">In the order in which they are exported.</param>
public sealed record ExportRequest(string Url, string Base, IReadOnlyList<ExportedType> Types)
{
    /// <summary>Only what was changed after it; then deletions are told too.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what was changed before it.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what is in the compartments of these; null for everything.</summary>
    public ExportedPatients? Patients { get; init; }
}

/// <param name="Filters">Searches of the type, any of which is to find a resource; empty for all resources.</param>
/// <param name="Elements">The elements wanted, by commas; null for all.</param>
public sealed record ExportedType(string Name, IReadOnlyList<ExportedSearch> Filters, string? Elements);

/// <param name="Parameters">Decoded names and values, in order.</param>
public sealed record ExportedSearch(IReadOnlyList<KeyValuePair<string, string>> Parameters);

/// <param name="Ids">Null for all patients.</param>
public sealed record ExportedPatients(IReadOnlyList<string>? Ids);

/// <summary>The state that an export shows: that after a commit.</summary>
/// <param name="Change">The number of its last change.</param>
/// <param name="Time">When it was, in UTC ticks.</param>
sealed record ExportDefinition(ExportRequest Request, long Change, long Time);
