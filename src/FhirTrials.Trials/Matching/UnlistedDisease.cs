using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>Diseases that the vocabulary does not know: a study and a record mean the same one where they name it in
/// the same words or by the same MeSH heading.</summary>
static class UnlistedDisease
{
    /// <summary>The keys that stand for a condition: <c>name|foo syndrome</c>, <c>mesh|D012345</c>; none is the
    /// vocabulary's.</summary>
    /// <param name="concept">A CodeableConcept.</param>
    public static ImmutableArray<string> Of(Element concept) =>
    [
        .. concept["coding"].Select(c => c.ValueOf("display")).Append(concept.ValueOf("text"))
            .OfType<string>().SelectMany(t => Of(t))
            .Concat(
                concept["coding"].Where(c => c.ValueOf("system") == Canonicals.Mesh && c.ValueOf("code") is not null)
                    .Select(c => $"mesh|{c.ValueOf("code")}"))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The key that stands for a name; none where it has no words.</summary>
    public static ImmutableArray<string> Of(string name) =>
        TermText.Words(name) is { IsEmpty: false } words ? [$"name|{string.Join(' ', words)}"] : [];
}
