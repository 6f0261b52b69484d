using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Terminology;
using FhirTrials.Fhir.Tests.Validation;

namespace FhirTrials.Fhir.Tests.Terminology;

public sealed class ValueSetsTests
{
    const string V3 = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    static readonly ValueSets R4 = ValueSets.Of(FhirDefinitions.R4);

    [Theory]
    [InlineData("administrative-gender", "http://hl7.org/fhir/administrative-gender", "male", Membership.In)]
    [InlineData("administrative-gender", "http://hl7.org/fhir/administrative-gender", "Male", Membership.NotIn)]
    [InlineData("administrative-gender", "http://example.org", "male", Membership.NotIn)]
    [InlineData("administrative-gender|4.0.1", "http://hl7.org/fhir/administrative-gender", "male", Membership.In)]
    [InlineData("languages", "urn:ietf:bcp:47", "de-CH", Membership.In)]
    [InlineData("all-languages", "urn:ietf:bcp:47", "gsw-Latn-CH", Membership.In)]
    [InlineData("all-languages", "urn:ietf:bcp:47", "not a language", Membership.NotIn)]
    [InlineData("mimetypes", "urn:ietf:bcp:13", "application/fhir+json; fhirVersion=4.0", Membership.In)]
    [InlineData("mimetypes", "urn:ietf:bcp:13", "json", Membership.NotIn)]
    [InlineData("ucum-units", "http://unitsofmeasure.org", "mg/dL", Membership.In)]
    [InlineData("ucum-units", "http://unitsofmeasure.org", "10*9/L", Membership.In)]
    [InlineData("ucum-units", "http://unitsofmeasure.org", "milligrams", Membership.NotIn)]
    [InlineData("observation-codes", "http://loinc.org", "1-1", Membership.Undecidable)]
    [InlineData("no-such-value-set", "http://loinc.org", "1-1", Membership.Undecidable)]
    public void Membership_is_decided_where_it_can_be(
        string valueSet, string system, string code, Membership expected) =>
        Assert.Equal(expected, R4.Contains("http://hl7.org/fhir/ValueSet/" + valueSet, system, code));

    [Theory]
    [InlineData("administrative-gender", "unknown", Membership.In)]
    [InlineData("administrative-gender", "none", Membership.NotIn)]
    [InlineData("resource-types", "ResearchStudy", Membership.In)]
    [InlineData("all-types", "HumanName", Membership.In)]
    [InlineData("all-types", "ResearchStudy", Membership.In)]
    [InlineData("all-types", "Nothing", Membership.NotIn)]
    public void A_bare_code_may_be_of_any_system_of_the_value_set(string valueSet, string code, Membership expected) =>
        Assert.Equal(expected, R4.Contains("http://hl7.org/fhir/ValueSet/" + valueSet, code));

    [Theory]
    [InlineData("AMB", Membership.In)]
    [InlineData("IMP", Membership.In)]
    [InlineData("ACUTE", Membership.In)]
    [InlineData("_ActEncounterCode", Membership.NotIn)]
    [InlineData("EHCPOL", Membership.NotIn)]
    [InlineData("nonsense", Membership.NotIn)]
    public void A_filter_follows_the_hierarchy(string code, Membership expected) =>
        Assert.Equal(expected, R4.Contains("http://terminology.hl7.org/ValueSet/v3-ActEncounterCode", V3, code));

    [Fact]
    public void Composition_filters_imports_and_excludes_combine()
    {
        var definitions = FhirDefinitions.R4.With(
            Validated.Read("""
                {"resourceType":"CodeSystem","url":"http://example.org/cs","status":"draft","content":"complete",
                 "concept":[
                  {"code":"a","concept":[{"code":"a1","display":"A one","concept":[{"code":"a1x"}]},{"code":"a2"}]},
                   {"code":"b"}]}
                """),
            ValueSet("below", """{"include":[{"system":"http://example.org/cs","filter":"""
                + """[{"property":"concept","op":"descendent-of","value":"a"}]}]}"""),
            ValueSet("some", """{"include":[{"system":"http://example.org/cs","concept":[{"code":"a"},{"code":"a1"},"""
                + """{"code":"b"}]}]}"""),
            ValueSet(
                "both", """{"include":[{"valueSet":["http://example.org/vs/below","http://example.org/vs/some"]}]}"""),
            ValueSet("either", """
                {"include":[{"valueSet":["http://example.org/vs/below"]},{"valueSet":["http://example.org/vs/some"]}],
                 "exclude":[{"system":"http://example.org/cs","concept":[{"code":"a2"}]}]}
                """),
            ValueSet("circle", """{"include":[{"valueSet":["http://example.org/vs/circle"]}]}"""),
            ValueSet("regex", """{"include":[{"system":"http://example.org/cs","filter":"""
                + """[{"property":"code","op":"regex","value":"a[0-9]"}]}]}"""));
        var valueSets = ValueSets.Of(definitions);

        Assert.Equal(["a1", "a1x", "a2"], Members("below"));
        Assert.Equal(["a1"], Members("both"));
        Assert.Equal(["a", "a1", "a1x", "b"], Members("either"));
        Assert.Equal(["a1", "a2"], Members("regex"));
        Assert.Equal(
            Membership.Undecidable, valueSets.Contains("http://example.org/vs/circle", "http://example.org/cs", "a"));
        Assert.Equal("A one", CodeLookup.Display(definitions, "http://example.org/cs", "a1"));
        Assert.True(CodeLookup.IsA(definitions, "http://example.org/cs", "a1x", "a"));
        Assert.False(CodeLookup.IsA(definitions, "http://example.org/cs", "a", "a1x"));
        Assert.Null(CodeLookup.IsA(definitions, "http://example.org/cs", "none", "a"));
        Assert.Null(CodeLookup.IsA(definitions, "http://example.org/unknown", "x", "a"));

        string[] Members(string name) =>
            [.. new[] { "a", "a1", "a1x", "a2", "b", "c" }.Where(code =>
                valueSets.Contains($"http://example.org/vs/{name}", "http://example.org/cs", code) == Membership.In)];
    }

    static Fhir.Model.Element ValueSet(string name, string compose) => Validated.Read(
        $$"""{"resourceType":"ValueSet","url":"http://example.org/vs/{{name}}","status":"draft","compose":"""
            + $$"""{{compose}}}""");
}
