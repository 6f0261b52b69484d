using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>The organizations, people and places that one study names, each written once however often it is named.
/// What studies share (an organization, a person) is made of its name alone, so that every study writes the
/// same.</summary>
sealed class AddressBook(RegistryRecord record)
{
    readonly Dictionary<string, JsonObject> _organizations = [];
    readonly Dictionary<string, JsonObject> _people = [];
    readonly Dictionary<string, JsonObject> _roles = [];
    readonly Dictionary<string, JsonObject> _locations = [];

    /// <summary>Everything named so far: organizations, people, their roles, places; each in the order of first
    /// mention.</summary>
    public IEnumerable<JsonObject> Resources =>
        [.. _organizations.Values, .. _people.Values, .. _roles.Values, .. _locations.Values];

    /// <summary>A reference to the organization of exactly that name.</summary>
    public JsonObject Organization(string name)
    {
        var id = StableId.From(name, name);
        _organizations.TryAdd(id, FhirNode.Resource(
            "Organization", id, Canonicals.TrialSponsor, new Narrative(name).Fact("Kind", "Organization"),
            ("name", name)));
        return FhirNode.Reference($"Organization/{id}", name);
    }

    /// <summary>A reference to the part a person plays in this study.</summary>
    /// <param name="part">Tells the part from the study's others: <c>official-1</c>.</param>
    /// <param name="affiliation">The organization they act for; tells people of one name apart.</param>
    public JsonObject Role(string part, string name, string? affiliation, JsonObject? code, JsonArray? telecom)
    {
        var id = $"{record.NctId}-{part}";
        var organization = affiliation is null ? null : Organization(affiliation);
        var narrative = new Narrative(name)
            .Fact("Study", record.NctId)
            .Fact("Role", code is null ? null : Readable(code))
            .Fact("Organization", affiliation);
        _roles.TryAdd(id, FhirNode.Resource(
            "PractitionerRole",
            id,
            Canonicals.TrialPersonRole,
            narrative,
            ("practitioner", Person(name, affiliation)),
            ("organization", organization),
            ("code", FhirNode.Array(code)),
            ("telecom", telecom)));
        return FhirNode.Reference($"PractitionerRole/{id}", affiliation is null ? name : $"{name}, {affiliation}");
    }

    /// <summary>A reference to a place of this study. Two sites of the same name and town (<c>Research Site,
    /// Boston</c>) are two places.</summary>
    public JsonObject Location(RegistryNode site)
    {
        var (facility, city, state) = (site.Text("facility"), site.Text("city"), site.Text("state"));
        var (zip, country) = (site.Text("zip"), site.Text("country"));
        var first = $"{record.NctId}-site-{StableId.Hash(facility, city, state, zip, country)}";
        var id = first;
        for (var other = 2; _locations.ContainsKey(id); other++)
        {
            id = $"{first}-{other}";
        }

        var name = facility ?? city ?? "Site";
        _locations.Add(id, FhirNode.Resource(
            "Location",
            id,
            Canonicals.TrialSite,
            new Narrative(name).Fact("City", city).Fact("State", state).Fact("Postal code", zip)
                .Fact("Country", country)
                .Fact("Study", record.NctId),
            ("name", facility),
            ("mode", "instance"),
            ("address", FhirNode.Object(("city", city), ("state", state), ("postalCode", zip), ("country", country))),
            ("position", Position(site["geoPoint"]))));
        return FhirNode.Reference($"Location/{id}",
            string.Join(", ", new[] { facility, city, country }.OfType<string>()));
    }

    static JsonObject? Position(RegistryNode point) => point["lat"].Exists && point["lon"].Exists
        ? FhirNode.Object(
            ("longitude", JsonValue.Create(point["lon"].Json)), ("latitude", JsonValue.Create(point["lat"].Json)))
        : null;

    /// <summary>A person known by name and affiliation; without an affiliation, by name within this study
    /// only.</summary>
    JsonObject Person(string name, string? affiliation)
    {
        var id = StableId.From(name, name, affiliation ?? record.NctId);
        _people.TryAdd(id, FhirNode.Resource(
            "Practitioner",
            id,
            Canonicals.TrialPerson,
            new Narrative(name).Fact("Organization", affiliation),
            ("name", FhirNode.Array(FhirNode.Object(("text", name))))));
        return FhirNode.Reference($"Practitioner/{id}", name);
    }

    static string? Readable(JsonObject concept) =>
        (string?)concept["text"] ?? (string?)concept["coding"]?[0]?["display"];
}
