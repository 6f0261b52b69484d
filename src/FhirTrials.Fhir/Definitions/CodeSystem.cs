using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FhirTrials.Fhir.Definitions;

/// <summary>How much of a code system a definition holds —
/// https://hl7.org/fhir/R4/valueset-codesystem-content-mode.html</summary>
public enum CodeSystemContent
{
    NotPresent,
    Example,
    Fragment,
    Complete,
    Supplement,
}

/// <summary>A code and its place in the hierarchy.</summary>
/// <param name="Parents">Codes of the concepts directly above it; empty at the top.</param>
/// <param name="IsSelectable">Whether it may be used in data, rather than only grouping others.</param>
/// <param name="IsActive">Whether it is not retired.</param>
public sealed record Concept(
    string Code, string? Display, ImmutableArray<string> Parents, bool IsSelectable, bool IsActive)
{
    /// <summary>What it is called besides: in other languages, by other names.</summary>
    public ImmutableArray<string> Designations { get; init; } = [];
}

/// <summary>A code system with its codes — https://hl7.org/fhir/R4/codesystem.html</summary>
/// <param name="ValueSet">Canonical of the value set of all its codes; null where none is named.</param>
/// <param name="Supplements">For a supplement: canonical of the code system it adds to.</param>
public sealed record CodeSystem(
    string Url,
    string? Version,
    string Name,
    CodeSystemContent Content,
    bool IsCaseSensitive,
    string? ValueSet,
    string? Supplements,
    ImmutableArray<Concept> Concepts)
{
    readonly Lazy<FrozenDictionary<string, Concept>> _byCode = new(() => Concepts
        .DistinctBy(c => c.Code, Comparer(IsCaseSensitive))
        .ToFrozenDictionary(c => c.Code, Comparer(IsCaseSensitive)));

    /// <summary>The concept of a code, or null.</summary>
    public Concept? Find(string code) => _byCode.Value.GetValueOrDefault(code);

    /// <summary>Whether a code is the other one or lies below it.</summary>
    public bool IsA(string code, string ancestor)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([code]);
        while (open.TryPop(out var next))
        {
            if (Comparer(IsCaseSensitive).Equals(next, ancestor))
            {
                return true;
            }

            if (seen.Add(next) && Find(next) is { } concept)
            {
                foreach (var parent in concept.Parents)
                {
                    open.Push(parent);
                }
            }
        }

        return false;
    }

    static StringComparer Comparer(bool isCaseSensitive) =>
        isCaseSensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
