using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.ResourceRules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping.Results;

/// <summary>resultsSection ⇄ measures, reports, analyses, and what the registry calls more information.</summary>
static class ResultsSection
{
    static readonly Place Contact = PartiesModule.Party("results-contact").Extension("party") / "valueReference";

    public static Rule Rule { get; } = In(
        "resultsSection",
        ParticipantFlow.Rule,
        Baseline.Rule,
        OutcomeMeasures.Rule,
        AdverseEvents.Rule,
        In("moreInfoModule",
            In("limitationsAndCaveats", Text("description", Place.Here.Item("note", Shapes.Any) / "text")),
            In("certainAgreement",
                Shapes.StudyFact("piSponsorEmployee", "pi-sponsor-employee"),
                Coded("restrictionType", RegistryCodes.AgreementRestrictionType,
                    Place.Here.Item("extension", Shapes.ClassifierPattern(
                        Shapes.SystemOnly(RegistryCodes.AgreementRestrictionType))) / "valueCodeableConcept"),
                Shapes.StudyFact("restrictiveAgreement", "restrictive-agreement"),
                Text("otherDetails", Shapes.Classifier("certain-agreement") / "text")),
            In("pointOfContact", Resource(
                "PractitionerRole", id => $"{id}-results-contact", PointOfContact,
                [
                    Text("title", Place.Here.Item("code", Shapes.Any) / "text"),
                    Text("organization", "organization.display"),
                    .. Shapes.Telecom,
                ]))));

    static ObjectNode PointOfContact(RegistryNode contact, int number, ObjectNode study, StudyResources resources)
    {
        var role = resources.Book.Role(
            "results-contact", name: null, contact.Text("organization"), contact.Text("title"),
            MappingCodes.PartyRole.Find("results-contact"));
        Contact.Owner.Make(study)[Contact.Name] = AddressBook.ReferenceTo(role);
        return role;
    }
}
