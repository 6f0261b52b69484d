using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>sponsorCollaboratorsModule and the overall officials → sponsor, principal investigator, and R5's associated
/// parties, each with its role and kind.</summary>
static class PartiesModule
{
    const string R5Roles = "http://hl7.org/fhir/research-study-party-role";
    const string R5Kinds = "http://hl7.org/fhir/research-study-party-organization-type";

    public static JsonObject? Sponsor(RegistryRecord record, AddressBook book) =>
        Module(record)["leadSponsor"].Text("name") is { } name ? book.Organization(name) : null;

    /// <summary>The first official that is principal investigator.</summary>
    public static JsonObject? PrincipalInvestigator(RegistryRecord record, AddressBook book) =>
        Officials(record)
            .Where(official => RoleOf(official.Node)?.Code == "PRINCIPAL_INVESTIGATOR")
            .Select(official => RoleReference(record, book, official))
            .FirstOrDefault();

    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record, AddressBook book)
    {
        var module = Module(record);
        return
        [
            Organization(module["leadSponsor"], "name", R5Role("lead-sponsor", "Lead sponsor"), book),
            .. module.Items("collaborators").Select(collaborator =>
                Organization(collaborator, "name", R5Role("collaborator", "Collaborator"), book)),
            Registrant(record, book),
            ResponsibleParty(record, book),
            .. Officials(record).Select(official => Party(
                OfficialRole(official.Node), [], RoleReference(record, book, official))),
        ];
    }

    /// <summary>R5's code for an official's role.</summary>
    public static string R5RoleOf(string officialRole) => officialRole switch
    {
        "STUDY_CHAIR" => "study-chair",
        "STUDY_DIRECTOR" => "study-director",
        "PRINCIPAL_INVESTIGATOR" => "primary-investigator",
        "SUB_INVESTIGATOR" => "sub-investigator",
        _ => throw new ArgumentOutOfRangeException(nameof(officialRole), officialRole, "Not an official's role."),
    };

    static RegistryNode Module(RegistryRecord record) => record.Protocol["sponsorCollaboratorsModule"];

    static IEnumerable<(RegistryNode Node, int Number)> Officials(RegistryRecord record) =>
        record.Protocol["contactsLocationsModule"].Items("overallOfficials")
            .Select((official, index) => (official, index + 1))
            .Where(official => official.official.Text("name") is not null);

    static RegistryCode? RoleOf(RegistryNode official) => official.Code("role", RegistryCodes.OfficialRole);

    static JsonObject? OfficialRole(RegistryNode official) => RoleOf(official) is { } role
        ? FhirNode.Concept([FhirNode.Coding(R5Roles, R5RoleOf(role.Code), role.Display), FhirNode.Coding(role)])
        : FhirNode.Text("Official");

    static JsonObject RoleReference(RegistryRecord record, AddressBook book, (RegistryNode Node, int Number) official)
    {
        var name = official.Node.Text("name")!;
        var contact = record.Protocol["contactsLocationsModule"].Items("centralContacts")
            .FirstOrDefault(c => string.Equals(c.Text("name"), name, StringComparison.OrdinalIgnoreCase));
        return book.Role(
            $"official-{official.Number}",
            name,
            official.Node.Text("affiliation"),
            FhirNode.Concept(RoleOf(official.Node)),
            ContactsModule.Telecom(contact));
    }

    static JsonObject? Organization(RegistryNode node, string nameField, JsonObject role, AddressBook book) =>
        node.Text(nameField) is { } name
            ? Party(role, Kinds(node.Code("class", RegistryCodes.AgencyClass)), book.Organization(name))
            : null;

    /// <summary>The organization whose record it is, where that is not the sponsor.</summary>
    static JsonObject? Registrant(RegistryRecord record, AddressBook book)
    {
        var (registrant, sponsor) = (record.Identification["organization"], Module(record)["leadSponsor"]);
        return registrant.Text("fullName") == sponsor.Text("name")
            && (registrant.Text("class") is null || registrant.Text("class") == sponsor.Text("class"))
            ? null
            : Organization(registrant, "fullName", FhirNode.Text("Registering organization")!, book);
    }

    static JsonObject? ResponsibleParty(RegistryRecord record, AddressBook book)
    {
        var party = Module(record)["responsibleParty"];
        var type = party.Code("type", RegistryCodes.ResponsiblePartyType);
        var name = party.Text("investigatorFullName");
        var (oldName, oldOrganization) = (party.Text("oldNameTitle"), party.Text("oldOrganization"));
        var role = FhirNode.Concept(
        [
            type?.Code == "SPONSOR_INVESTIGATOR" ? FhirNode.Coding(R5Roles, "sponsor-investigator", type.Display)
                : null,
            FhirNode.Coding(type),
        ], "Responsible party");
        var reference = name is not null
            ? book.Role(
                "responsible-party",
                name,
                party.Text("investigatorAffiliation"),
                FhirNode.Concept(type, party.Text("investigatorTitle")),
                telecom: null)
            : oldOrganization is not null ? book.Organization(oldOrganization)
            : type?.Code == "SPONSOR" ? Sponsor(record, book)
            : null;
        return type is null && reference is null && oldName is null ? null : Party(role, [], reference, oldName);
    }

    static JsonObject? Party(JsonObject? role, IEnumerable<JsonObject?> kinds, JsonObject? party,
        string? name = null) =>
        FhirNode.Extension(
            Canonicals.R5("associatedParty"),
            [
                FhirNode.Extension("name", "valueString", name),
                FhirNode.Extension("role", "valueCodeableConcept", role),
                .. kinds.Select(kind => FhirNode.Extension("classifier", "valueCodeableConcept", kind)),
                FhirNode.Extension("party", "valueReference", party),
            ]);

    static JsonObject R5Role(string code, string display) =>
        FhirNode.Concept([FhirNode.Coding(R5Roles, code, display)])!;

    static IEnumerable<JsonObject?> Kinds(RegistryCode? agencyClass) =>
    [
        FhirNode.Concept(
        [
            KindOf(agencyClass?.Code) is { } kind ? FhirNode.Coding(R5Kinds, kind) : null,
            FhirNode.Coding(agencyClass),
        ]),
    ];

    /// <summary>R5's code for the kind of an organization; null where it has none that says the same.</summary>
    static string? KindOf(string? agencyClass) => agencyClass switch
    {
        "NIH" => "nih",
        "FED" or "OTHER_GOV" => "government",
        "INDUSTRY" => "industry",
        _ => null,
    };
}
