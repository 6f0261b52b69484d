namespace FhirTrials.Fhir.Tests.Validation;

public sealed class CardinalityTests
{
    [Fact]
    public void Required_elements_that_are_missing_are_named() =>
        Assert.Equal(
            ["required Observation.status", "required Observation.code"],
            Validated.Errors("""{"resourceType":"Observation","valueInteger":1}"""));

    [Fact]
    public void A_required_element_inside_a_repeating_one_has_its_index() =>
        Assert.Equal(
            ["required Patient.link[1].type"],
            Validated.Errors("""
                {"resourceType":"Patient","link":[
                  {"other":{"reference":"Patient/a"},"type":"seealso"},
                  {"other":{"reference":"Patient/b"}}]}
                """));

    [Fact]
    public void A_required_element_inside_a_datatype_is_missed() =>
        Assert.Equal(
            ["required Observation.note[0].text"],
            Validated.Errors("""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"note":[{"time":"2024"}]}
                """));

    [Fact]
    public void A_complete_resource_has_no_errors() =>
        Assert.Empty(Validated.Errors("""{"resourceType":"Observation","status":"final","code":{"text":"x"}}"""));
}
