using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>sponsorCollaboratorsModule and the overall officials ⇄ sponsor, principal investigator, and R5's associated
/// parties, each with its role and kind.</summary>
static class PartiesModule
{
    const string R5Roles = "http://hl7.org/fhir/research-study-party-role";

    static readonly Place LeadSponsor =
        Place.Here.Item("extension", PartyPattern(R5Role("lead-sponsor", "Lead sponsor")));

    static readonly Place ResponsibleParty = Party("responsible-party");

    /// <summary>What a person is in this study.</summary>
    static readonly Place RoleConcept = Place.Here.Item("code", Shapes.Any);

    public static Rule Sponsors { get; } = In(
        "sponsorCollaboratorsModule",
        In("responsibleParty",
            Coded("type", RegistryCodes.ResponsiblePartyType,
                ResponsibleParty.Extension("role") / "valueCodeableConcept"),
            Text("oldNameTitle", ResponsibleParty.Extension("name") / "valueString"),
            OrganizationName("oldOrganization", Party("responsible-organization")),
            Resource("PractitionerRole", id => $"{id}-responsible-party", Responsible,
                Text("investigatorFullName", "practitioner.display"),
                Text("investigatorTitle", RoleConcept / "text"),
                Text("investigatorAffiliation", "organization.display"))),
        In("leadSponsor",
            Text("name", "sponsor.display"),
            Derived((sponsor, study, resources) =>
                SetOrganization(study, sponsor.Text("name"), resources, "sponsor")),
            AgencyClass(LeadSponsor),
            OrganizationOf("name", LeadSponsor)),
        Derived(SponsorIsResponsible),
        Each("collaborators", "extension", PartyPattern(R5Role("collaborator", "Collaborator")),
            AgencyClass(Place.Here),
            OrganizationName("name", Place.Here)));

    /// <summary>The officials, each a role of a person that is an associated party of the study; the first that is
    /// principal investigator is the study's.</summary>
    public static Rule Officials { get; } = EachResource(
        "overallOfficials", "PractitionerRole", id => $"{id}-official-", Official,
        Text("name", "practitioner.display"),
        Text("affiliation", "organization.display"),
        Coded("role", RegistryCodes.OfficialRole, RoleConcept));

    /// <summary>R5's associated party of one of our roles.</summary>
    public static Place Party(string role) => Place.Here.Item("extension", PartyPattern(
        FhirNode.Concept(MappingCodes.PartyRole.Find(role), MappingCodes.PartyRole.Find(role)!.Display)!));

    /// <summary>The name of an organization that is an associated party.</summary>
    public static Rule OrganizationName(string field, Place party) => All(
        Text(field, party.Extension("party") / "valueReference.display"),
        OrganizationOf(field, party));

    /// <summary>The organization that is an associated party; one of which something else is known than the name is a
    /// party without one.</summary>
    static Rule OrganizationOf(string field, Place party)
    {
        var reference = party.Extension("party") / "valueReference";
        return Derived((from, study, resources) =>
        {
            SetOrganization(study, from.Text(field), resources, reference);
            if (party.Find(study) is not null && from.Text(field) is null)
            {
                reference.Owner.Make(study)[reference.Name] = Shapes.Absent();
            }
        });
    }

    /// <summary>What kind of organization it is, with R5's code where that says the same.</summary>
    public static Rule AgencyClass(Place party)
    {
        var concept = party.Extension("classifier") / "valueCodeableConcept";
        return All(
            Coded("class", RegistryCodes.AgencyClass, concept),
            Derived((from, study, _) =>
            {
                if (CodeMap.AgencyClass.Of(from.Text("class")) is { } pair)
                {
                    (concept / "coding").Add(study, FhirNode.Coding(CodeMap.AgencyClass.System, pair.Fhir));
                }
            }));
    }

    static ObjectNode PartyPattern(ObjectNode role) => FhirNode.Extension(
        Canonicals.R5("associatedParty"), FhirNode.Extension("role", "valueCodeableConcept", role))!;

    static ObjectNode R5Role(string code, string display) =>
        FhirNode.Concept([FhirNode.Coding(R5Roles, code, display)])!;

    static void SetOrganization(ObjectNode study, string? name, StudyResources resources, Place reference)
    {
        if (name is not null)
        {
            reference.Owner.Make(study)[reference.Name] = resources.Book.Organization(name);
        }
    }

    /// <summary>A sponsor who is responsible, and R5's code for one who is also the investigator.</summary>
    static void SponsorIsResponsible(RegistryNode module, ObjectNode study, StudyResources resources)
    {
        var type = module["responsibleParty"].Text("type");
        var party = ResponsibleParty.Find(study);
        if (type == "SPONSOR_INVESTIGATOR")
        {
            (ResponsibleParty.Extension("role") / "valueCodeableConcept.coding")
                .Add(study, FhirNode.Coding(R5Roles, "sponsor-investigator", "Sponsor-investigator"));
        }

        var reference = ResponsibleParty.Extension("party") / "valueReference";
        if (type == "SPONSOR" && party is not null && reference.Find(study) is null)
        {
            SetOrganization(study, module["leadSponsor"].Text("name"), resources, reference);
        }
    }

    static ObjectNode? Responsible(RegistryNode party, int number, ObjectNode study, StudyResources resources)
    {
        var (name, affiliation) = (party.Text("investigatorFullName"), party.Text("investigatorAffiliation"));
        if (name is null && affiliation is null && party.Text("investigatorTitle") is null)
        {
            return null;
        }

        var role = resources.Book.Role(
            "responsible-party", name, affiliation, party.Text("investigatorTitle"),
            MappingCodes.PartyRole.Find("responsible-party"));
        (ResponsibleParty.Extension("party") / "valueReference").Owner.Make(study)["valueReference"] =
            AddressBook.ReferenceTo(role);
        return role;
    }

    static ObjectNode Official(RegistryNode official, int number, ObjectNode study, StudyResources resources)
    {
        var name = official.Text("name");
        var type = official.Code("role", RegistryCodes.OfficialRole);
        var role = resources.Book.Role(
            FormattableString.Invariant($"official-{number}"), name, official.Text("affiliation"), type?.Display);
        ContactOf(name, role, resources);
        var concept = type is null ? FhirNode.Text("Official")!
            : FhirNode.Concept([
                FhirNode.Coding(R5Roles, CodeMap.OfficialRole.Of(type.Code)!.Fhir, type.Display), FhirNode.Coding(type),
            ])!;
        var party = PartyPattern(concept);
        (Place.Here.Extension("party") / "valueReference").Owner.Make(party)["valueReference"] =
            AddressBook.ReferenceTo(role);
        ((Place)"extension").Add(study, party);
        if (type?.Code == "PRINCIPAL_INVESTIGATOR" && !study.Has("principalInvestigator"))
        {
            study["principalInvestigator"] = AddressBook.ReferenceTo(role);
        }

        return role;
    }

    /// <summary>Phone and e-mail of an official that is a central contact too.</summary>
    static void ContactOf(string? name, ObjectNode role, StudyResources resources)
    {
        var contact = resources.Record.Protocol["contactsLocationsModule"].Items("centralContacts").FirstOrDefault(
            c => name is not null && string.Equals(c.Text("name"), name, StringComparison.OrdinalIgnoreCase));
        Shapes.Telecom.WriteAll(contact, role, resources);
    }
}
