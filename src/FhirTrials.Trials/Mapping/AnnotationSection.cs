using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>annotationSection ⇄ events of results that are not posted yet, and notices of violations.</summary>
static class AnnotationSection
{
    public static Rule Rule { get; } = In("annotationSection", In(
        "annotationModule",
        In("unpostedAnnotation",
            Text("unpostedResponsibleParty",
                PartiesModule.Party("unposted-responsible-party").Extension("name") / "valueString"),
            Each("unpostedEvents", "extension", StatusModule.RegistrationPattern("unposted-event"),
                Coded("type", RegistryCodes.UnpostedEventType, Activity),
                Date("date", Place.Here.Extension("period") / "valuePeriod.start"),
                Fact("dateUnknown", "date-unknown", fact => Activity.Item("coding", FhirNode.Coding(fact)!)))),
        ReferencesModule.Violations));

    static Place Activity => Place.Here.Extension("activity") / "valueCodeableConcept";
}
