namespace FhirTrials.Fhir.Tests.Validation;

public sealed class BundleTests
{
    [Fact]
    public void The_resource_of_each_entry_is_validated_under_its_path() =>
        Assert.Equal(
            ["code-invalid Bundle.entry[1].resource.gender"],
            Validated.Errors("""
                {"resourceType":"Bundle","type":"collection","entry":[
                  {"resource":{"resourceType":"Patient","gender":"male"}},
                  {"resource":{"resourceType":"Patient","gender":"man"}}]}
                """));

    [Fact]
    public void References_between_entries_resolve_by_fullUrl() =>
        Assert.Equal(
            ["structure Bundle.entry[1].resource.subject"],
            Validated.Errors("""
                {"resourceType":"Bundle","type":"collection","entry":[
                  {"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","resource":{"resourceType":"Medication"}},
                  {"fullUrl":"urn:uuid:d757873d-ec9a-4326-a141-556f43239520","resource":{"resourceType":"Condition",
                    "subject":{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}}}]}
                """));

    [Fact]
    public void A_urn_that_no_entry_has_is_an_error_in_a_transaction() =>
        Assert.Equal(
            ["not-found Bundle.entry[0].resource.subject.reference"],
            Validated.Errors("""
                {"resourceType":"Bundle","type":"transaction","entry":[
                  {"resource":{"resourceType":"Condition",
                    "subject":{"reference":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}},
                   "request":{"method":"POST","url":"Condition"}}]}
                """));

    [Theory]
    [InlineData("Patient/1", "value Bundle.entry[0].fullUrl")]
    [InlineData("http://example.org/fhir/Patient/2", "value Bundle.entry[0].fullUrl")]
    [InlineData("http://example.org/fhir/Patient/1/_history/1", "invariant Bundle.entry[0]")]
    public void A_fullUrl_is_absolute_and_agrees_with_the_id(string fullUrl, string expected) =>
        Assert.Equal([expected], Validated.Errors(Collection(fullUrl)));

    [Theory]
    [InlineData("http://example.org/fhir/Patient/1")]
    [InlineData("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")]
    public void A_good_fullUrl_is_fine(string fullUrl) => Assert.Empty(Validated.Errors(Collection(fullUrl)));

    [Fact]
    public void Two_entries_must_not_have_the_same_fullUrl() =>
        Assert.Equal(
            ["invariant Bundle"],
            Validated.Errors("""
                {"resourceType":"Bundle","type":"collection","entry":[
                  {"fullUrl":"http://example.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}},
                  {"fullUrl":"http://example.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"}}]}
                """));

    [Theory]
    [InlineData("transaction", "")]
    [InlineData("collection", ",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}")]
    [InlineData("collection", ",\"response\":{\"status\":\"200\"}")]
    [InlineData("batch-response", "")]
    public void Requests_and_responses_are_in_the_Bundles_that_have_them(string type, string more) =>
        Assert.Equal(
            ["invariant Bundle"],
            Validated.Errors($$"""
                {"resourceType":"Bundle","type":"{{type}}","entry":[{"resource":{"resourceType":"Patient"}{{more}} }]}
                """));

    static string Collection(string fullUrl) =>
        $$"""
        {"resourceType":"Bundle","type":"collection","entry":[
          {"fullUrl":"{{fullUrl}}","resource":{"resourceType":"Patient","id":"1"} }]}
        """;
}
