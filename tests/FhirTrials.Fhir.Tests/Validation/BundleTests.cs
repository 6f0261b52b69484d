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

    [Theory]
    [InlineData("\"subject\":{\"reference\":\"Patient/1\"}")]
    [InlineData("\"subject\":{\"reference\":\"Patient/2\"}", "not-found Bundle.entry[0].resource.subject.reference")]
    [InlineData("\"subject\":{\"reference\":\"http://example.org/fhir/Patient/2\"}",
        "not-found Bundle.entry[0].resource.subject.reference")]
    [InlineData("\"subject\":{\"display\":\"x\"}")]
    [InlineData("\"section\":[{\"title\":\"x\",\"entry\":[{\"reference\":\"Observation/1\"}]}]",
        "not-found Bundle.entry[0].resource.section[0].entry[0].reference")]
    [InlineData("\"relatesTo\":[{\"code\":\"replaces\",\"targetReference\":{\"reference\":\"Composition/old\"}}]")]
    public void What_a_Composition_refers_to_is_in_the_document(string content, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"Bundle","type":"document","identifier":{"system":"http://example.org","value":"1"},
             "timestamp":"2024-01-01T00:00:00Z",
             "entry":[{"fullUrl":"http://example.org/fhir/Composition/1","resource":{"resourceType":"Composition",
             "id":"1","status":"final",
              "type":{"text":"x"},"date":"2024","title":"x","author":[{"display":"x"}],{{content}} } },
              {"fullUrl":"http://example.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"} }]}
            """));

    [Theory]
    [InlineData("Patient/1")]
    [InlineData("Patient/2", "not-found Bundle.entry[0].resource.focus[0].reference")]
    public void The_focus_of_a_message_is_in_it(string focus, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"Bundle","type":"message","entry":[{"fullUrl":"http://example.org/fhir/MessageHeader/1",
             "resource":
             {"resourceType":"MessageHeader","id":"1","eventUri":"http://example.org/e",
              "source":{"endpoint":"http://example.org/x"},
              "sender":{"reference":"Organization/else"},"focus":[{"reference":"{{focus}}"}]} },
             {"fullUrl":"http://example.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"} }]}
            """));

    [Theory]
    [InlineData("document", "invariant Bundle", "invariant Bundle", "invariant Bundle")]
    [InlineData("message", "invariant Bundle")]
    [InlineData("searchset")]
    public void A_Bundle_of_some_types_begins_with_a_certain_resource(string type, params string[] expected) =>
        Assert.Equal(expected, Validated.Errors($$"""
            {"resourceType":"Bundle","type":"{{type}}","entry":[
             {"fullUrl":"http://example.org/fhir/Patient/1","resource":{"resourceType":"Patient","id":"1"} }]}
            """));

    [Theory]
    [InlineData("document")]
    [InlineData("message")]
    public void An_entry_of_a_document_or_message_has_a_fullUrl(string type) =>
        Assert.Contains("required Bundle.entry[1].fullUrl", Validated.Errors($$"""
            {"resourceType":"Bundle","type":"{{type}}","entry":[
             {"fullUrl":"http://example.org/fhir/Basic/1","resource":{"resourceType":"Basic","id":"1",
              "code":{"text":"x"} } },
             {"resource":{"resourceType":"Patient","id":"1"} }]}
            """));

    [Theory]
    [InlineData("\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"},\"search\":"
        + "{\"mode\":\"match\"}}]")]
    [InlineData("\"type\":\"collection\",\"total\":1")]
    public void What_belongs_to_a_search_is_only_in_searchsets_and_histories(string content) =>
        Assert.Equal(["invariant Bundle"], Validated.Errors("{\"resourceType\":\"Bundle\"," + content + "}"));

    static string Collection(string fullUrl) =>
        $$"""
        {"resourceType":"Bundle","type":"collection","entry":[
          {"fullUrl":"{{fullUrl}}","resource":{"resourceType":"Patient","id":"1"} }]}
        """;
}
