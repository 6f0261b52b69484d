using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Definitions;

/// <summary>What FHIR R4 defines, plus what packages add: types, profiles, search parameters, value sets, code systems,
/// compartments. Immutable; decoded on demand; safe for any number of threads.</summary>
public sealed class FhirDefinitions
{
    static readonly Lazy<FhirDefinitions> Embedded =
        new(() => new FhirDefinitions(R4Facts.FromEmbedded(), ConformancePackage.Empty));

    readonly R4Facts _facts;
    readonly ConformancePackage _package;
    readonly ConcurrentDictionary<string, StructureDefinition> _structures = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, ValueSet> _valueSets = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, CodeSystem> _codeSystems = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, ImmutableArray<SearchParameter>> _parametersOfType =
        new(StringComparer.Ordinal);
    readonly Lazy<IReadOnlyDictionary<string, int>> _valueSetIndex;
    readonly Lazy<IReadOnlyDictionary<string, int>> _codeSystemIndex;
    readonly Lazy<ImmutableArray<SearchParameter>> _parameters;
    readonly Lazy<FrozenDictionary<string, Compartment>> _compartments;

    FhirDefinitions(R4Facts facts, ConformancePackage package)
    {
        _facts = facts;
        _package = package;
        _valueSetIndex = new(() => facts.Index(FactSection.ValueSets));
        _codeSystemIndex = new(() => facts.Index(FactSection.CodeSystems));
        _parameters = new(() => [.. package.SearchParameters.Concat(facts.SearchParameters()).DistinctBy(p => p.Url)]);
        _compartments = new(() => facts.Compartments().ToFrozenDictionary(c => c.Type, StringComparer.Ordinal));
    }

    /// <summary>HL7's R4 definitions, from the embedded facts.</summary>
    public static FhirDefinitions R4 => Embedded.Value;

    public FhirTypes Types => _facts.Types;

    /// <summary>The canonical of a type that FHIR itself defines.</summary>
    public static string CoreUrl(string type) => $"http://hl7.org/fhir/StructureDefinition/{type}";

    /// <summary>The profile (or type, or extension) of a canonical URL; a <c>|version</c> is not looked at, a type's
    /// bare name will do. Null where unknown.</summary>
    public StructureDefinition? StructureDefinition(string canonical) =>
        Known(_structures, canonical, LoadStructure);

    /// <summary>The search parameters of a resource type, those of Resource and DomainResource included.</summary>
    public IReadOnlyCollection<SearchParameter> SearchParameters(string resourceType) =>
        Types.Find(resourceType) is { } type
            ? _parametersOfType.GetOrAdd(resourceType, _ => ParametersOf(type))
            : [];

    /// <summary>A search parameter by its canonical, or null.</summary>
    public SearchParameter? SearchParameter(string canonical)
    {
        var url = WithoutVersion(canonical);
        return _parameters.Value.FirstOrDefault(p => p.Url == url);
    }

    /// <summary>The value set of a canonical URL, <c>|version</c> allowed; null where unknown.</summary>
    public ValueSet? ValueSet(string canonical) => Known(_valueSets, canonical, LoadValueSet);

    /// <summary>The code system of a URL, <c>|version</c> allowed; null where unknown.</summary>
    public CodeSystem? CodeSystem(string url) => Known(_codeSystems, url, LoadCodeSystem);

    /// <summary>The compartment of a type (<c>Patient</c>), or null.</summary>
    public Compartment? Compartment(string type) => _compartments.Value.GetValueOrDefault(type);

    /// <summary>Canonicals of the profiles and extensions that packages added, in order.</summary>
    public IEnumerable<string> PackageProfiles => _package.Structures.Keys.Order(StringComparer.Ordinal);

    /// <summary>These definitions plus the StructureDefinition, SearchParameter, ValueSet and CodeSystem resources of a
    /// package (others are passed over); a canonical that a package had added before is replaced. Snapshots are made
    /// from differentials.</summary>
    /// <exception cref="Outcomes.FhirException">A definition is broken or refers to what is unknown; every such finding
    /// is an issue.</exception>
    public FhirDefinitions With(params IReadOnlyCollection<Element> conformanceResources) =>
        new(_facts, _package.With(conformanceResources, _facts));

    /// <summary>What was found is kept; what is unknown is not, since anyone may ask for anything.</summary>
    static T? Known<T>(ConcurrentDictionary<string, T> known, string canonical, Func<string, T?> load)
        where T : class
    {
        var url = WithoutVersion(canonical);
        return known.TryGetValue(url, out var item) ? item
            : load(url) is { } loaded ? known.GetOrAdd(url, loaded)
            : null;
    }

    static string WithoutVersion(string canonical) =>
        canonical.IndexOf('|', StringComparison.Ordinal) is var bar and >= 0 ? canonical[..bar] : canonical;

    StructureDefinition? LoadStructure(string url)
    {
        if (StructureFacts(url) is not var (structure, snapshot))
        {
            return Types.Find(url) is null ? null : StructureDefinition(CoreUrl(url));
        }

        var type = Types[structure.Type];
        var root = structure.IsProfile
            ? SnapshotTree.Build(type, Types, snapshot)
            : snapshot[0].ToDefinition([new TypeReference(type, [], [])]) with { Children = type.Elements };
        return new StructureDefinition(
            url, structure.Version, structure.Name, type, structure.IsProfile, root, structure.Contexts)
        {
            ContextInvariants = structure.ContextInvariants,
            Base = structure.Base,
            IsAbstract = structure.IsAbstract,
        };
    }

    (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)? StructureFacts(string url) =>
        _package.Structures.TryGetValue(url, out var added) ? added : _facts.Structure(url);

    /// <summary>One parameter for each code; a package's own goes before R4's.</summary>
    ImmutableArray<SearchParameter> ParametersOf(FhirType type) =>
        [.. _parameters.Value.Where(p => p.Base.Any(type.IsA)).DistinctBy(p => p.Code)];

    ValueSet? LoadValueSet(string url) => _package.ValueSets.TryGetValue(url, out var added) ? added :
        _valueSetIndex.Value.TryGetValue(url, out var offset) ? _facts.ValueSet(url, offset) : null;

    CodeSystem? LoadCodeSystem(string url) => _package.CodeSystems.TryGetValue(url, out var added) ? added :
        _codeSystemIndex.Value.TryGetValue(url, out var offset) ? _facts.CodeSystem(url, offset) : null;
}
