using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>statusModule ⇄ status, R5's progress statuses, why stopped, and the dates of registration.</summary>
static class StatusModule
{
    public static Rule Rule { get; } = In(
        "statusModule",
        Registered("statusVerifiedDate", "status-verified"),
        Coded("overallStatus", RegistryCodes.Status, Progress("overall").Extension("state") / "valueCodeableConcept"),
        Coded("lastKnownStatus", RegistryCodes.Status,
            Progress("last-known").Extension("state") / "valueCodeableConcept"),
        Shapes.StudyFact("delayedPosting", "delayed-posting"),
        Text("whyStopped", "reasonStopped.text"),
        In("expandedAccessInfo", ExpandedAccess.OfStatus),
        Reached("startDateStruct", "start", "start"),
        Reached("primaryCompletionDateStruct", "primary-completion", "end"),
        Reached("completionDateStruct", "completion", "end"),
        Registered("studyFirstSubmitDate", "study-first-submit"),
        Registered("studyFirstSubmitQcDate", "study-first-submit-qc"),
        Posted("studyFirstPostDateStruct", "study-first-post"),
        Shapes.StudyFact("resultsWaived", "results-waived"),
        Registered("resultsFirstSubmitDate", "results-first-submit"),
        Registered("resultsFirstSubmitQcDate", "results-first-submit-qc"),
        Posted("resultsFirstPostDateStruct", "results-first-post"),
        Registered("dispFirstSubmitDate", "delay-first-submit"),
        Registered("dispFirstSubmitQcDate", "delay-first-submit-qc"),
        Posted("dispFirstPostDateStruct", "delay-first-post"),
        Registered("lastUpdateSubmitDate", "last-update-submit"),
        Posted("lastUpdatePostDateStruct", "last-update-post"),
        Derived((module, study, _) =>
        {
            if (Period(module) is { } period)
            {
                study["period"] = period;
            }
        }));

    /// <summary>FHIR's status for the registry's; null where the registry itself
    /// does not say, or withholds it.</summary>
    public static string? StatusOf(string? overallStatus) => CodeMap.Status.Of(overallStatus)?.Fhir;

    /// <summary>Why there is no status, beside it.</summary>
    public static ObjectNode? StatusAbsent(string? overallStatus) => StatusOf(overallStatus) is not null
        ? null
        : Shapes.Absent(overallStatus == "WITHHELD" ? "masked" : "unknown");

    /// <summary>From the start of the study to its completion; null where neither is known, or
    /// one contradicts the other.</summary>
    public static ObjectNode? Period(RegistryNode module)
    {
        var (start, end) = (module["startDateStruct"].Date("date"), module["completionDateStruct"].Date("date"));
        return RegistryDate.AreInOrder(start, end) ? FhirNode.Object(("start", start), ("end", end)) : null;
    }

    /// <summary>A date of registration: the extension's period begins with it.</summary>
    public static Rule Registered(string field, string activity) => Date(field, StartOf(activity));

    /// <summary>A date of registration that has happened or is expected.</summary>
    public static Rule Posted(string field, string activity) => In(
        field,
        Date("date", StartOf(activity)),
        Field("type", Kind.Actual, Registration(activity).Extension("actual") / "valueBoolean"));

    /// <summary>HL7's registration of a study, for one activity.</summary>
    public static ObjectNode RegistrationPattern(string activity) => FhirNode.Extension(
        Canonicals.Hl7("researchStudy-studyRegistration"),
        FhirNode.Extension(
            "activity", "valueCodeableConcept", Shapes.Concept(MappingCodes.Registration, activity)))!;

    static Place Registration(string activity) => Place.Here.Item("extension", RegistrationPattern(activity));

    static Place StartOf(string activity) => Registration(activity).Extension("period") / "valuePeriod.start";

    /// <summary>A milestone of the study that is reached or expected.</summary>
    static Rule Reached(string field, string milestone, string end) => In(
        field,
        Date("date", Progress(milestone).Extension("period") / "valuePeriod" / end),
        Field("type", Kind.Actual, Progress(milestone).Extension("actual") / "valueBoolean"));

    /// <summary>R5's progress status of one of our milestones.</summary>
    static Place Progress(string milestone) => Place.Here.Item("extension", FhirNode.Extension(
        Canonicals.R5("progressStatus"),
        FhirNode.Extension("state", "valueCodeableConcept", Shapes.Concept(MappingCodes.Progress, milestone)))!);
}
