using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Vocabulary;

public sealed class ConceptVocabularyTests
{
    static readonly ConceptVocabulary Concepts = ConceptVocabulary.Default;

    [Theory]
    [InlineData("B-precursor ALL", "b-all")]
    [InlineData("B precursor ALL", "b-all")]
    [InlineData("acute lymphoblastic leukaemia", "all")]
    [InlineData("ALL", "all")]
    [InlineData("all", null)]
    [InlineData("Haemoglobin", "hemoglobin")]
    [InlineData("Burkitt\u2019s leukemia", "burkitt")]
    [InlineData("Ph+", "ph-positive")]
    [InlineData("Ph-", "ph-negative")]
    [InlineData("TKIs", "tki")]
    [InlineData("allogenic hematopoietic stem cell transplant", "hsct-allogeneic")]
    [InlineData("toothache of the elephant", null)]
    public void A_name_in_any_spelling_finds_its_concept(string text, string? key) =>
        Assert.Equal(key, Concepts.Lookup(text)?.Key);

    [Theory]
    [InlineData("all", "http://snomed.info/sct", "277571004", true)]
    [InlineData("b-all", "http://snomed.info/sct", "277571004", true)]
    [InlineData("b-all", "http://snomed.info/sct", "91857003", false)]
    [InlineData("all", "http://hl7.org/fhir/sid/icd-10-cm", "C91.01", true)]
    [InlineData("all", "http://hl7.org/fhir/sid/icd-10-cm", "C91.10", false)]
    [InlineData("malignancy", "http://hl7.org/fhir/sid/icd-10-cm", "C50.9", true)]
    [InlineData("gvhd", "http://snomed.info/sct", "402355000", true)]
    [InlineData("gvhd-chronic", "http://snomed.info/sct", "402355000", false)]
    [InlineData("cd19-therapy", "http://www.whocc.no/atc", "L01FX07", true)]
    [InlineData("tki", "http://www.whocc.no/atc", "L01EA05", true)]
    [InlineData("anc", "http://loinc.org", "751-8", true)]
    [InlineData("anc", "http://example.org", "751-8", false)]
    [InlineData("no-such-concept", "http://loinc.org", "751-8", false)]
    public void A_code_matches_its_concept_and_the_broader_ones(
        string concept, string system, string code, bool matches) =>
        Assert.Equal(matches, Concepts.WithCode(system, code).Any(c => Concepts.IsA(c.Key, concept)));

    [Theory]
    [InlineData("all", "Acute lymphoblastic leukemia, B-cell", true)]
    [InlineData("cns-pathology", "Generalised epilepsy", true)]
    [InlineData("malignancy", "Family history of breast cancer", false)]
    [InlineData("cns-leukemia", "No CNS involvement", false)]
    [InlineData("cd19-therapy", "Blinatumomab 28 ug/day", true)]
    [InlineData("blinatumomab-sc", "Blinatumomab 28 ug/day", false)]
    [InlineData("all", "all other organs normal", false)]
    public void A_text_matches_what_it_states_but_not_what_it_denies(string concept, string text, bool matches) =>
        Assert.Equal(matches, Concepts.Mentions(text).Any(m => Concepts.IsA(m.Concept.Key, concept)));

    [Fact]
    public void A_test_states_its_condition_only_through_its_result()
    {
        Assert.Equal(["hiv-test"], Concepts.WithCode("http://loinc.org", "75622-1").Select(c => c.Key));
        Assert.False(Concepts.IsA("hiv-test", "hiv"));
    }

    [Fact]
    public void Every_parent_is_a_concept_and_no_concept_is_broader_than_itself()
    {
        Assert.All(Concepts.Concepts, c => Assert.All(c.Parents, p => Assert.NotNull(Concepts.Find(p))));
        Assert.All(Concepts.Concepts, c => Assert.DoesNotContain(c.Parents, p => Concepts.IsA(p, c.Key)));
    }
}
