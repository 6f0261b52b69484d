using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>The resources of one study as JSON: those made so far, or those to read a record from.</summary>
sealed class StudyResources
{
    /// <summary>Far more than the sites, people and outcomes of any study.</summary>
    const int MaxResources = 50_000;

    readonly Dictionary<(string Type, string Id), ObjectNode> _resources = [];
    readonly List<ObjectNode> _inOrder = [];

    /// <summary>For writing.</summary>
    public StudyResources(RegistryRecord record)
    {
        NctId = record.NctId;
        Record = record;
        Book = new AddressBook(this);
    }

    /// <summary>For reading.</summary>
    public StudyResources(string nctId, IEnumerable<ObjectNode> resources)
    {
        NctId = nctId;
        foreach (var resource in resources)
        {
            Add(resource);
        }
    }

    public string NctId { get; }

    /// <summary>The record that is written; none when reading.</summary>
    public RegistryRecord Record => field ?? throw new InvalidOperationException("A record is being read.");

    /// <summary>Writes the organizations and people that the record names.</summary>
    public AddressBook Book => field ?? throw new InvalidOperationException("A record is being read.");

    /// <summary>The interventions that the record names.</summary>
    public Interventions Interventions => field ??= new(Record);

    /// <summary>The numbers of the record's arms, from 1, by their labels; the first where a label
    /// comes again.</summary>
    public IReadOnlyDictionary<string, int> Arms => field ??= Record.Protocol["armsInterventionsModule"]
        .Items("armGroups").Select((arm, index) => (Label: arm.Text("label"), Number: index + 1))
        .Where(arm => arm.Label is not null).DistinctBy(arm => arm.Label)
        .ToDictionary(arm => arm.Label!, arm => arm.Number, StringComparer.Ordinal);

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<ObjectNode> All => _inOrder;

    /// <summary>Adds a resource, or gives the one that has its type and id already. Throws where they are too many for
    /// one study.</summary>
    public ObjectNode Add(ObjectNode resource)
    {
        var key = ((string)resource["resourceType"]!, (string)resource["id"]!);
        if (!_resources.TryGetValue(key, out var there))
        {
            if (_inOrder.Count == MaxResources)
            {
                throw new FhirException(Issue.Error(
                    IssueCode.TooCostly, $"The study would make more than {MaxResources} resources."));
            }

            _resources.Add(key, there = resource);
            _inOrder.Add(resource);
        }

        return there;
    }

    public ObjectNode? Find(string type, string id) => _resources.GetValueOrDefault((type, id));
}
