using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Evaluation;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>What the index takes a record to be silent on, for the sake of its speed, the matcher finds
/// unknown.</summary>
public sealed class SilenceTests
{
    public static TheoryData<string> Patients => [.. ExamplePatients.Names];

    [Theory]
    [MemberData(nameof(Patients))]
    public void What_a_record_is_silent_on_is_unknown(string patient) =>
        AllSilentIsUnknown(ExamplePatients.Record(patient));

    [Theory]
    [InlineData("HER2 positive")]
    [InlineData("HER2 negative")]
    [InlineData("Philadelphia chromosome negative")]
    [InlineData("AML")]
    public void What_one_fact_decides_of_another_is_not_silence(string condition) =>
        AllSilentIsUnknown(Records.Of(Records.Condition(condition)));

    static void AllSilentIsUnknown(PatientRecord record)
    {
        var facts = new RecordFacts(record, ConceptVocabulary.Default, Freshness.Default);
        var silent = ConceptVocabulary.Default.Concepts.SelectMany(Asked)
            .Where(p => PresentClause.IsSilentOn(p, facts)).ToList();

        Assert.True(silent.Count > 1_000);
        Assert.DoesNotContain(silent, p => PresentClause.Evaluate(p, facts).Value is not null);
    }

    /// <summary>The concept, asked for in two of all ways: those of a concept differ from those of the next.</summary>
    static IEnumerable<Clause.Present> Asked(VocabularyConcept concept, int at)
    {
        var (kinds, statuses) = (Enum.GetValues<FactKind>(), Enum.GetValues<FactStatus>());
        return Enumerable.Range(0, 2).Select(i => at + (i * 17)).Select(i =>
            new Clause.Present(
                kinds[i % kinds.Length], new Concept(concept.Key, ""), statuses[i / kinds.Length % statuses.Length]));
    }
}
