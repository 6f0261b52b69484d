using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>One include or exclude of a value set.</summary>
abstract class CodeSelection
{
    CodeSelection()
    {
    }

    /// <summary>Its codes in order, where it lists them; otherwise default.</summary>
    public virtual ImmutableArray<string> Codes => default;

    /// <param name="system">Null where the element has no system (a <c>code</c>): any will do.</param>
    public abstract Membership Contains(ValueSets valueSets, string? system, string code, int depth);

    public static CodeSelection Of(ValueSetInclude include, FhirDefinitions definitions)
    {
        CodeSelection? own = include switch
        {
            { System: null } => null,
            { Concepts.IsEmpty: false } => new Enumerated(include.System, [.. include.Concepts.Select(c => c.Code)]),
            { Filters.IsEmpty: false } => new Filtered(
                include.System,
                definitions.CodeSystem(include.System),
                [.. include.Filters.Select(f => new CodeFilter(f))]),
            _ => new Whole(include.System, definitions.CodeSystem(include.System)),
        };
        return include.ValueSets.IsEmpty && own is not null ? own : new Imported(own, include.ValueSets);
    }

    /// <summary>Codes listed one by one.</summary>
    public sealed class Enumerated(string? system, ImmutableArray<string> codes) : CodeSelection
    {
        readonly FrozenSet<string> _codes = codes.ToFrozenSet(StringComparer.Ordinal);

        public override ImmutableArray<string> Codes => codes;

        public override Membership Contains(ValueSets valueSets, string? ofSystem, string code, int depth) =>
            MembershipLogic.Of((ofSystem is null || ofSystem == system) && _codes.Contains(code));
    }

    /// <summary>Every code of a system.</summary>
    sealed class Whole(string system, CodeSystem? definition) : CodeSelection
    {
        public override ImmutableArray<string> Codes =>
            definition is { Content: CodeSystemContent.Complete }
                ? [.. definition.Concepts.Select(c => c.Code)]
                : default;

        public override Membership Contains(ValueSets valueSets, string? ofSystem, string code, int depth)
        {
            if (ofSystem is not null && ofSystem != system)
            {
                return Membership.NotIn;
            }

            if (definition?.Find(code) is not null)
            {
                return Membership.In;
            }

            return definition is { Content: CodeSystemContent.Complete }
                ? Membership.NotIn
                : CodeSyntax.Check(system, code);
        }
    }

    /// <summary>The codes of a system for which every filter holds.</summary>
    sealed class Filtered(string system, CodeSystem? definition, ImmutableArray<CodeFilter> filters) : CodeSelection
    {
        public override Membership Contains(ValueSets valueSets, string? ofSystem, string code, int depth)
        {
            if (ofSystem is not null && ofSystem != system)
            {
                return Membership.NotIn;
            }

            if (system == CodeSyntax.Ucum)
            {
                return filters.Aggregate(CodeSyntax.Check(system, code), (all, f) => all.And(f.HoldsForUnit(code)));
            }

            if (definition is not { Content: CodeSystemContent.Complete })
            {
                return Membership.Undecidable;
            }

            if (definition.Find(code) is not { } concept)
            {
                return Membership.NotIn;
            }

            var all = Membership.In;
            foreach (var filter in filters)
            {
                all = all.And(filter.Holds(definition, concept));
            }

            return all;
        }
    }

    /// <summary>Codes that are in each of some value sets, and in the own selection where there is one.</summary>
    sealed class Imported(CodeSelection? own, ImmutableArray<string> imported) : CodeSelection
    {
        public override Membership Contains(ValueSets valueSets, string? system, string code, int depth)
        {
            var all = own?.Contains(valueSets, system, code, depth) ?? Membership.In;
            foreach (var valueSet in imported)
            {
                all = all.And(valueSets.Contains(valueSet, system, code, depth + 1));
            }

            return all;
        }
    }
}
