using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.Model;

/// <summary>The types of one FHIR version by name; each is made when first asked for.</summary>
public sealed class FhirTypes
{
    readonly FrozenDictionary<string, Lazy<FhirType>> _types;

    /// <param name="names">Every type's name (resources, datatypes, primitives).</param>
    /// <param name="load">Makes the type of a name; called at most once each.</param>
    public FhirTypes(IEnumerable<string> names, Func<FhirTypes, string, FhirType> load) =>
        _types = names.ToFrozenDictionary(n => n, n => new Lazy<FhirType>(() => load(this, n)), StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _types.Keys;

    /// <summary>The type of that name; throws where there is none.</summary>
    public FhirType this[string name] =>
        Find(name) ?? throw new KeyNotFoundException($"There is no FHIR type '{name}'.");

    /// <summary>The type of that name, or null.</summary>
    public FhirType? Find(string name) => _types.TryGetValue(name, out var type) ? type.Value : null;

    /// <summary>Whether that is a concrete resource type, such as <c>Patient</c>.</summary>
    public bool IsResource(string name, [NotNullWhen(true)] out FhirType? type)
    {
        type = Find(name);
        return type is { Kind: FhirTypeKind.Resource, IsAbstract: false };
    }
}
