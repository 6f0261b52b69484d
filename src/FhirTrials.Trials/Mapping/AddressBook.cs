using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>The organizations, people and places that one study names, each written once however often
/// it is named. What studies share (an organization, a person) is made of its name alone, so that
/// every study writes the same.</summary>
sealed class AddressBook(StudyResources study)
{
    /// <summary>A reference to a person's role, with who it is.</summary>
    public static ObjectNode ReferenceTo(ObjectNode role)
    {
        var names = new[] { DisplayOf("practitioner"), DisplayOf("organization") }.OfType<string>().ToList();
        return FhirNode.Reference(
            $"PractitionerRole/{role["id"]}", names.Count == 0 ? null : string.Join(", ", names));

        string? DisplayOf(string part) => (string?)(role[part] as ObjectNode)?["display"];
    }

    /// <summary>A reference to the organization of exactly that name.</summary>
    public ObjectNode Organization(string name)
    {
        var id = StableId.From(name, name);
        study.Add(FhirNode.Resource(
            "Organization", id, Canonicals.TrialSponsor, new Narrative(name).Fact("Kind", "Organization"),
            ("name", name)));
        return FhirNode.Reference($"Organization/{id}", name);
    }

    /// <summary>The part a person plays in this study.</summary>
    /// <param name="part">Tells the part from the study's others: <c>official-1</c>.</param>
    /// <param name="code">A code of ours, where the part has one.</param>
    /// <param name="affiliation">The organization they act for; tells people of one name apart.</param>
    /// <param name="role">For people to read.</param>
    public ObjectNode Role(
        string part, string? name, string? affiliation, string? role, RegistryCode? code = null)
    {
        var narrative = new Narrative(name ?? affiliation ?? role ?? "Person")
            .Fact("Study", study.NctId)
            .Fact("Role", role)
            .Fact("Organization", affiliation);
        return FhirNode.Resource(
            "PractitionerRole",
            $"{study.NctId}-{part}",
            Canonicals.TrialPersonRole,
            narrative,
            ("practitioner", name is null ? Shapes.Absent() : Person(name, affiliation)),
            ("organization", affiliation is null ? null : Organization(affiliation)),
            ("code", FhirNode.Array(FhirNode.Concept(code))));
    }

    /// <summary>A place of this study; its address is the caller's. Two sites of the same name and town (<c>Research
    /// Site, Boston</c>) are two places.</summary>
    public ObjectNode Location(RegistryNode site)
    {
        var (facility, city, state) = (site.Text("facility"), site.Text("city"), site.Text("state"));
        var (zip, country) = (site.Text("zip"), site.Text("country"));
        var first = $"{study.NctId}-site-{StableId.Hash(facility, city, state, zip, country)}";
        var id = first;
        for (var other = 2; study.Find("Location", id) is not null; other++)
        {
            id = FormattableString.Invariant($"{first}-{other}");
        }

        return FhirNode.Resource(
            "Location",
            id,
            Canonicals.TrialSite,
            new Narrative(facility ?? city ?? "Site").Fact("City", city).Fact("State", state).Fact("Postal code", zip)
                .Fact("Country", country)
                .Fact("Study", study.NctId),
            ("_name", facility is null && city is null ? Shapes.Absent() : null),
            ("mode", "instance"));
    }

    /// <summary>A person known by name and affiliation; without an affiliation, by name within this study only, and so
    /// a part of it.</summary>
    ObjectNode Person(string name, string? affiliation)
    {
        var id = affiliation is null
            ? $"{study.NctId}-person-{StableId.Hash(name)}"
            : StableId.From(name, name, affiliation);
        study.Add(FhirNode.Resource(
            "Practitioner",
            id,
            Canonicals.TrialPerson,
            new Narrative(name).Fact("Organization", affiliation),
            ("name", FhirNode.Array(FhirNode.Object(("text", name))))));
        return FhirNode.Reference($"Practitioner/{id}", name);
    }
}
