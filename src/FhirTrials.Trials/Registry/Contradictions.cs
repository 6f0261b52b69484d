using System.Globalization;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Registry;

/// <summary>Where a record contradicts itself: each is a warning that names the leaf, and the record is kept as it
/// is.</summary>
static class Contradictions
{
    const string Status = "protocolSection.statusModule";
    const string Flow = "resultsSection.participantFlowModule";
    const string Events = "resultsSection.adverseEventsModule";

    public static IEnumerable<Issue> In(RegistryNode record) =>
    [
        .. Dates(record),
        .. Periods(record),
        .. Totals(record),
        .. Counts(record, "seriousEvents"),
        .. Counts(record, "otherEvents"),
    ];

    static IEnumerable<Issue> Dates(RegistryNode record)
    {
        var status = record["protocolSection"]["statusModule"];
        foreach (var later in new[] { "primaryCompletionDateStruct", "completionDateStruct" })
        {
            if (!RegistryDate.AreInOrder(status["startDateStruct"].Date("date"), status[later].Date("date")))
            {
                yield return Warning($"{Status}.{later}.date", "is before the study starts");
            }
        }
    }

    /// <summary>More who complete a period than start it.</summary>
    static IEnumerable<Issue> Periods(RegistryNode record)
    {
        foreach (var (p, period) in record["resultsSection"]["participantFlowModule"].Items("periods").Index())
        {
            var started = Subjects(period, "STARTED");
            foreach (var (m, milestone) in period.Items("milestones").Index())
            {
                foreach (var (a, cell) in milestone.Items("achievements").Index())
                {
                    if (milestone.Text("type") == "COMPLETED" && Number(cell) is { } completed
                        && started.TryGetValue(cell.Text("groupId") ?? "", out var most) && completed > most)
                    {
                        yield return Warning(
                            FormattableString.Invariant(
                                $"{Flow}.periods[{p}].milestones[{m}].achievements[{a}].numSubjects"),
                            "is more than started the period");
                    }
                }
            }
        }
    }

    static Dictionary<string, int> Subjects(RegistryNode period, string milestone) =>
        period.Items("milestones").Where(m => m.Text("type") == milestone).SelectMany(m => m.Items("achievements"))
            .GroupBy(cell => cell.Text("groupId") ?? "", StringComparer.Ordinal)
            .Where(cells => Number(cells.First()) is not null)
            .ToDictionary(cells => cells.Key, cells => Number(cells.First())!.Value, StringComparer.Ordinal);

    static int? Number(RegistryNode cell) =>
        int.TryParse(cell.Text("numSubjects"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    static IEnumerable<Issue> Totals(RegistryNode record)
    {
        foreach (var (g, group) in record["resultsSection"]["adverseEventsModule"].Items("eventGroups").Index())
        {
            foreach (var kind in new[] { "deaths", "serious", "other" })
            {
                if (group.Count($"{kind}NumAffected") > group.Count($"{kind}NumAtRisk"))
                {
                    yield return Warning(
                        FormattableString.Invariant($"{Events}.eventGroups[{g}].{kind}NumAffected"),
                        "is more than are at risk");
                }
            }
        }
    }

    static IEnumerable<Issue> Counts(RegistryNode record, string list)
    {
        foreach (var (e, reported) in record["resultsSection"]["adverseEventsModule"].Items(list).Index())
        {
            foreach (var (s, cell) in reported.Items("stats").Index())
            {
                if (cell.Count("numAffected") > cell.Count("numAtRisk"))
                {
                    yield return Warning(
                        FormattableString.Invariant($"{Events}.{list}[{e}].stats[{s}].numAffected"),
                        "is more than are at risk");
                }
            }
        }
    }

    static Issue Warning(string place, string why) =>
        Issue.Warning(IssueCode.Value, $"{place} {why}: the record is kept as it is.", place);
}
