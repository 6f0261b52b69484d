using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.Model;

public sealed class ElementEditingTests
{
    static Element Read(string json) => FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types).Resource!;

    static string Write(Element resource) => Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(resource));

    [Theory]
    [InlineData("""{"resourceType":"Patient","active":true}""",
        """{"resourceType":"Patient","id":"p1","meta":{"versionId":"3","lastUpdated":"2026-01-02T03:04:05Z"}"""
            + ""","active":true}""")]
    [InlineData("""{"resourceType":"Patient","active":true,"meta":{"versionId":"2","source":"urn:x"},"id":"old"}""",
        """{"resourceType":"Patient","active":true,"meta":"""
            + """{"versionId":"3","lastUpdated":"2026-01-02T03:04:05Z","source":"urn:x"},"id":"p1"}""")]
    public void A_child_is_set_in_place_or_where_the_definition_puts_it(string before, string after)
    {
        var patient = Read(before);
        var meta = patient.Child("meta") ?? patient.NewChild("meta");
        Assert.Equal(after, Write(patient
            .WithValue("id", "p1")
            .With("meta", meta.WithValue("versionId", "3").WithValue("lastUpdated", "2026-01-02T03:04:05Z"))));
    }

    [Fact]
    public void Setting_a_literal_keeps_the_extensions_beside_it()
    {
        var patient = Read("""{"resourceType":"Patient","birthDate":"1980","_birthDate":{"id":"b"}}""");
        Assert.Equal(
            """{"resourceType":"Patient","birthDate":"1981","_birthDate":{"id":"b"}}""",
            Write(patient.WithValue("birthDate", "1981")));
    }

    [Fact]
    public void A_null_literal_removes_the_element() =>
        Assert.Equal(
            """{"resourceType":"Patient"}""",
            Write(Read("""{"resourceType":"Patient","birthDate":"1980"}""").WithValue("birthDate", null)));

    [Fact]
    public void A_choice_is_written_under_the_name_of_its_type()
    {
        var observation = Read("""{"resourceType":"Observation","status":"final"}""");
        var value = observation.NewChild("value", "12.50", "string");
        Assert.Equal(
            """{"resourceType":"Observation","status":"final","valueString":"12.50"}""",
            Write(observation.With("value", value)));
    }

    [Fact]
    public void An_element_that_the_type_does_not_have_is_refused() =>
        Assert.Throws<ArgumentException>(() => Read("""{"resourceType":"Patient","active":true}""")
            .WithValue("colour", "red"));
}
