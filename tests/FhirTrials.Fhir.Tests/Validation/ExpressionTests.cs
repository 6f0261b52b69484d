namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>The FHIRPath in resources: the severity of what is found at its place,
/// and the character it is at.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("entry.resource.ofType(Condition).exists()", null)]
    [InlineData("%questionnaire.item.linkId", null)]
    [InlineData("Patient.name.given", null)]
    [InlineData("entry.resource.where(", "Error 22")]
    [InlineData("entry.unheard()", "Error 7")]
    [InlineData("Patient.nme.given", "Warning 9")]
    [InlineData("%resource.ofType(Patent)", "Warning 18")]
    public void Of_an_Expression(string expression, string? found) => AssertFound(
        found,
        "PlanDefinition.action[0].condition[0].expression.expression",
        $$$"""
        {"resourceType":"PlanDefinition","status":"draft","action":[{"condition":[{"kind":"applicability",
        "expression":{"language":"text/fhirpath","expression":"{{{expression}}}"}}]}]}
        """);

    [Fact]
    public void Of_another_language_nothing_is_said() => Assert.Empty(Validated.Errors(
        """
        {"resourceType":"PlanDefinition","status":"draft","action":[{"condition":[{"kind":"applicability",
        "expression":{"language":"text/cql","expression":"exists [Condition"}}]}]}
        """));

    [Theory]
    [InlineData("Observation.code | Condition.code", null)]
    [InlineData("Observation.code | Condition.cod", "Warning 30")]
    [InlineData("Observation.code |", "Error 19")]
    public void Of_a_search_parameter(string expression, string? found) => AssertFound(
        found,
        "SearchParameter.expression",
        $$$"""
        {"resourceType":"SearchParameter","url":"http://example.org/SearchParameter/x","name":"X","status":"draft",
         "description":"x",
        "code":"x","base":["Observation","Condition"],"type":"token","expression":"{{{expression}}}"}
        """);

    [Theory]
    [InlineData("Observation.component", "value.exists() or dataAbsentReason.exists()", null)]
    [InlineData("Observation.component", "value.exists() or absentReason.exists()", "Warning 19")]
    [InlineData("Observation.value[x]", "code.exists()", null)]
    [InlineData("Observation.value[x]", "kode.exists()", "Warning 1")]
    [InlineData("Observation.component", "value.exists(", "Error 14")]
    [InlineData("Observation", "status.exists() and %unheard", "Warning 21")]
    [InlineData("Unheard.path", "status.exists()", null)]
    public void Of_a_constraint(string path, string expression, string? found) => AssertFound(
        found,
        "StructureDefinition.differential.element[0].constraint[0].expression",
        $$$"""
        {"resourceType":"StructureDefinition","url":"http://example.org/StructureDefinition/x","name":"X",
         "status":"draft",
        "kind":"resource","abstract":false,"type":"Observation","derivation":"constraint",
        "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation",
        "differential":{"element":[{"id":"{{{path}}}","path":"{{{path}}}","constraint":[{"key":"x-1","severity":"error",
        "human":"x","expression":"{{{expression}}}"}]}]}}
        """);

    static void AssertFound(string? expected, string place, string json) => Assert.Equal(
        expected is null ? [] : [expected],
        Validated.Issues(json).Where(i => i.Expression == place)
            .Select(i => $"{i.Severity} {i.Diagnostics.Split("at character ")[^1].Split(':')[0]}"));
}
