using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>Codes by system; null stands for every code of the system.</summary>
public sealed record CodeSets(ImmutableDictionary<string, ImmutableHashSet<string>?> OfSystem)
{
    public static readonly CodeSets Empty =
        new(ImmutableDictionary.Create<string, ImmutableHashSet<string>?>(StringComparer.Ordinal));

    public static CodeSets Of(string system, IEnumerable<string>? codes) =>
        new(Empty.OfSystem.Add(system, codes?.ToImmutableHashSet(StringComparer.Ordinal)));

    public CodeSets Union(CodeSets other) => new(other.OfSystem.Aggregate(OfSystem, (sets, next) => sets.SetItem(
        next.Key,
        !sets.TryGetValue(next.Key, out var codes) ? next.Value
        : codes is null || next.Value is null ? null
        : codes.Union(next.Value))));

    public CodeSets Intersect(CodeSets other) => new(OfSystem
        .Where(own => other.OfSystem.ContainsKey(own.Key))
        .ToImmutableDictionary(
            own => own.Key,
            own => own.Value is null ? other.OfSystem[own.Key]
                : other.OfSystem[own.Key] is { } codes ? own.Value.Intersect(codes) : own.Value,
            StringComparer.Ordinal));

    /// <summary>Null where that cannot be told: every code of a system but some.</summary>
    public CodeSets? Except(CodeSets other)
    {
        var rest = OfSystem;
        foreach (var (system, codes) in other.OfSystem)
        {
            if (!rest.TryGetValue(system, out var own))
            {
                continue;
            }

            if (codes is null)
            {
                rest = rest.Remove(system);
            }
            else if (own is null)
            {
                return null;
            }
            else
            {
                rest = rest.SetItem(system, own.Except(codes));
            }
        }

        return new(rest);
    }
}

/// <summary>All codes of value sets, as far as they can be told offline —
/// https://hl7.org/fhir/R4/valueset.html#expansion</summary>
/// <param name="stored">Value sets that the definitions do not have, by canonical or <c>ValueSet/id</c>.</param>
public sealed class ValueSetExpander(FhirDefinitions definitions, Func<string, ValueSet?> stored)
{
    /// <summary>How deep value sets may import one another.</summary>
    const int MaxDepth = 16;

    /// <summary>The codes, or null with the reason for which they cannot be told.</summary>
    public (CodeSets? Codes, string? Reason) Expand(string valueSet) => Expand(valueSet, 0);

    (CodeSets? Codes, string? Reason) Expand(string canonical, int depth)
    {
        if (depth > MaxDepth)
        {
            return (null, "Its value sets include one another in a circle.");
        }

        if (definitions.ValueSet(canonical) is not { } valueSet && (valueSet = stored(canonical)) is null)
        {
            return (null, "The value set, or one that it includes, is not known here.");
        }

        if (valueSet.Includes.IsEmpty)
        {
            return (valueSet.Expansion.Aggregate(
                CodeSets.Empty, (sets, code) => sets.Union(CodeSets.Of(code.System ?? "", [code.Code]))), null);
        }

        var (included, reason) = Union(valueSet.Includes, depth);
        if (included is null || valueSet.Excludes.IsEmpty)
        {
            return (included, reason);
        }

        var (excluded, otherReason) = Union(valueSet.Excludes, depth);
        return excluded is null ? (null, otherReason)
            : included.Except(excluded) is { } rest ? (rest, null)
            : (null, "The value set excludes codes from a system whose codes are not all known here.");
    }

    (CodeSets? Codes, string? Reason) Union(ImmutableArray<ValueSetInclude> includes, int depth)
    {
        var all = CodeSets.Empty;
        foreach (var include in includes)
        {
            var (codes, reason) = Codes(include, depth);
            if (codes is null)
            {
                return (null, reason);
            }

            all = all.Union(codes);
        }

        return (all, null);
    }

    (CodeSets? Codes, string? Reason) Codes(ValueSetInclude include, int depth)
    {
        var (codes, reason) = include.System is null ? (null, null) : OfSystem(include.System, include);
        if (reason is not null)
        {
            return (null, reason);
        }

        foreach (var imported in include.ValueSets)
        {
            var (others, otherReason) = Expand(imported, depth + 1);
            if (others is null)
            {
                return (null, otherReason);
            }

            codes = codes is null ? others : codes.Intersect(others);
        }

        return (codes ?? CodeSets.Empty, null);
    }

    (CodeSets? Codes, string? Reason) OfSystem(string system, ValueSetInclude include)
    {
        if (!include.Concepts.IsEmpty)
        {
            return (CodeSets.Of(system, include.Concepts.Select(c => c.Code)), null);
        }

        var definition =
            definitions.CodeSystem(system) is { Content: CodeSystemContent.Complete } complete ? complete : null;
        if (include.Filters.IsEmpty)
        {
            return (CodeSets.Of(system, definition?.Concepts.Select(c => c.Code)), null);
        }

        if (definition is null)
        {
            return (null, "The value set chooses codes by properties of a code system that is not known here.");
        }

        ImmutableArray<CodeFilter> filters = [.. include.Filters.Select(f => new CodeFilter(f))];
        var chosen = definition.Concepts
            .Select(c => (c.Code, Holds: filters.Aggregate(Membership.In, (all, f) => all.And(f.Holds(definition, c)))))
            .ToList();
        return chosen.Any(c => c.Holds == Membership.Undecidable)
            ? (null, "The value set chooses codes by a property that is not known here.")
            : (CodeSets.Of(system, chosen.Where(c => c.Holds == Membership.In).Select(c => c.Code)), null);
    }
}
