using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Registry;

/// <summary>What the old XML says of results in other forms than a field for a field: the numbers of adverse events,
/// the names of groups, and agreements in words.</summary>
static class OldXmlResults
{
    const string Events = "resultsSection.adverseEventsModule.";

    /// <summary>Group <c>P1</c> of the participant flow is <c>FG000</c> in the API v2, and so on.</summary>
    static readonly Dictionary<char, string> GroupNames = new()
    {
        ['P'] = "FG",
        ['B'] = "BG",
        ['O'] = "OG",
        ['E'] = "EG",
    };

    public static void Complete(XElement study, JsonObject record)
    {
        if (study.Element("clinical_results") is not { } results)
        {
            return;
        }

        AddEvents(results, "serious_events", "seriousEvents", "serious", record);
        AddEvents(results, "other_events", "otherEvents", "other", record);
        AddAgreement(results, record);
        AddReportingStatus(record);
        RenameGroups(record["resultsSection"]);
    }

    static void AddEvents(XElement results, string element, string field, string total, JsonObject record)
    {
        if (results.Element("reported_events")?.Element(element) is not { } events)
        {
            return;
        }

        var groups = new Lazy<ILookup<string?, JsonObject>>(() => OldXml.ArrayAt(record, Events + "eventGroups")
            .OfType<JsonObject>().ToLookup(g => (string?)g["id"], StringComparer.Ordinal));
        var (vocabulary, assessment) =
            (events.Element("default_vocab")?.Value, events.Element("default_assessment")?.Value);
        var repeated = 0L;
        foreach (var category in events.Elements("category_list").Elements("category"))
        {
            var (organSystem, reported) =
                (category.Element("title")?.Value, category.Elements("event_list").Elements("event"));
            if (organSystem?.Trim() == "Total")
            {
                AddTotals(reported.Elements("counts"), total, groups);
                continue;
            }

            foreach (var one in reported)
            {
                repeated += (organSystem?.Length ?? 0) + (vocabulary?.Length ?? 0) + (assessment?.Length ?? 0);
                if (repeated > RegistryReader.MaxBytes)
                {
                    throw new FhirException(Issue.Error(
                        IssueCode.TooCostly, $"What {element} says of all of its events is too long for so many."));
                }

                OldXml.ArrayAt(record, Events + field)
                    .Add((JsonNode)Event(one, organSystem, vocabulary, assessment));
            }
        }
    }

    /// <param name="vocabulary">What holds where the event says nothing else, as does
    /// <paramref name="assessment"/>.</param>
    static JsonObject Event(XElement reported, string? organSystem, string? vocabulary, string? assessment)
    {
        var term = reported.Element("sub_title");
        var made = new JsonObject();
        Set(made, "term", term?.Value);
        Set(made, "organSystem", organSystem);
        Set(made, "sourceVocabulary", term?.Attribute("vocab")?.Value ?? vocabulary);
        assessment = reported.Element("assessment")?.Value ?? assessment;
        Set(made, "assessmentType",
            assessment is null ? null : OldXmlText.Code(assessment.Trim(), RegistryCodes.EventAssessment));
        Set(made, "notes", reported.Element("description")?.Value);
        foreach (var counts in reported.Elements("counts"))
        {
            var cell = new JsonObject();
            Set(cell, "groupId", counts.Attribute("group_id")?.Value);
            Count(cell, "numEvents", counts.Attribute("events"));
            Count(cell, "numAffected", counts.Attribute("subjects_affected"));
            Count(cell, "numAtRisk", counts.Attribute("subjects_at_risk"));
            OldXml.ArrayAt(made, "stats").Add((JsonNode)cell);
        }

        return made;
    }

    static void AddTotals(
        IEnumerable<XElement> all, string total, Lazy<ILookup<string?, JsonObject>> groups)
    {
        foreach (var counts in all)
        {
            if (groups.Value[counts.Attribute("group_id")?.Value].FirstOrDefault() is { } group)
            {
                Count(group, $"{total}NumAffected", counts.Attribute("subjects_affected"));
                Count(group, $"{total}NumAtRisk", counts.Attribute("subjects_at_risk"));
            }
        }
    }

    /// <summary>The registry's own sentences, of which each stands for one answer.</summary>
    static void AddAgreement(XElement results, JsonObject record)
    {
        const string Agreement = "resultsSection.moreInfoModule.certainAgreement.";
        var agreements = results.Element("certain_agreements");
        if (agreements?.Element("pi_employee")?.Value is { } employee)
        {
            OldXml.OwnerOf(record, Agreement + "x")["piSponsorEmployee"] =
                !employee.Contains("NOT employed", StringComparison.Ordinal);
        }

        if (agreements?.Element("restrictive_agreement")?.Value.Trim() is not { Length: > 0 } text)
        {
            return;
        }

        var owner = OldXml.OwnerOf(record, Agreement + "x");
        owner["restrictiveAgreement"] = !text.StartsWith("There is NOT an agreement", StringComparison.Ordinal);
        if ((bool)owner["restrictiveAgreement"]!)
        {
            var type = text.Contains("less than or equal to 60 days", StringComparison.Ordinal) ? "LTE60"
                : text.Contains("more than 60 days but less than or equal to 180 days", StringComparison.Ordinal)
                ? "GT60"
                : "OTHER";
            owner["restrictionType"] = type;
            if (type == "OTHER")
            {
                owner["otherDetails"] = text;
            }
        }
    }

    /// <summary>A measure with a date of posting to come is not posted yet.</summary>
    static void AddReportingStatus(JsonObject record)
    {
        var measures = record["resultsSection"]?["outcomeMeasuresModule"]?["outcomeMeasures"];
        foreach (var measure in measures?.AsArray() ?? [])
        {
            measure!["reportingStatus"] = measure["anticipatedPostingDate"] is null ? "POSTED" : "NOT_POSTED";
        }
    }

    static void RenameGroups(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var (index, item) in array.Index().ToList())
            {
                if (array.GetPropertyName() == "groupIds")
                {
                    array[index] = GroupName((string)item!);
                }
                else
                {
                    RenameGroups(item);
                }
            }
        }
        else if (node is JsonObject owner)
        {
            foreach (var (name, value) in owner.ToList())
            {
                if (name is "groupId" or "id" && value is JsonValue)
                {
                    owner[name] = GroupName((string)value!);
                }
                else
                {
                    RenameGroups(value);
                }
            }
        }
    }

    static string GroupName(string old) =>
        old.Length > 1 && GroupNames.TryGetValue(old[0], out var start)
            && int.TryParse(old.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{start}{number - 1:000}")
            : old;

    static void Set(JsonObject owner, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            owner[name] = value.Trim();
        }
    }

    static void Count(JsonObject owner, string name, XAttribute? count)
    {
        if (count is not null)
        {
            owner[name] = int.TryParse(count.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number : count.Value;
        }
    }
}
