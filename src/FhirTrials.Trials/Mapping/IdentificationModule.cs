using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>identificationModule → identifiers, and titles besides the brief one.</summary>
static partial class IdentificationModule
{
    const string TitleType = "http://hl7.org/fhir/title-type";
    const string EudraCt = "https://eudract.ema.europa.eu";
    const string EuTrials = "https://euclinicaltrials.eu";

    public static JsonArray? Identifiers(RegistryRecord record, AddressBook book)
    {
        var module = record.Identification;
        return FhirNode.Array(
        [
            FhirNode.Object(("use", "official"), ("system", Canonicals.Nct), ("value", record.NctId)),
            .. module.Texts("nctIdAliases").Select(alias =>
                FhirNode.Object(("use", "old"), ("system", Canonicals.Nct), ("value", alias))),
            Organisational(module, book),
            .. module.Items("secondaryIdInfos").Select(Secondary),
        ]);
    }

    /// <summary>The official title and the acronym, as R5's labels.</summary>
    public static IEnumerable<JsonObject?> Labels(RegistryRecord record) =>
    [
        Label(record.Identification.Text("officialTitle"), "official", "Official title"),
        Label(record.Identification.Text("acronym"), "acronym", "Acronym"),
    ];

    static JsonObject? Label(string? title, string type, string display) => title is null ? null : FhirNode.Extension(
        Canonicals.R5("label"),
        FhirNode.Extension("value", "valueString", title),
        FhirNode.Extension(
            "type", "valueCodeableConcept", FhirNode.Concept([FhirNode.Coding(TitleType, type, display)])));

    /// <summary>The organisation's own number, in a system of that organisation.</summary>
    static JsonObject? Organisational(RegistryNode module, AddressBook book)
    {
        var info = module["orgStudyIdInfo"];
        if (info.Text("id") is not { } id)
        {
            return null;
        }

        var organization = module["organization"].Text("fullName");
        var system = organization is null ? "org-study-id"
            : $"org-study-id/{StableId.From(organization, organization)}";
        return FhirNode.Object(
            ("extension", FhirNode.Array(Link(info))),
            ("use", "usual"),
            ("type", FhirNode.Concept(info.Code("type", RegistryCodes.OrgStudyIdType), "Organization's study ID")),
            ("system", Canonicals.Identifiers(system)),
            ("value", id),
            ("assigner", organization is null ? null : book.Organization(organization)));
    }

    static JsonObject? Secondary(RegistryNode info)
    {
        if (info.Text("id") is not { } id)
        {
            return null;
        }

        var type = info.Code("type", RegistryCodes.SecondaryIdType);
        return FhirNode.Object(
            ("extension", FhirNode.Array(Link(info))),
            ("use", "secondary"),
            ("type", FhirNode.Concept(type)),
            ("system", SystemOf(id, type)),
            ("value", id),
            ("assigner", info.Text("domain") is { } domain ? FhirNode.Object(("display", domain)) : null));
    }

    /// <summary>The system of a secondary number. A number of the EU's Clinical Trials Information System
    /// (<c>2023-506136-32</c>: the part after the year counts from 500000) is often registered as an EudraCT number;
    /// its form tells.</summary>
    static string SystemOf(string id, RegistryCode? type) => type?.Code switch
    {
        "CTIS" or "EUDRACT_NUMBER" when EuCtNumber().IsMatch(id) => EuTrials,
        "CTIS" => EuTrials,
        "EUDRACT_NUMBER" => EudraCt,
        { } code => Canonicals.Identifiers(code.ToLowerInvariant().Replace('_', '-')),
        null => Canonicals.Identifiers("secondary-id"),
    };

    static JsonObject? Link(RegistryNode info) =>
        FhirNode.Extension(Canonicals.Ours("identifier-link"), "valueUri", RegistryUri.From(info.Text("link")));

    [GeneratedRegex("^[0-9]{4}-5[0-9]{5}-[0-9]{2}(-[0-9]{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex EuCtNumber();
}
