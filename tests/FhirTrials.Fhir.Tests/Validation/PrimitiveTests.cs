using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class PrimitiveTests
{
    [Theory]
    [InlineData("birthDate", "2024-02-30")]
    [InlineData("birthDate", "yesterday")]
    [InlineData("active", "yes")]
    [InlineData("id", "not an id")]
    public void A_bad_literal_in_an_element_that_a_program_built_is_an_error(string name, string literal)
    {
        var issue = Assert.Single(Validate(name, literal), i => i.IsError);
        Assert.Equal((IssueCode.Value, "Patient." + name), (issue.Code, issue.Expression));
    }

    [Theory]
    [InlineData("birthDate", "2024-02-29")]
    [InlineData("active", "true")]
    [InlineData("id", "an-id")]
    public void A_good_one_is_none(string name, string literal) =>
        Assert.DoesNotContain(Validate(name, literal), i => i.IsError);

    static IReadOnlyList<Issue> Validate(string name, string literal)
    {
        var patient = FhirDefinitions.R4.Types["Patient"];
        var definition = patient.Element(name)!;
        var child = new Element(definition, name, definition.Types[0].Type, literal, []);
        return new Validator(FhirDefinitions.R4, TimeProvider.System)
            .Validate(new Element(null, "Patient", patient, null, [child]));
    }
}
