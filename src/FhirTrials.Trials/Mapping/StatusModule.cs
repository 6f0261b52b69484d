using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>statusModule → status, period, why stopped, and the dates of registration.</summary>
static class StatusModule
{
    static readonly (string Field, string Code, string Display)[] RegistrationDates =
    [
        ("statusVerifiedDate", "status-verified", "Status verified"),
        ("studyFirstSubmitDate", "study-first-submit", "Study first submitted"),
        ("studyFirstSubmitQcDate", "study-first-submit-qc", "Study first submitted and passed quality control"),
        ("studyFirstPostDateStruct", "study-first-post", "Study first posted"),
        ("resultsFirstSubmitDate", "results-first-submit", "Results first submitted"),
        ("resultsFirstSubmitQcDate", "results-first-submit-qc", "Results first submitted and passed quality control"),
        ("resultsFirstPostDateStruct", "results-first-post", "Results first posted"),
        ("dispFirstSubmitDate", "delay-first-submit", "Delay of results first submitted"),
        ("dispFirstSubmitQcDate", "delay-first-submit-qc",
            "Delay of results first submitted and passed quality control"),
        ("dispFirstPostDateStruct", "delay-first-post", "Delay of results first posted"),
        ("lastUpdateSubmitDate", "last-update-submit", "Last update submitted"),
        ("lastUpdatePostDateStruct", "last-update-post", "Last update posted"),
    ];

    /// <summary>FHIR's status for the registry's; null where the registry itself does not say, or withholds
    /// it.</summary>
    public static string? StatusOf(string? overallStatus) => overallStatus switch
    {
        "RECRUITING" or "ENROLLING_BY_INVITATION" or "AVAILABLE" => "active",
        "NOT_YET_RECRUITING" => "approved",
        "ACTIVE_NOT_RECRUITING" or "NO_LONGER_AVAILABLE" or "APPROVED_FOR_MARKETING" => "closed-to-accrual",
        "SUSPENDED" or "TEMPORARILY_NOT_AVAILABLE" => "temporarily-closed-to-accrual",
        "TERMINATED" => "administratively-completed",
        "COMPLETED" => "completed",
        "WITHDRAWN" => "withdrawn",
        _ => null,
    };

    /// <summary>Why there is no status, beside it.</summary>
    public static JsonObject? StatusAbsent(string? overallStatus) => StatusOf(overallStatus) is not null
        ? null
        : FhirNode.Beside(FhirNode.Extension(
            Canonicals.Hl7("data-absent-reason"), "valueCode", overallStatus == "WITHHELD" ? "masked" : "unknown"));

    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record)
    {
        var module = record.Protocol["statusModule"];
        return
        [
            module.Code("overallStatus", RegistryCodes.Status) is { } status
                ? FhirNode.Extension(
                    Canonicals.R5("progressStatus"),
                    FhirNode.Extension("state", "valueCodeableConcept", FhirNode.Concept(status)))
                : null,
            FhirNode.Extension(
                Canonicals.Ours("last-known-status"), "valueCode",
                module.Code("lastKnownStatus", RegistryCodes.Status)?.Code),
            PrimaryCompletion(module["primaryCompletionDateStruct"]),
            .. RegistrationDates.Select(date => Registration(module, date.Field, date.Code, date.Display)),
        ];
    }

    /// <summary>From the start of the study to its completion, each happened or expected.</summary>
    public static JsonObject? Period(RegistryRecord record)
    {
        var module = record.Protocol["statusModule"];
        var (start, end) = (module["startDateStruct"], module["completionDateStruct"]);
        return FhirNode.Object(
            ("start", start.Date("date")),
            ("_start", DateType(start)),
            ("end", end.Date("date")),
            ("_end", DateType(end)));
    }

    public static JsonObject? ReasonStopped(RegistryRecord record) =>
        FhirNode.Text(record.Protocol["statusModule"].Text("whyStopped"));

    static JsonObject? PrimaryCompletion(RegistryNode date) => date.Date("date") is { } value
        ? FhirNode.Object(
            ("url", Canonicals.Ours("primary-completion")), ("valueDateTime", value),
            ("_valueDateTime", DateType(date)))
        : null;

    static JsonObject? DateType(RegistryNode date) =>
        date.Date("date") is not null && date.Code("type", RegistryCodes.DateType) is { } type
            ? FhirNode.Beside(FhirNode.Extension(Canonicals.Ours("date-type"), "valueCode", type.Code))
            : null;

    static JsonObject? Registration(RegistryNode module, string field, string code, string display)
    {
        var date = module.Date(field) ?? module[field].Date("date");
        if (date is null)
        {
            return null;
        }

        var type = module[field].Code("type", RegistryCodes.DateType)?.Code;
        var coding = FhirNode.Coding(Canonicals.CodeSystem("registration-activity"), code, display);
        return FhirNode.Extension(
            Canonicals.Hl7("researchStudy-studyRegistration"),
            FhirNode.Extension("activity", "valueCodeableConcept", FhirNode.Concept([coding])),
            FhirNode.Extension("actual", "valueBoolean", FhirNode.Boolean(type is null ? null : type == "ACTUAL")),
            FhirNode.Extension("period", "valuePeriod", FhirNode.Object(("start", date))));
    }
}
