using System.Text;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

public sealed class StudyEligibilityReaderTests
{
    const string Study = """
        {"resourceType":"ResearchStudy","id":"NCT1","status":"active","title":"A study",
         "condition":[{"text":"Relapsed B-ALL"},{"text":"Blinatumomab"}],
         "arm":[{"name":"A"},{"name":"B"}]}
        """;

    [Fact]
    public void The_studys_condition_is_its_first_criterion()
    {
        var criterion = Read("").Criteria[0];

        Assert.Equal(
            (StudyConditions.Number, "Relapsed B-ALL", CriterionSection.Inclusion),
            (criterion.Number, criterion.Text, criterion.Section));
    }

    [Fact]
    public void Nobody_is_eligible_for_a_study_that_states_no_criteria()
    {
        var criterion = Read("").Criteria[^1];

        Assert.Equal(
            (ParseStatus.Text, "The study states no eligibility criteria"), (criterion.Status, criterion.Text));
        Assert.IsType<Clause.Unread>(criterion.Clause);
    }

    [Fact]
    public void The_arms_are_those_of_the_study() => Assert.Equal(["A", "B"], Read("").Arms);

    [Theory]
    [InlineData("gender = 'male'", 1)]
    [InlineData("gender = (", 0)]
    public void A_characteristic_of_another_system_keeps_its_text_and_its_expression(string expression, int expressions)
    {
        var study = Read($$$"""
            {"code":{"text":"Only men"},"valueBoolean":true,"exclude":true,"extension":[
              {"url":"http://fhirtrials.org/fhir/StructureDefinition/criterion-expression",
               "valueExpression":{"language":"text/fhirpath","expression":"{{{expression}}}"}}]}
            """);

        var criterion = study.Criteria[^1];
        Assert.Equal(("Only men", CriterionSection.Exclusion), (criterion.Text, criterion.Section));
        Assert.IsType<Clause.Unread>(criterion.Clause);
        Assert.Equal(expressions, study.Expressions.Count);
    }

    static StudyEligibility Read(string characteristic) => StudyEligibilityReader.Read(
        ExamplePatients.Parse(Encoding.UTF8.GetBytes(Study)),
        [
            ExamplePatients.Parse(Encoding.UTF8.GetBytes(
                """{"resourceType":"Group","type":"person","actual":false"""
                    + $$"""{{(characteristic.Length > 0 ? $",\"characteristic\":[{characteristic}]" : "")}} }""")),
        ]);
}
