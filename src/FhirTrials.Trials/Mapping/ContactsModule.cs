using System.Text.Json;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>contactsLocationsModule ⇄ the study's contacts and officials, and its sites with the status they have in
/// this study.</summary>
static class ContactsModule
{
    public static Rule Rule { get; } = In(
        "contactsLocationsModule",
        Each("centralContacts", "contact", Shapes.Any,
        [
            Text("name", "name"),
            Coded("role", RegistryCodes.ContactRole,
                Place.Here.Extension(Canonicals.R5Element("ExtendedContactDetail.purpose")) / "valueCodeableConcept"),
            .. Shapes.Telecom,
        ]),
        PartiesModule.Officials,
        EachReferred(
            "locations", "Location", "site", Shapes.Any, Place.Here,
            (site, _, _, study) => study.Book.Location(site),
            [
                Field("status", Kind.Code(RegistryCodes.RecruitmentStatus),
                    Place.Here.Extension(Canonicals.Ours("site-recruitment")).Extension("status") / "valueCode"),
                Derived((site, reference, _) => reference["display"] = string.Join(", ",
                    new[] { site.Text("facility"), site.Text("city"), site.Text("country") }.OfType<string>())
                        is { Length: > 0 } name ? name : "Site"),
                Derived(AddPosition),
            ],
            Text("facility", "name"),
            Text("city", "address.city"),
            Text("state", "address.state"),
            Text("zip", "address.postalCode"),
            Text("country", "address.country"),
            Each("contacts", "extension", FhirNode.Object(("url", Canonicals.R5Element("Location.contact")))!,
                Text("name", Place.Here.Extension("name") / "valueHumanName.text"),
                Coded("role", RegistryCodes.ContactRole, Place.Here.Extension("purpose") / "valueCodeableConcept"),
                Text("phone", SiteTelecom("phone") / "value"),
                Text("phoneExt", SiteTelecom("phone").Extension(Canonicals.Hl7("contactpoint-extension"))
                    / "valueString"),
                Text("email", SiteTelecom("email") / "value")),
            new PositionRule()),
        Derived(AddCountries));

    static Place SiteTelecom(string system) => Place.Here.Item("extension", FhirNode.Extension(
        "telecom", "valueContactPoint", FhirNode.Object(("system", system)))!) / "valueContactPoint";

    /// <summary>The countries of the sites, by the registry's names.</summary>
    static void AddCountries(RegistryNode module, ObjectNode study, StudyResources resources)
    {
        foreach (var country in module.Items("locations").Select(s => s.Text("country")).OfType<string>().Distinct())
        {
            ((Place)"location").Add(study, FhirNode.Text(country)!);
        }
    }

    /// <summary>Where the site is, beside the reference to it, so that the study itself is found by distance.</summary>
    static void AddPosition(RegistryNode site, ObjectNode reference, StudyResources resources)
    {
        if (PositionRule.Of(site) is var (latitude, longitude))
        {
            ((Place)"extension").Add(reference, FhirNode.Extension(
                Canonicals.Ours("site-position"),
                FhirNode.Extension("latitude", "valueDecimal", latitude),
                FhirNode.Extension("longitude", "valueDecimal", longitude))!);
        }
    }

    /// <summary>Where a site is: both numbers on the globe, or none.</summary>
    sealed class PositionRule : Rule
    {
        public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
        {
            if (Of(from) is var (latitude, longitude))
            {
                to["position"] = FhirNode.Object(("longitude", longitude), ("latitude", latitude));
            }
        }

        public static (Node Latitude, Node Longitude)? Of(RegistryNode site) =>
            Degrees(site, "lat", 90) is { } latitude && Degrees(site, "lon", 180) is { } longitude
                ? (latitude, longitude)
                : null;

        public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
        {
            if (from["position"] is ObjectNode position)
            {
                to["geoPoint"] = FhirNode.Object(
                    ("lat", position["latitude"]), ("lon", position["longitude"]));
            }
        }

        public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        [
            new($"{leaf}geoPoint.lat", $"{fhir}position.latitude"),
            new($"{leaf}geoPoint.lon", $"{fhir}position.longitude"),
        ];

        static Node? Degrees(RegistryNode site, string name, int most) =>
            site["geoPoint"][name] is { Exists: true } degrees && degrees.Json.ValueKind == JsonValueKind.Number
                && degrees.Json.TryGetDecimal(out var value) && Math.Abs(value) <= most
                ? Kind.Number.ToFhir(degrees.Json)?.Value
                : null;
    }
}
