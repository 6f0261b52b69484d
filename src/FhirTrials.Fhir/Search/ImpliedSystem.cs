using System.Collections.Concurrent;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>The system of plain codes, which FHIR leaves to the value set that the element is bound to.</summary>
sealed class ImpliedSystem(FhirDefinitions definitions)
{
    readonly ConcurrentDictionary<string, string?> _ofValueSet = new(StringComparer.Ordinal);

    /// <summary>The system, or null where the binding does not come down to one.</summary>
    public string? Of(Element code) =>
        code.Definition?.Binding is { Strength: BindingStrength.Required } binding
            ? OfValueSet(binding.ValueSet)
            : null;

    /// <summary>The only system of a value set, or null.</summary>
    public string? OfValueSet(string canonical) => _ofValueSet.GetOrAdd(canonical, Find);

    string? Find(string canonical) =>
        definitions.ValueSet(canonical) is { } valueSet
        && valueSet.Includes.All(i => i.System is not null && i.ValueSets.IsEmpty)
        && valueSet.Includes.Select(i => i.System).Distinct().ToList() is [{ } only]
            ? only
            : null;
}
