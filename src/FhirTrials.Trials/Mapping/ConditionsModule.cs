using FhirTrials.Trials.Mapping.Rules;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>conditionsModule ⇄ conditions and keywords.</summary>
static class ConditionsModule
{
    public static Rule Rule { get; } = In(
        "conditionsModule",
        Values("conditions", Kind.Text, "condition", Shapes.Any, "text"),
        Values("keywords", Kind.Text, "keyword", Shapes.Any, "text"));

    /// <summary>Each condition has the MeSH heading that says the same words. Headings that match none follow on their
    /// own.</summary>
    public static Rule Headings { get; } = Derived((_, study, resources) =>
    {
        var conditions = ((Place)"condition").Items(study, Shapes.Any).ToList();
        foreach (var heading in MeshHeading.Of(resources.Record, "conditionBrowseModule"))
        {
            var same = conditions.Where(c => heading.Says((string)c["text"]!)).ToList();
            foreach (var condition in same)
            {
                ((Place)"coding").Add(condition, heading.Coding());
            }

            if (same.Count == 0)
            {
                ((Place)"condition").Add(study, FhirNode.Concept([heading.Coding()])!);
            }
        }
    });
}
