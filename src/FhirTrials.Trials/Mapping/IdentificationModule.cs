using System.Text.RegularExpressions;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>identificationModule ⇄ identifiers, titles, and the organization that registered the study.</summary>
static partial class IdentificationModule
{
    const string TitleType = "http://hl7.org/fhir/title-type";
    const string EudraCt = "https://eudract.ema.europa.eu";
    const string EuTrials = "https://euclinicaltrials.eu";

    static readonly Place OrgStudyId = Identifier("usual");

    public static Rule Rule { get; } = In(
        "identificationModule",
        Text("nctId", Place.Here.Item("identifier", Numbered("official")) / "value"),
        Values("nctIdAliases", Kind.Text, "identifier", Numbered("old"), "value"),
        In("orgStudyIdInfo",
            Text("id", OrgStudyId / "value"),
            Coded("type", RegistryCodes.OrgStudyIdType, OrgStudyId / "type"),
            Field("link", Kind.Link, OrgStudyId / Link)),
        Derived(Organisational),
        Each("secondaryIdInfos", "identifier", FhirNode.Object(("use", "secondary"))!,
            Text("id", "value"),
            Coded("type", RegistryCodes.SecondaryIdType, "type"),
            Text("domain", "assigner.display"),
            Field("link", Kind.Link, Link),
            Derived((info, identifier, _) => identifier["system"] =
                SystemOf(info.Text("id") ?? "", info.Code("type", RegistryCodes.SecondaryIdType)))),
        Text("briefTitle", "title"),
        Text("officialTitle", Label("official", "Official title")),
        Text("acronym", Label("acronym", "Acronym")),
        In("organization",
            PartiesModule.AgencyClass(PartiesModule.Party("registrant")),
            PartiesModule.OrganizationName("fullName", PartiesModule.Party("registrant"))));

    static Place Link => Place.Here.Extension(Canonicals.Ours("identifier-link")) / "valueUri";

    static Place Identifier(string use) => Place.Here.Item("identifier", FhirNode.Object(("use", use))!);

    static ObjectNode Numbered(string use) => FhirNode.Object(("use", use), ("system", Canonicals.Nct))!;

    /// <summary>A title besides the brief one, as R5's label.</summary>
    static Place Label(string type, string display) =>
        Place.Here.Item("extension", FhirNode.Extension(
            Canonicals.R5("label"),
            FhirNode.Extension(
                "type", "valueCodeableConcept", FhirNode.Concept([FhirNode.Coding(TitleType, type, display)])))!)
            .Extension("value") / "valueString";

    /// <summary>The organisation's own number is in a system of that organisation.</summary>
    static void Organisational(RegistryNode module, ObjectNode study, StudyResources resources)
    {
        if (OrgStudyId.Find(study) is not { } identifier)
        {
            return;
        }

        ((Place)"type").Make(identifier)["text"] = "Organization's study ID";
        var organization = module["organization"].Text("fullName");
        identifier["system"] = Canonicals.Identifiers(
            organization is null ? "org-study-id" : $"org-study-id/{StableId.From(organization, organization)}");
        if (organization is not null)
        {
            identifier["assigner"] = resources.Book.Organization(organization);
        }
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

    [GeneratedRegex("^[0-9]{4}-5[0-9]{5}-[0-9]{2}(-[0-9]{2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex EuCtNumber();
}
