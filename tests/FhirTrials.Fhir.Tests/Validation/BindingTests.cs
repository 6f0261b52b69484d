using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class BindingTests
{
    [Theory]
    [InlineData("""{"resourceType":"Patient","gender":"man"}""", "code-invalid Patient.gender")]
    [InlineData("""{"resourceType":"Patient","name":[{"use":"usual"},{"use":"pen"}]}""",
        "code-invalid Patient.name[1].use")]
    [InlineData(
        """{"resourceType":"Patient","link":[{"other":{"reference":"Patient/1"},"type":"friend"}]}""",
        "code-invalid Patient.link[0].type")]
    [InlineData(
        """
        {"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"coding":[
          {"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"over"}]}}
        """,
        "code-invalid Condition.clinicalStatus")]
    [InlineData(
        """{"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"coding":"""
            + """[{"code":"active"}]}}""",
        "code-invalid Condition.clinicalStatus")]
    [InlineData(
        """{"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"text":"active"}}""",
        "code-invalid Condition.clinicalStatus")]
    [InlineData(
        """{"resourceType":"Binary","contentType":"no slash"}""",
        "code-invalid Binary.contentType")]
    [InlineData(
        """{"resourceType":"Patient","language":"en","communication":[{"language":{"text":"?"}}],"gender":"x"}""",
        "code-invalid Patient.gender")]
    public void A_code_outside_a_required_value_set_is_an_error(string json, string expected) =>
        Assert.Equal([expected], Validated.Errors(json));

    [Theory]
    [InlineData("""{"resourceType":"Patient","gender":"female","name":[{"use":"usual"}]}""")]
    [InlineData("""{"resourceType":"Binary","contentType":"text/plain; charset=utf-8"}""")]
    [InlineData(
        """
        {"resourceType":"Condition","subject":{"reference":"Patient/1"},"clinicalStatus":{"coding":[
          {"system":"http://example.org","code":"ours"},
          {"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"remission"}]}}
        """)]
    public void A_code_inside_it_is_none(string json) => Assert.Empty(Validated.Errors(json));

    [Fact]
    public void A_code_outside_an_extensible_value_set_is_a_warning() =>
        Assert.Equal(
            ["code-invalid Patient.maritalStatus"],
            Validated.Warnings("""
                {"resourceType":"Patient","maritalStatus":{"coding":[
                  {"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"Q"}]}}
                """));

    [Fact]
    public void Who_asks_for_errors_only_is_told_no_warning() =>
        Assert.Equal(
            ["Patient.gender"],
            Validated.Issues(
                """
                {"resourceType":"Patient","gender":"man","maritalStatus":{"coding":[
                  {"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":"Q"}]}}
                """,
                new() { ErrorsOnly = true }).Select(i => i.Expression));

    [Fact]
    public void Text_instead_of_a_code_is_allowed_where_the_binding_is_extensible() =>
        Assert.Empty(Validated.Warnings("""{"resourceType":"Patient","maritalStatus":{"text":"it is complicated"}}"""));

    [Fact]
    public void A_preferred_binding_binds_nothing() =>
        Assert.Empty(Validated.Issues("""
            {"resourceType":"Observation","text":{"status":"generated",
             "div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"},
             "status":"final","code":{"text":"x"},
             "category":[{"coding":[{"system":"http://example.org","code":"own"}]}]}
            """));

    [Fact]
    public void A_value_set_that_cannot_be_decided_offline_is_said_once() =>
        Assert.Equal(
            ["not-supported ImagingStudy.series[0].modality"],
            Validated.Warnings("""
                {"resourceType":"ImagingStudy","status":"available","subject":{"reference":"Patient/1"},"series":[
                  {"uid":"1.2","modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CT"}},
                  {"uid":"1.3","modality":{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"MR"}}]}
                """));

    [Fact]
    public void A_message_does_not_repeat_the_value_but_lists_a_few_allowed_codes()
    {
        var issue =
            Assert.Single(Validated.Issues("""{"resourceType":"Patient","gender":"secretly"}"""), i => i.IsError);
        Assert.DoesNotContain("secretly", issue.Diagnostics, StringComparison.Ordinal);
        Assert.Contains("female", issue.Diagnostics, StringComparison.Ordinal);
    }
}
