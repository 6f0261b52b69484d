using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Condition → facts. Refuted is a denial, provisional and differential are uncertain —
/// https://hl7.org/fhir/R4/condition.html</summary>
static class ConditionReader
{
    /// <summary>SNOMED CT "No current problems or disability", of FHIR's own value set of conditions.</summary>
    const string NoProblems = "160245001";

    public static void Read(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var condition = entry.Resource;
        if (condition.Child("code") is not { } code)
        {
            return;
        }

        if (code["coding"].Any(c => c.ValueOf("code") == NoProblems))
        {
            ReadNoProblems(entry, context, parts);
            return;
        }

        var named = NamedConcepts.Of(code, context.Vocabulary);
        var clinical = condition.CodeOf("clinicalStatus");
        var end = condition.DatesOf("abatement", context.ReferenceDate);
        var current = clinical is "active" or "recurrence" or "relapse" or "remission"
            || (clinical is null && condition.Child("abatement") is null);
        if (IsHistory(named.Label))
        {
            current = false;
        }

        var state = named.Include("malignancy", context.Vocabulary)
            ? StateOf(condition, clinical, named)
            : DiseaseState.Unstated;
        parts.Add(new PatientFact(
            FactSource.Condition,
            entry.Reference,
            named.Label,
            named.Keys,
            named.ByText,
            condition.CodeOf("verificationStatus") switch
            {
                "refuted" => false,
                "unconfirmed" or "provisional" or "differential" => null,
                _ => true,
            },
            current,
            Span(condition, end, current, context.ReferenceDate),
            state)
        {
            Through = current ? new DateRange(context.ReferenceDate, context.ReferenceDate) : end,
            Unlisted = UnlistedDisease.Of(code),
        }, named);
    }

    /// <summary>A problem named <c>history of …</c> is active as a problem, not as the disease.</summary>
    static bool IsHistory(string label) =>
        TermText.Words(label) is ["history", "of", ..] or ["h", "o", ..] or ["hx", ..]
            or ["past", ..] or ["personal", "history", ..];

    static void ReadNoProblems(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        if (entry.Resource.DatesOf("recordedDate", context.ReferenceDate) is { } date
            && date.First >= context.ReferenceDate.AddDays(-context.Freshness.Lists))
        {
            parts.Complete[CompleteList.Problems] = new(entry.Reference, $"No current problems ({date})");
        }
    }

    /// <summary>From the earliest to the latest day on which the condition may have held; a current one holds until
    /// the reference date.</summary>
    static DateRange? Span(Element condition, DateRange? end, bool current, DateOnly reference)
    {
        var start = condition.DatesOf("onset", reference) ?? condition.DatesOf("recordedDate", reference);
        var last = end?.Last ?? (current ? reference : start?.Last);
        return last is { } day ? new DateRange(start is { } s && s.First <= day ? s.First : day, day) : null;
    }

    static DiseaseState StateOf(Element condition, string? clinical, NamedConcepts named)
    {
        var refractory = named.Keys.Contains("refractory");
        var relapsed = refractory ? DiseaseState.Refractory : DiseaseState.Relapsed;
        return clinical switch
        {
            "remission" => DiseaseState.Remission,
            "relapse" or "recurrence" => relapsed,
            "inactive" or "resolved" => DiseaseState.Unstated,
            _ => LeukemiaState(condition) switch
            {
                '1' => DiseaseState.Remission,
                '2' => relapsed,
                '0' when !refractory && !named.Keys.Contains("relapsed") => DiseaseState.Active,
                _ => named.Keys.Contains("remission") ? DiseaseState.Remission
                    : refractory || named.Keys.Contains("relapsed") || named.Keys.Contains("relapsed-refractory")
                    ? relapsed
                    : clinical == "active" ? DiseaseState.Active
                    : DiseaseState.Unstated,
            },
        };
    }

    /// <summary>ICD-10-CM's fifth character of leukaemias (C91.0_ to C95.9_): 0 not having achieved remission, 1 in
    /// remission,
    /// 2 in relapse; null where there is none.</summary>
    static char? LeukemiaState(Element condition)
    {
        foreach (var coding in condition.Child("code")?["coding"] ?? [])
        {
            if (coding.ValueOf("system") == "http://hl7.org/fhir/sid/icd-10-cm"
                && coding.ValueOf("code") is ['C', '9', >= '1' and <= '5', '.', _, var state])
            {
                return state;
            }
        }

        return null;
    }
}
