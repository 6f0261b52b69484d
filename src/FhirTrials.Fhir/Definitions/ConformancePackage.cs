using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Definitions;

/// <summary>What packages add to R4, ready for use: snapshots made, canonicals resolved.</summary>
sealed record ConformancePackage(
    ImmutableDictionary<string, (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)> Structures,
    ImmutableArray<SearchParameter> SearchParameters,
    ImmutableDictionary<string, ValueSet> ValueSets,
    ImmutableDictionary<string, CodeSystem> CodeSystems)
{
    public static readonly ConformancePackage Empty = new(
        ImmutableDictionary.Create<string, (StructureFact, ImmutableArray<ElementFact>)>(StringComparer.Ordinal),
        [],
        ImmutableDictionary.Create<string, ValueSet>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, CodeSystem>(StringComparer.Ordinal));

    /// <summary>This package with more resources; a canonical that is here already is replaced.</summary>
    /// <exception cref="FhirException">A definition is broken or names what is unknown; every
    /// such finding is an issue.</exception>
    public ConformancePackage With(IReadOnlyCollection<Element> resources, R4Facts facts)
    {
        var valueSets = resources.Where(r => r.Type.Name == "ValueSet").Select(TerminologyReader.ValueSet);
        var codeSystems = resources.Where(r => r.Type.Name == "CodeSystem").Select(TerminologyReader.CodeSystem);
        var parameters = resources.Where(r => r.Type.Name == "SearchParameter")
            .Select(TerminologyReader.SearchParameter).ToList();
        var structures = new StructureLoader(facts, Structures)
            .Load([.. resources.Where(r => r.Type.Name == "StructureDefinition")]);
        return new ConformancePackage(
            structures,
            [.. SearchParameters.Where(p => !parameters.Any(n => n.Url == p.Url)), .. parameters],
            ValueSets.SetItems(valueSets.Select(v => KeyValuePair.Create(v.Url, v))),
            CodeSystems.SetItems(codeSystems.Select(c => KeyValuePair.Create(c.Url, c))));
    }
}
