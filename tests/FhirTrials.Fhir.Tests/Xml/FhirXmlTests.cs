using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.Tests.Xml;

public sealed class FhirXmlTests
{
    const string Patient =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- a remark -->
        <Patient xmlns="http://hl7.org/fhir" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xsi:schemaLocation="x y">
          <id value="p1"/>
          <text><status value="generated"/>
            <div xmlns="http://www.w3.org/1999/xhtml"><p>A &amp; <b>B</b></p></div></text>
          <contained><Organization><id value="o1"/></Organization></contained>
          <extension url="http://example.org/e"><valueDecimal value="1.50"/></extension>
          <active value="true"/>
          <name id="n1"><family value="Müller"/><given value="Ä"/>
            <given value="B"><extension url="u"><valueCode value="c"/></extension></given></name>
          <name><given><extension url="u"><valueString value="only an extension"/></extension></given></name>
          <deceasedBoolean value="false"/>
        </Patient>
        """;

    const string PatientJson =
        """{"resourceType":"Patient","id":"p1","text":"""
        + """{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>A &amp; <b>B</b></p></div>"}"""
        + ""","contained":[{"resourceType":"Organization","id":"o1"}],"extension":"""
        + """[{"url":"http://example.org/e","valueDecimal":1.50}],"active":true,"name":["""
        + """{"id":"n1","family":"Müller","given":["Ä","B"],"_given":[null,"""
        + """{"extension":[{"url":"u","valueCode":"c"}]}]}"""
        + """,{"_given":[{"extension":[{"url":"u","valueString":"only an extension"}]}]}],"deceasedBoolean":false}""";

    [Fact]
    public void XML_and_JSON_read_to_the_same_tree()
    {
        var read = Read(Patient);

        Assert.Empty(read.Issues);
        Assert.Equal(PatientJson, Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(read.Resource!)));
    }

    [Fact]
    public void What_is_written_reads_to_the_same_tree()
    {
        var json = FhirJson.Read(Encoding.UTF8.GetBytes(PatientJson), FhirDefinitions.R4.Types).Resource!;

        foreach (var pretty in new[] { false, true })
        {
            var read = FhirXml.Read(FhirXml.ToUtf8Bytes(json, pretty), FhirDefinitions.R4.Types);
            Assert.Empty(read.Issues);
            Assert.Equal(PatientJson, Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(read.Resource!)));
        }
    }

    [Fact]
    public void Children_are_written_in_the_order_of_the_definition()
    {
        var json = FhirJson.Read(
            """{"resourceType":"Patient","active":true,"id":"p"}"""u8, FhirDefinitions.R4.Types).Resource!;

        Assert.EndsWith(
            """<Patient xmlns="http://hl7.org/fhir"><id value="p" /><active value="true" /></Patient>""",
            Encoding.UTF8.GetString(FhirXml.ToUtf8Bytes(json)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tab\t, newline\n, return\r, <&>\"'")]
    [InlineData("\U0001F600")]
    public void Any_character_of_a_value_survives(string value)
    {
        var text = System.Text.Json.JsonSerializer.Serialize(value);
        var json = FhirJson.Read(
            Encoding.UTF8.GetBytes($$"""{"resourceType":"Patient","name":[{"text":{{text}}}]}"""),
            FhirDefinitions.R4.Types).Resource!;

        var read = FhirXml.Read(FhirXml.ToUtf8Bytes(json), FhirDefinitions.R4.Types);

        Assert.Equal(value, read.Resource!.At("name", "text")!.Value);
    }

    [Fact]
    public void A_resource_may_be_empty_as_in_JSON()
    {
        var read = Read("<Patient xmlns='http://hl7.org/fhir'/>");
        Assert.Empty(read.Issues);
        Assert.Equal("Patient", read.Resource!.Type.Name);
    }

    [Fact]
    public void What_XML_cannot_hold_is_said_and_not_written()
    {
        var json = FhirJson.Read(
            """{"resourceType":"Patient","name":[{"text":"\u0001"}]}"""u8, FhirDefinitions.R4.Types).Resource!;

        var thrown = Assert.Throws<FhirException>(() => FhirXml.ToUtf8Bytes(json));

        Assert.Equal(IssueCode.Processing, thrown.Issues[0].Code);
    }

    [Theory]
    [InlineData("<name><given value='a'/><family value='b'/></name>", IssueCode.Structure, "Patient.name[0].family", 1)]
    [InlineData("<nam/>", IssueCode.Structure, "Patient.nam", 1)]
    [InlineData("\n<name><foo value='1'/><given value='a'/></name>", IssueCode.Structure, "Patient.name[0].foo", 2)]
    [InlineData("<active value='yes'/>", IssueCode.Value, "Patient.active", 1)]
    [InlineData("<birthDate value='2020-13-01'/>", IssueCode.Value, "Patient.birthDate", 1)]
    [InlineData("<active value='true'/><active value='true'/>", IssueCode.Structure, "Patient.active", 1)]
    [InlineData("<deceasedBoolean value='true'/><deceasedDateTime value='2020'/>", IssueCode.Structure,
        "Patient.deceased", 1)]
    [InlineData("<name/>", IssueCode.Structure, "Patient.name[0]", 1)]
    [InlineData("<name>text<given value='a'/></name>", IssueCode.Structure, "Patient.name[0]", 1)]
    [InlineData("<name value='a'><given value='a'/></name>", IssueCode.Structure, "Patient.name[0]", 1)]
    [InlineData("<name xmlns='http://example.org'/>", IssueCode.Structure, "Patient.name", 1)]
    [InlineData("<contained/>", IssueCode.Structure, "Patient.contained[0]", 1)]
    [InlineData("<contained><Foo/></contained>", IssueCode.Structure, "Patient.contained[0]", 1)]
    [InlineData("<extension><valueCode value='a'/></extension><url value='x'/>", IssueCode.Structure, "Patient.url", 1)]
    public void What_is_wrong_is_reported_with_its_place(string content, IssueCode code, string expression, int line)
    {
        var read = Read($"<Patient xmlns='http://hl7.org/fhir'><id value='p'/>{content}</Patient>");

        Assert.NotNull(read.Resource);
        Assert.Contains((code, expression, line), read.Issues.Select(i => (i.Code, i.Expression!, i.Position.Line)));
    }

    [Fact]
    public void Repetitions_that_stand_apart_are_reported_and_joined()
    {
        var read = Read("<Patient xmlns='http://hl7.org/fhir'><name><text value='a'/></name><active value='true'/>"
            + "<name><text value='b'/></name></Patient>");

        Assert.Equal("Patient.active", Assert.Single(read.Issues).Expression);
        Assert.Equal(["active", "name", "name"], read.Resource!.Children.Select(c => c.Name));
        Assert.Equal(["a", "b"], read.Resource["name"].Select(n => n.ValueOf("text")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<Patient xmlns='http://hl7.org/fhir'>")]
    [InlineData("<Patient xmlns='http://hl7.org/fhir'/><Patient xmlns='http://hl7.org/fhir'/>")]
    [InlineData("<Patient/>")]
    [InlineData("<Foo xmlns='http://hl7.org/fhir'/>")]
    [InlineData("<DomainResource xmlns='http://hl7.org/fhir'/>")]
    [InlineData("<!DOCTYPE Patient [<!ENTITY a 'b'>]><Patient xmlns='http://hl7.org/fhir'><id value='&a;'/></Patient>")]
    [InlineData("<!DOCTYPE Patient SYSTEM 'file:///etc/passwd'><Patient xmlns='http://hl7.org/fhir'/>")]
    [InlineData("<Patient xmlns='http://hl7.org/fhir'><id value='&undefined;'/></Patient>")]
    public void What_is_no_resource_is_refused(string xml)
    {
        var read = Read(xml);

        Assert.Null(read.Resource);
        Assert.False(read.IsValid);
        Assert.Equal(IssueCode.Structure, Assert.Single(read.Issues).Code);
    }

    [Fact]
    public void Depth_size_and_count_are_limited()
    {
        var deep = string.Concat(Enumerable.Repeat("<extension url='a'>", 100))
            + string.Concat(Enumerable.Repeat("</extension>", 100));
        var wide = string.Concat(Enumerable.Repeat("<name><text value='a'/></name>", 100));

        var fatal = Fatal($"<Patient xmlns='http://hl7.org/fhir'>{deep}</Patient>", ReadLimits.Default);
        Assert.Equal(IssueCode.TooCostly, fatal.Code);
        Assert.StartsWith("Patient.extension[0].extension[0]", fatal.Expression, StringComparison.Ordinal);
        fatal = Fatal($"<Patient xmlns='http://hl7.org/fhir'>{wide}</Patient>", new() { Elements = 50 });
        Assert.Equal((IssueCode.TooCostly, "Patient.name[24].text"), (fatal.Code, fatal.Expression));
        Assert.Equal(
            IssueCode.TooLong,
            Fatal($"<Patient xmlns='http://hl7.org/fhir'>{wide}</Patient>", new() { Bytes = 100 }).Code);
    }

    [Theory]
    [InlineData("<name><text value='äbcdefghij'/></name>", "Patient.name[0].text")]
    [InlineData("<extension url='http://example.org'><valueCode value='a'/></extension>", "Patient.extension[0].url")]
    [InlineData("<text><status value='empty'/><div xmlns='http://www.w3.org/1999/xhtml'>x</div></text>",
        "Patient.text.div")]
    public void The_length_of_a_value_is_limited(string content, string expression)
    {
        var xml = Encoding.UTF8.GetBytes($"<Patient xmlns='http://hl7.org/fhir'>{content}</Patient>");
        var read = FhirXml.Read(xml, FhirDefinitions.R4.Types, new() { StringBytes = 10 });

        Assert.Equal((IssueCode.TooLong, expression), read.Issues.Select(i => (i.Code, i.Expression)).First());
    }

    static Issue Fatal(string xml, ReadLimits limits)
    {
        var read = FhirXml.Read(Encoding.UTF8.GetBytes(xml), FhirDefinitions.R4.Types, limits);
        Assert.Null(read.Resource);
        return read.Issues.Single(i => i.Severity == IssueSeverity.Fatal);
    }

    static ReadResult Read(string xml) => FhirXml.Read(Encoding.UTF8.GetBytes(xml), FhirDefinitions.R4.Types);
}
