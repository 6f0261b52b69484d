using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Turns StructureDefinition resources into snapshots, bases before what derives from them.</summary>
sealed class StructureLoader
{
    readonly R4Facts _facts;
    readonly SnapshotGenerator _generator;
    readonly List<Issue> _issues = [];
    readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
    readonly Dictionary<string, Element> _sources = new(StringComparer.Ordinal);
    ImmutableDictionary<string, (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)> _loaded;

    public StructureLoader(
        R4Facts facts,
        ImmutableDictionary<string, (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)> known)
    {
        _facts = facts;
        _loaded = known;
        _generator = new SnapshotGenerator(facts.Types, url => Find(url)?.Snapshot);
    }

    /// <exception cref="FhirException">Something is broken or unknown.</exception>
    public ImmutableDictionary<string, (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)> Load(
        IReadOnlyCollection<Element> resources)
    {
        foreach (var resource in resources)
        {
            if (resource.ValueOf("url") is not { } url)
            {
                _issues.Add(Issue.Required("StructureDefinition.url", resource.Position));
            }
            else if (!_sources.TryAdd(url, resource))
            {
                _issues.Add(Issue.Error(IssueCode.Duplicate, $"The package defines {url} twice."));
            }
        }

        _loaded = _loaded.RemoveRange(_sources.Keys);
        foreach (var url in _sources.Keys.ToList())
        {
            if (Find(url) is var (structure, snapshot))
            {
                CheckCanonicals(structure, snapshot);
            }
        }

        _issues.AddRange(_generator.Issues);
        return _issues.Count == 0 ? _loaded : throw new FhirException(_issues);
    }

    (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)? Find(string canonical)
    {
        var url = canonical.Split('|')[0];
        if (_loaded.TryGetValue(url, out var loaded))
        {
            return loaded;
        }

        if (!_sources.TryGetValue(url, out var source))
        {
            return _facts.Structure(url);
        }

        if (!_underWay.Add(url))
        {
            _issues.Add(Issue.Error(
                IssueCode.Structure, $"The definition {url} derives from itself or needs itself to be read."));
            return null;
        }

        var made = Make(source);
        if (made is { } result)
        {
            _loaded = _loaded.SetItem(url, result);
        }
        else
        {
            // Reported once; what needs it too finds nothing.
            _sources.Remove(url);
        }

        _underWay.Remove(url);
        return made;
    }

    (StructureFact Structure, ImmutableArray<ElementFact> Snapshot)? Make(Element source)
    {
        var structure = ConformanceReader.Structure(source);
        if (!structure.IsProfile || _facts.Types.Find(structure.Type) is null)
        {
            _issues.Add(Issue.Error(IssueCode.NotSupported,
                $"The definition {structure.Url} must constrain a type of FHIR R4 (derivation 'constraint'); new types "
                    + "cannot be added.",
                "StructureDefinition.derivation"));
            return null;
        }

        if (structure.Base is null || Find(structure.Base) is not var (baseStructure, baseSnapshot))
        {
            _issues.Add(Issue.Error(IssueCode.NotFound,
                $"The profile {structure.Url} is based on {structure.Base ?? "nothing"}, which is not known.",
                "StructureDefinition.baseDefinition"));
            return null;
        }

        if (baseStructure.Type != structure.Type)
        {
            _issues.Add(Issue.Error(IssueCode.Structure,
                $"The profile {structure.Url} constrains {structure.Type}, but its base constrains "
                    + $"{baseStructure.Type}.",
                "StructureDefinition.type"));
            return null;
        }

        var differential = ConformanceReader.Differential(source);
        var published = ConformanceReader.Snapshot(source);
        var snapshot = differential.IsEmpty && !published.IsEmpty
            ? published
            : _generator.Generate(structure, baseSnapshot, differential);
        return (structure, snapshot);
    }

    void CheckCanonicals(StructureFact structure, ImmutableArray<ElementFact> snapshot)
    {
        foreach (var fact in snapshot)
        {
            foreach (var type in fact.Types)
            {
                if (_facts.Types.Find(type.Code) is null)
                {
                    _issues.Add(Issue.Error(IssueCode.NotFound,
                        $"The profile {structure.Url} allows type '{type.Code}' at {fact.Path}, which FHIR R4 does not "
                            + "have."));
                }

                foreach (var canonical in type.Profiles.Concat(type.Targets).Where(c => Find(c) is null))
                {
                    _issues.Add(Issue.Error(IssueCode.NotFound,
                        $"The profile {structure.Url} refers to {canonical} at {fact.Path}, which is not known."));
                }
            }
        }
    }
}
