using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Registry;

/// <summary>Where a record contradicts itself: each is a warning that names the leaf, and
/// the record is kept as it is.</summary>
static class Contradictions
{
    const string Status = "protocolSection.statusModule";
    const string Interventions = "protocolSection.armsInterventionsModule.interventions";
    const string Flow = "resultsSection.participantFlowModule";
    const string Events = "resultsSection.adverseEventsModule";
    const string Baseline = "resultsSection.baselineCharacteristicsModule";

    /// <summary>One after the other, as far as they are asked for.</summary>
    public static IEnumerable<Issue> In(RegistryNode record) => Dates(record)
        .Concat(Labels(record))
        .Concat(HasResults(record))
        .Concat(Periods(record))
        .Concat(Totals(record))
        .Concat(Counts(record, "seriousEvents"))
        .Concat(Counts(record, "otherEvents"))
        .Concat(Characteristics(record))
        .Concat(ResultTables.Contradictions(record).Select(found => Warning(found.Place, found.Why)));

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

    /// <summary>Arms that an intervention names and the study has not.</summary>
    static IEnumerable<Issue> Labels(RegistryNode record)
    {
        var module = record["protocolSection"]["armsInterventionsModule"];
        var arms = module.Items("armGroups").Select(arm => arm.Text("label")).ToHashSet();
        return from intervention in module.Items("interventions").Index()
            from label in intervention.Item.Items("armGroupLabels").Index()
            where label.Item.AsText() is { } text && !arms.Contains(text)
            select Warning(
                FormattableString.Invariant($"{Interventions}[{intervention.Index}].armGroupLabels[{label.Index}]"),
                "is the label of no arm");
    }

    static IEnumerable<Issue> HasResults(RegistryNode record) =>
        (record.Flag("hasResults"), record["resultsSection"].Exists) switch
        {
            (true, false) => [Warning("hasResults", "says that there are results, and the record is without them")],
            (false, true) => [Warning("hasResults", "says that there are no results, and the record has them")],
            _ => [],
        };

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

    static int? Number(RegistryNode cell, string field = "numSubjects") => RegistryCount.From(cell.Text(field));

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

    /// <summary>More participants in a category than were analyzed: of the class, else
    /// of the measure, else of all.</summary>
    static IEnumerable<Issue> Characteristics(RegistryNode record)
    {
        var module = record["resultsSection"]["baselineCharacteristicsModule"];
        var ofAll = new Lazy<Dictionary<string, int>?>(() => Analyzed(module));
        foreach (var (m, measure) in module.Items("measures").Index()
            .Where(m => m.Item.Text("paramType") == "COUNT_OF_PARTICIPANTS"))
        {
            var ofMeasure = new Lazy<Dictionary<string, int>?>(() => Analyzed(measure));
            foreach (var (c, part) in measure.Items("classes").Index())
            {
                var analyzed = Analyzed(part) ?? ofMeasure.Value ?? ofAll.Value ?? [];
                foreach (var (k, category) in part.Items("categories").Index())
                {
                    foreach (var (i, cell) in category.Items("measurements").Index())
                    {
                        if (Number(cell, "value") is { } number
                            && analyzed.TryGetValue(cell.Text("groupId") ?? "", out var most) && number > most)
                        {
                            yield return Warning(
                                FormattableString.Invariant(
                                    $"{Baseline}.measures[{m}].classes[{c}].categories[{k}].measurements[{i}].value"),
                                "is more than were analyzed");
                        }
                    }
                }
            }
        }
    }

    /// <summary>How many participants of each group; null where nothing is said, or it is not participants.</summary>
    static Dictionary<string, int>? Analyzed(RegistryNode owner)
    {
        var counts = owner.Items("denoms").Where(d => d.Text("units") == "Participants")
            .SelectMany(d => d.Items("counts")).ToList();
        return counts.Count == 0 ? null : counts
            .GroupBy(count => count.Text("groupId") ?? "", StringComparer.Ordinal)
            .Where(same => Number(same.First(), "value") is not null)
            .ToDictionary(same => same.Key, same => Number(same.First(), "value")!.Value, StringComparer.Ordinal);
    }

    static Issue Warning(string place, string why) =>
        Issue.Warning(IssueCode.Value, $"{place} {why}: the record is kept as it is.", place);
}
