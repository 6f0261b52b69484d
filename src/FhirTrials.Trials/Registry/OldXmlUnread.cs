using System.Collections.Frozen;
using System.Xml;
using System.Xml.Linq;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Registry;

/// <summary>The elements of the old XML that nothing reads: each is warned of once, so that
/// nothing is left out in silence.</summary>
static class OldXmlUnread
{
    const string Person = "first_name middle_name last_name degrees phone phone_ext email role affiliation";

    const string Events =
        "default_vocab default_assessment frequency_threshold category_list/category/title "
        + "category_list/category/event_list/event/sub_title category_list/category/event_list/event/assessment "
        + "category_list/category/event_list/event/description category_list/category/event_list/event/counts";

    /// <summary>What <see cref="OldXmlProtocol"/> and <see cref="OldXmlResults"/> read: a
    /// path, then what is below it.</summary>
    const string ReadInCode = $"""
        phase
        overall_official {Person}
        overall_contact {Person}
        overall_contact_backup {Person}
        location/contact {Person}
        location/contact_backup {Person}
        location/investigator {Person}
        condition_browse mesh_term
        intervention_browse mesh_term
        clinical_results/certain_agreements pi_employee restrictive_agreement
        clinical_results/reported_events/serious_events {Events}
        clinical_results/reported_events/other_events {Events}
        """;

    /// <summary>What says nothing that another element does not, or nothing of the study.</summary>
    const string SaysNothing = """
        required_header download_date link_text url
        location_countries country
        number_of_arms
        number_of_groups
        last_update_submitted_qc
        clinical_results/baseline/analyzed_list/analyzed scope
        clinical_results/baseline/measure_list/measure/analyzed_list/analyzed scope
        clinical_results/baseline/measure_list/measure/class_list/class/analyzed_list/analyzed scope
        clinical_results/outcome_list/outcome/measure title description population
        clinical_results/outcome_list/outcome/measure/analyzed_list/analyzed scope
        clinical_results/outcome_list/outcome/measure/class_list/class/analyzed_list/analyzed scope
        """;

    const int MaxNamed = 50;

    static readonly FrozenSet<string> Known = Paths(OldXmlFormat.Rows, "")
        .Concat(Listed(ReadInCode)).Concat(Listed(SaysNothing)).SelectMany(WithAncestors)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A warning for each path that is not read, at the first element there.</summary>
    public static IEnumerable<Issue> In(XElement study) =>
        Unread(study, "").DistinctBy(e => e.Path).Take(MaxNamed).Select(e => Issue.Warning(
            IssueCode.Informational,
            $"The element {e.Path} of the old XML is not read: what it says is not kept.",
            position: e.Element is IXmlLineInfo line ? new(line.LineNumber, line.LinePosition) : default));

    static IEnumerable<(string Path, XElement Element)> Unread(XElement above, string start)
    {
        foreach (var element in above.Elements())
        {
            var path = start + element.Name.LocalName;
            if (Known.Contains(path))
            {
                foreach (var unread in Unread(element, path + "/"))
                {
                    yield return unread;
                }
            }
            else if (element.Name.LocalName != "textblock")
            {
                yield return (path, element);
            }
        }
    }

    static IEnumerable<string> Paths(IEnumerable<OldXmlRow> rows, string start) => rows.SelectMany(row =>
    {
        var path = start + row.Element;
        return Paths(row.Below, path + "/").Prepend(path);
    });

    static IEnumerable<string> Listed(string lines) =>
        lines.Split('\n').Select(line => line.Trim().Split(' ')).SelectMany(
            words => words.Skip(1).Select(below => $"{words[0]}/{below}").Prepend(words[0]));

    static IEnumerable<string> WithAncestors(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }
}
