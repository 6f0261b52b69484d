using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Vocabulary;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>conditionsModule ⇄ conditions and keywords.</summary>
static class ConditionsModule
{
    public static Rule Rule { get; } = In(
        "conditionsModule",
        Values("conditions", Kind.Text, "condition", Shapes.Any, "text"),
        Values("keywords", Kind.Text, "keyword", Shapes.Any, "text"),
        Derived((_, study, _) => AddConcepts(study)));

    /// <summary>Each condition has the MeSH heading that says the same words. Headings that
    /// match none follow on their own.</summary>
    public static Rule Headings { get; } = Derived((_, study, resources) =>
    {
        var conditions = ((Place)"condition").Items(study, Shapes.AnyTest)
            .ToLookup(c => ((string)c["text"]!).Trim(), StringComparer.OrdinalIgnoreCase);
        foreach (var heading in MeshHeading.Of(resources.Record, "conditionBrowseModule"))
        {
            ObjectNode[] same = heading.Term is { } term ? [.. conditions[term]] : [];
            foreach (var condition in same)
            {
                ((Place)"coding").Add(condition, heading.Coding());
            }

            if (same.Length == 0)
            {
                ((Place)"condition").Add(study, FhirNode.Concept([heading.Coding()])!);
            }
        }
    });

    /// <summary>Each condition has the vocabulary's code of every disease that its text names: of <c>Relapsed B-ALL</c>
    /// that of B-ALL. The standard codes of a disease are not written, since the vocabulary's stand for it or for
    /// something narrower; searches by them are led to it.</summary>
    static void AddConcepts(ObjectNode study)
    {
        foreach (var condition in ((Place)"condition").Items(study, Shapes.AnyTest).ToList())
        {
            foreach (var disease in ConceptVocabulary.Default.Mentions((string)condition["text"]!)
                .Select(m => m.Concept)
                .Where(c => c.Kind == ConceptKind.Condition).DistinctBy(c => c.Key))
            {
                ((Place)"coding").Add(
                    condition, FhirNode.Coding(CodeSystems.Vocabulary, disease.Key, disease.Text));
            }
        }
    }
}
