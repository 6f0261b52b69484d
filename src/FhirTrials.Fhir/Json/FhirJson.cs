using System.Collections.Immutable;
using System.Text.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Json;

/// <summary>What a hostile text may cost at most.</summary>
public sealed record ReadLimits
{
    public static readonly ReadLimits Default = new();

    public int Bytes { get; init; } = 64 << 20;

    public int Depth { get; init; } = 64;

    public int Elements { get; init; } = 2_000_000;

    public int StringBytes { get; init; } = 8 << 20;

    /// <summary>Reading goes on after this many issues but reports no more.</summary>
    public int Issues { get; init; } = 200;
}

/// <summary>A resource as read, with every structural issue found. <paramref name="Resource"/> is null where the text is
/// not JSON or has no known resource type; otherwise it holds all that could be understood.</summary>
public sealed record ReadResult(Element? Resource, ImmutableArray<Issue> Issues)
{
    public bool IsValid => Resource is not null && !Issues.Any(i => i.IsError);
}

/// <summary>FHIR's JSON format — https://hl7.org/fhir/R4/json.html</summary>
public static class FhirJson
{
    /// <summary>Reads one resource in one pass and reports every structural issue with path, line and column.</summary>
    public static ReadResult Read(ReadOnlySpan<byte> utf8, FhirTypes types, ReadLimits? limits = null) =>
        throw new NotImplementedException();

    /// <summary>Writes a resource, <c>resourceType</c> first, decimals as they were written.</summary>
    public static void Write(Utf8JsonWriter writer, Element resource) => throw new NotImplementedException();

    /// <summary>The compact UTF-8 JSON of a resource.</summary>
    public static byte[] ToUtf8Bytes(Element resource) => throw new NotImplementedException();
}
