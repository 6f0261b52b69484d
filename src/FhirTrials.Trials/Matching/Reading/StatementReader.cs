using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Lists that state a kind completely, and answers to a study's screening questions.</summary>
static class StatementReader
{
    static readonly ImmutableDictionary<string, CompleteList> ListsByLoinc = new Dictionary<string, CompleteList>
    {
        ["11450-4"] = CompleteList.Problems,
        ["11348-0"] = CompleteList.PastIllnesses,
        ["10160-0"] = CompleteList.Medications,
        ["47519-4"] = CompleteList.Procedures,
        ["48765-2"] = CompleteList.Allergies,
    }.ToImmutableDictionary();

    /// <summary>A current master list or snapshot, not older than allowed, is complete —
    /// https://hl7.org/fhir/R4/list.html. Empty, it
    /// must say why: nothing known.</summary>
    public static void ReadList(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var list = entry.Resource;
        var kinds = list.Child("code")?["coding"]
            .Where(c => c.ValueOf("system") == "http://loinc.org")
            .Select(c => c.ValueOf("code") is { } code && ListsByLoinc.TryGetValue(code, out var kind)
                ? kind
                : (CompleteList?)null)
            .OfType<CompleteList>()
            .ToArray() ?? [];
        if (kinds.Length == 0)
        {
            return;
        }

        var date = list.DatesOf("date", context.ReferenceDate);
        var fresh = date is { } day && day.First >= context.ReferenceDate.AddDays(-context.Freshness.Lists);
        var master = list.ValueOf("status") == "current" && list.ValueOf("mode") is "working" or "snapshot";
        var stated = list.Child("entry") is not null || list.CodeOf("emptyReason") == "nilknown";
        if (!fresh || !master || !stated)
        {
            parts.Leave(entry, "it is not a current, complete list (status, mode, date or emptyReason)");
            return;
        }

        foreach (var item in list["entry"].Where(e => e.ValueOf("deleted") != "true").Select(e => e.Child("item")))
        {
            if (item?.ValueOf("reference") is not { } reference || context.Resolve(reference) is null)
            {
                ReadNameAlone(item?.ValueOf("display") ?? "", kinds[0], entry, context, parts);
            }
        }

        var title = NamedConcepts.Shown(list.ValueOf("title") ?? "List");
        foreach (var kind in kinds)
        {
            parts.Complete[kind] = new(entry.Reference, $"{title} of {date} is complete");
        }
    }

    /// <summary>An entry whose resource the record does not hold: its name tells that something is there, not when or
    /// whether it is certain.</summary>
    static void ReadNameAlone(
        string name, CompleteList kind, RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var source = kind switch
        {
            CompleteList.Problems or CompleteList.PastIllnesses => FactSource.Condition,
            CompleteList.Medications => FactSource.Therapy,
            CompleteList.Procedures => FactSource.Procedure,
            CompleteList.Allergies => FactSource.Allergy,
        };
        ImmutableArray<string> keys = NamedConcepts.IsRead(name)
            ? [.. context.Vocabulary.Names(name).Select(n => n.Concept.Key).Distinct()] : [];
        parts.Facts.Add(new PatientFact(
            source, entry.Reference, NamedConcepts.Shown(name), keys, true, null, kind == CompleteList.Problems, null));
    }

    public static void ReadAnswers(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var response = entry.Resource;
        var authored = response.DatesOf("authored", context.ReferenceDate);
        if (StudyOf(response.ValueOf("questionnaire")) is not { } study)
        {
            return;
        }

        var done = response.ValueOf("status") is "completed" or "amended";
        if (!done || authored is not { } date || date.First < context.ReferenceDate.AddDays(-context.Freshness.Answers))
        {
            parts.Leave(entry, "it is not completed, not dated or too old");
            return;
        }

        foreach (var item in response["item"])
        {
            if (item.ValueOf("text") is { } text
                && item.At("answer", "value") is { Type.Name: "boolean", Value: { } answer })
            {
                var said = answer == "true" ? "yes" : "no";
                parts.Answers.Add(new ScreeningAnswer(
                    study, ComparableText.Of(text), answer == "true",
                    new(entry.Reference, $"Screening answer: {said} ({date})")));
            }
        }
    }

    /// <summary><c>…/Questionnaire/NCT04521231-eligibility</c> → <c>NCT04521231</c>.</summary>
    static string? StudyOf(string? questionnaire)
    {
        const string suffix = "-eligibility";
        var canonical = questionnaire?.Split('|')[0];
        var name = canonical?[(canonical.LastIndexOf('/') + 1)..];
        return name is not null && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : null;
    }
}
