using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>A value set made ready for look-ups: any include, and no exclude.</summary>
sealed class CompiledValueSet
{
    readonly ImmutableArray<CodeSelection> _includes;
    readonly ImmutableArray<CodeSelection> _excludes;

    public CompiledValueSet(ValueSet valueSet, FhirDefinitions definitions)
    {
        _includes = [.. valueSet.Includes.Select(i => CodeSelection.Of(i, definitions))];
        _excludes = [.. valueSet.Excludes.Select(i => CodeSelection.Of(i, definitions))];
        foreach (var system in valueSet.Expansion.GroupBy(c => c.System, StringComparer.Ordinal))
        {
            _includes = _includes.Add(new CodeSelection.Enumerated(system.Key, [.. system.Select(c => c.Code)]));
        }

        Listed = _excludes.IsEmpty && _includes.All(i => !i.Codes.IsDefault)
            ? [.. _includes.SelectMany(i => i.Codes)]
            : [];
    }

    /// <summary>All codes, where they are enumerated or a whole system of which all codes
    /// are known; otherwise empty.</summary>
    public ImmutableArray<string> Listed { get; }

    public Membership Contains(ValueSets valueSets, string? system, string code, int depth)
    {
        var included = Any(_includes, valueSets, system, code, depth);
        return included == Membership.NotIn || _excludes.IsEmpty
            ? included
            : included.And(Any(_excludes, valueSets, system, code, depth).Not());
    }

    static Membership Any(
        ImmutableArray<CodeSelection> selections,
        ValueSets valueSets,
        string? system,
        string code,
        int depth)
    {
        var any = Membership.NotIn;
        foreach (var selection in selections)
        {
            any = any.Or(selection.Contains(valueSets, system, code, depth));
            if (any == Membership.In)
            {
                break;
            }
        }

        return any;
    }
}
