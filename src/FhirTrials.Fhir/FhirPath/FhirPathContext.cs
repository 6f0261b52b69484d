using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>What an evaluation may see and spend. Immutable.</summary>
public sealed record FhirPathContext(FhirDefinitions Definitions)
{
    /// <summary><c>now()</c> and <c>today()</c>.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary><c>%resource</c>; the focus where null.</summary>
    public Element? Resource { get; init; }

    /// <summary><c>%rootResource</c>; <see cref="Resource"/> where null.</summary>
    public Element? RootResource { get; init; }

    /// <summary>Finds the target of a reference for <c>resolve()</c>; null finds only
    /// contained and Bundle entries.</summary>
    public Func<string, Element?>? Resolve { get; init; }

    /// <summary>Whether a code (system, which may be null, and code) is in a value set, for <c>memberOf()</c>; null:
    /// unknown. By default the value sets of the definitions decide, as far as they can offline.</summary>
    public Func<string?, string, string, bool?>? MemberOf { get; init; } =
        (system, code, valueSet) => ValueSets.Of(Definitions).IsMember(valueSet, system, code);

    /// <summary>Whether an element conforms to the profile of a canonical, for <c>conformsTo()</c>; null: unknown. Base
    /// types are decided by the type alone where this is null; the validator answers the rest. It is given this context
    /// with the resource that is evaluated.</summary>
    public Func<FhirPathContext, Element, string, bool?>? ConformsTo { get; init; }

    /// <summary>Whether an element is in a slice, named by the canonical of a structure and its name there, for
    /// <c>slice()</c>; null: there is no such slice. The validator answers.</summary>
    public Func<FhirPathContext, Element, string, string, bool?>? IsInSlice { get; init; }

    /// <summary>Is told the name and the items of every <c>trace()</c>; null: nobody is,
    /// since they may be patient data.</summary>
    public Action<string, ImmutableArray<object>>? Trace { get; init; }

    /// <summary>Whether in a system (which may be null) the first code is the second's ancestor or the same, for
    /// <c>subsumes()</c>; null: unknown. By default the hierarchies of the definitions' code systems decide.</summary>
    public Func<string?, string, string, bool?>? Subsumes { get; init; } =
        (system, ancestor, code) => system is null ? null : CodeLookup.IsA(Definitions, system, code, ancestor);

    /// <summary>Further <c>%variables</c>: Elements or system values.</summary>
    public ImmutableDictionary<string, ImmutableArray<object>> Variables { get; init; } =
        ImmutableDictionary<string, ImmutableArray<object>>.Empty;

    /// <summary>How many evaluation steps are allowed before <see cref="FhirPathException"/> is thrown.</summary>
    public int MaxSteps { get; init; } = 10_000_000;

    /// <summary>The steps of several evaluations together, in place of <see cref="MaxSteps"/> for each; null where each
    /// has its own.</summary>
    public StepBudget? Budget { get; init; }
}
