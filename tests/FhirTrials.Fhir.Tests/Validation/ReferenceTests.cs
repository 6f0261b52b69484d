using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("""{"reference":"Medication/1"}""", "structure Condition.subject")]
    [InlineData("""{"reference":"http://example.org/fhir/Medication/1/_history/2"}""", "structure Condition.subject")]
    [InlineData("""{"type":"Medication","identifier":{"value":"1"}}""", "structure Condition.subject")]
    [InlineData("""{"reference":"Patient/1","type":"Group"}""", "value Condition.subject.type")]
    [InlineData("""{"reference":"Patiend/1"}""", "value Condition.subject.reference")]
    [InlineData("""{"reference":"#nobody"}""", "invariant Condition.subject.reference")]
    public void A_wrong_reference_is_an_error(string subject, string expected) =>
        Assert.Equal([expected], Validated.Errors(Condition(subject)));

    [Theory]
    [InlineData("""{"reference":"Patient/1"}""")]
    [InlineData("""{"reference":"Group/1"}""")]
    [InlineData("""{"reference":"http://example.org/fhir/Patient/1"}""")]
    [InlineData("""{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}""")]
    [InlineData("""{"reference":"Patient?identifier=1"}""")]
    [InlineData("""{"reference":"https://example.org/some/page"}""")]
    [InlineData("""{"identifier":{"value":"1"}}""")]
    [InlineData("""{"display":"somebody"}""")]
    public void A_reference_to_an_allowed_type_is_none(string subject) => Assert.Empty(Validated.Errors(Condition(subject)));

    [Fact]
    public void A_contained_target_has_its_own_type_checked() =>
        Assert.Equal(
            ["structure Condition.subject"],
            Validated.Errors("""
                {"resourceType":"Condition","contained":[{"resourceType":"Medication","id":"m"}],"subject":{"reference":"#m"}}
                """));

    [Fact]
    public void Existence_is_checked_where_a_resolver_is_given()
    {
        var known = Validated.Read("""{"resourceType":"Patient","id":"1"}""");
        var options = new ValidationOptions { Resolve = r => r == "Patient/1" ? known : null };
        Assert.Empty(Validated.Errors(Condition("""{"reference":"Patient/1"}"""), options));
        Assert.Equal(
            ["not-found Condition.subject.reference"],
            Validated.Errors(Condition("""{"reference":"Patient/2"}"""), options));
        Assert.Empty(Validated.Errors(Condition("""{"reference":"http://elsewhere.org/Patient/2"}"""), options));
    }

    static string Condition(string subject) => $$"""{"resourceType":"Condition","subject":{{subject}}}""";
}
