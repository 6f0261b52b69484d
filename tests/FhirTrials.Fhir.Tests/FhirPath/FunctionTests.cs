using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.FhirPath.Functions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.FhirPath;

/// <summary>Every function of https://hl7.org/fhirpath/N1/ and https://hl7.org/fhir/R4/fhirpath.html, in the order of
/// the specifications, each with an expression that shows what it does.</summary>
public sealed class FunctionTests
{
    const string Observation =
        """
        {"resourceType":"Observation","id":"bp","meta":{"profile":["http://hl7.org/fhir/StructureDefinition/bp"]},
        "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">Blood pressure</div>"},
        "contained":[{"resourceType":"Patient","id":"p","gender":"female"}],
        "extension":[{"url":"http://example.org/a","valueInteger":1},{"url":"http://example.org/b","valueInteger":2}],
        "status":"final",
        "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
        "code":"vital-signs"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},
        "subject":{"reference":"#p"},"effectiveDateTime":"2024-02-03",
        "component":[
        {"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":107,"unit":"mmHg",
         "system":"http://unitsofmeasure.org","code":"mm[Hg]"}},
        {"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":60,"unit":"mmHg",
         "system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]}
        """;

    const string Profile = "'http://hl7.org/fhir/StructureDefinition/bp'";

    static readonly Element Focus =
        FhirJson.Read(Encoding.UTF8.GetBytes(Observation), FhirDefinitions.R4.Types).Resource!;

    static readonly FhirPathContext Context = new Validator(FhirDefinitions.R4, TimeProvider.System)
        .Answering(new(FhirDefinitions.R4) { Now = new(2026, 3, 1, 12, 30, 15, TimeSpan.Zero) });

    static readonly (string Function, string Expression, string Expected)[] Functions =
    [
        // N1 5.1 Existence.
        ("empty", "component.empty()", "false"),
        ("exists", "component.exists(value.unit = 'mmHg')", "true"),
        ("all", "component.all(value > 50 'mm[Hg]')", "true"),
        ("allTrue", "(true | false).allTrue()", "false"),
        ("anyTrue", "(true | false).anyTrue()", "true"),
        ("allFalse", "(true | false).allFalse()", "false"),
        ("anyFalse", "(true | false).anyFalse()", "true"),
        ("subsetOf", "(1 | 2).subsetOf(1 | 2 | 3)", "true"),
        ("supersetOf", "(1 | 2).supersetOf(1 | 2 | 3)", "false"),
        ("count", "component.count()", "2"),
        ("distinct", "component.value.unit.distinct()", "mmHg"),
        ("isDistinct", "component.value.unit.isDistinct()", "false"),

        // 5.2 Filtering and projection.
        ("where", "component.where(value < 100 'mm[Hg]').value.value", "60"),
        ("select", "component.select(value.value)", "107 60"),
        ("repeat", "repeat(contained).gender", "female"),
        ("ofType", "component.value.ofType(Quantity).value", "107 60"),

        // 5.3 Subsetting.
        ("single", "status.single()", "final"),
        ("first", "extension.value.first()", "1"),
        ("last", "extension.value.last()", "2"),
        ("tail", "(1 | 2 | 3).tail()", "2 3"),
        ("skip", "(1 | 2 | 3).skip(2)", "3"),
        ("take", "(1 | 2 | 3).take(2)", "1 2"),
        ("intersect", "(1 | 2 | 3).intersect(2 | 4)", "2"),
        ("exclude", "(1 | 2 | 3).exclude(2 | 4)", "1 3"),

        // 5.4 Combining.
        ("union", "(1 | 2).union(2 | 3)", "1 2 3"),
        ("combine", "(1 | 2).combine(2 | 3)", "1 2 2 3"),

        // 5.5 Conversion.
        ("iif", "iif(status = 'final', 'yes', 'no')", "yes"),
        ("toBoolean", "'yes'.toBoolean()", "true"),
        ("convertsToBoolean", "'maybe'.convertsToBoolean()", "false"),
        ("toInteger", "'12'.toInteger() + 1", "13"),
        ("convertsToInteger", "'12'.convertsToInteger()", "true"),
        ("toDate", "'2024-02'.toDate()", "2024-02"),
        ("convertsToDate", "'2024-02-30'.convertsToDate()", "false"),
        ("toDateTime", "'2024-02-03T10:00:00Z'.toDateTime()", "2024-02-03T10:00:00Z"),
        ("convertsToDateTime", "'2024'.convertsToDateTime()", "true"),
        ("toDecimal", "'1.50'.toDecimal()", "1.50"),
        ("convertsToDecimal", "'x'.convertsToDecimal()", "false"),
        ("toQuantity", "'1.5 \\'mg\\''.toQuantity()", "1.5 'mg'"),
        ("convertsToQuantity", "'1.5 mg'.convertsToQuantity()", "false"),
        ("toString", "107.toString()", "107"),
        ("convertsToString", "(1 'mg').convertsToString()", "true"),
        ("toTime", "'10:30'.toTime()", "10:30"),
        ("convertsToTime", "'24:30'.convertsToTime()", "false"),

        // 5.6 String manipulation.
        ("indexOf", "'abcde'.indexOf('cd')", "2"),
        ("substring", "'abcde'.substring(1, 2)", "bc"),
        ("startsWith", "'abcde'.startsWith('ab')", "true"),
        ("endsWith", "'abcde'.endsWith('ab')", "false"),
        ("contains", "'abcde'.contains('bc')", "true"),
        ("upper", "status.upper()", "FINAL"),
        ("lower", "'FINAL'.lower()", "final"),
        ("replace", "'abcabc'.replace('b', 'x')", "axcaxc"),
        ("matches", "'abc'.matches('a.c')", "true"),
        ("replaceMatches", "'a1b2'.replaceMatches('[0-9]', '#')", "a#b#"),
        ("length", "status.length()", "5"),
        ("toChars", "'abc'.toChars()", "a b c"),

        // 5.7 Math.
        ("abs", "(-5).abs()", "5"),
        ("ceiling", "1.1.ceiling()", "2"),
        ("exp", "0.exp()", "1"),
        ("floor", "(-1.1).floor()", "-2"),
        ("ln", "1.ln()", "0"),
        ("log", "16.log(2)", "4"),
        ("power", "2.power(3)", "8"),
        ("round", "3.14159.round(3)", "3.142"),
        ("sqrt", "81.sqrt()", "9"),
        ("truncate", "1.9.truncate()", "1"),

        // 5.8 Tree navigation.
        ("children", "component[0].value.children().count()", "4"),
        ("descendants", "code.descendants().count()", "3"),

        // 5.9 Utility.
        ("trace", "status.trace('seen')", "final"),
        ("now", "now()", "2026-03-01T12:30:15.000Z"),
        ("timeOfDay", "timeOfDay()", "12:30:15.000"),
        ("today", "today()", "2026-03-01"),

        // 6.3 Types, 6.5 Boolean logic, 7 Aggregates, 10.2 Reflection.
        ("is", "contained.single().is(Patient)", "true"),
        ("as", "component[0].value.as(Quantity).unit", "mmHg"),
        ("not", "(status = 'final').not()", "false"),
        ("aggregate", "component.value.value.aggregate($this + $total, 0)", "167"),
        ("type", "status.type().name", "code"),

        // FHIR R4's own.
        ("extension", "extension('http://example.org/b').value", "2"),
        ("hasValue", "status.hasValue()", "true"),
        ("getValue", "status.getValue()", "final"),
        ("resolve", "subject.resolve().gender", "female"),
        ("elementDefinition",
            "status.elementDefinition().select(path & ' ' & min.toString() & '..' & max & ' ' & type.code)",
            "Observation.status 1..1 code"),
        ("slice", $"component.slice({Profile}, 'DiastolicBP').value.value", "60"),
        ("checkModifiers", "checkModifiers().id", "bp"),
        ("conformsTo", $"conformsTo({Profile})", "true"),
        ("memberOf", "status.memberOf('http://hl7.org/fhir/ValueSet/observation-status')", "true"),
        ("subsumes", "code.coding.subsumes(code.coding)", "true"),
        ("subsumedBy", "code.coding.subsumedBy(code)", "true"),
        ("htmlChecks", "text.`div`.htmlChecks()", "true"),

        // Of the versions after N1: what HL7's suite for R4 tests.
        ("hasExtension", "hasExtension('http://example.org/b')", "true"),
        ("defineVariable", "defineVariable('s', status).select(%s & '!')", "final!"),
        ("sort", "component.value.value.sort()", "60 107"),
        ("lastIndexOf", "'abcabc'.lastIndexOf('b')", "4"),
        ("matchesFull", "'abc'.matchesFull('b')", "false"),
        ("encode", "'final'.encode('hex')", "66696e616c"),
        ("decode", "'ZmluYWw='.decode('base64')", "final"),
        ("escape", "'<a>'.escape('html')", "&lt;a&gt;"),
        ("unescape", "'&lt;a&gt;'.unescape('html')", "<a>"),
        ("trim", "' final '.trim()", "final"),
        ("split", "'a,b'.split(',')", "a b"),
        ("join", "component.value.unit.join('+')", "mmHg+mmHg"),
        ("lowBoundary", "1.587.lowBoundary(2)", "1.58"),
        ("highBoundary", "@2024-02.highBoundary(8)", "2024-02-29"),
        ("precision", "@2024-02.precision()", "6"),
        ("comparable", "1 'cm'.comparable(1 '[in_i]')", "true"),
    ];

    /// <summary>Bound by the compiler, as they need their argument's syntax.</summary>
    static readonly string[] Bound = ["is", "as", "ofType", "sort", "defineVariable"];

    public static TheoryData<string, string, string> Rows() => [.. Functions];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_function_of_the_specification_evaluates(string function, string expression, string expected)
    {
        Assert.Contains($"{function}(", expression, StringComparison.Ordinal);
        var compiled = FhirPathExpression.Compile(expression);
        compiled.Check(Focus.Type, FhirDefinitions.R4);

        Assert.Equal(expected, string.Join(' ', compiled.EvaluateTexts(Focus, Context)));
    }

    [Fact]
    public void Every_function_that_is_there_has_its_row() =>
        Assert.Equal(
            FunctionTable.ByName.Keys.Concat(Bound).Order(StringComparer.Ordinal),
            Functions.Select(f => f.Function).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("component[0].elementDefinition().type.code", "BackboneElement")]
    [InlineData("component[0].referenceRange.elementDefinition()", "")]
    [InlineData("component[0].value.elementDefinition().type.code.count()", "11")]
    [InlineData("subject.elementDefinition().type.targetProfile.first()",
        "http://hl7.org/fhir/StructureDefinition/Patient")]
    [InlineData("status.elementDefinition().binding.select(strength & ' ' & valueSet)",
        "required http://hl7.org/fhir/ValueSet/observation-status|4.0.1")]
    [InlineData("elementDefinition().path", "Observation")]
    [InlineData("elementDefinition().constraint.where(key = 'obs-6').severity", "error")]
    [InlineData("code.elementDefinition().conformsTo('http://hl7.org/fhir/StructureDefinition/ElementDefinition')",
        "true")]
    [InlineData("'text'.elementDefinition()", "")]
    public void An_element_has_its_definition(string expression, string expected) =>
        Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("component.slice('http://hl7.org/fhir/StructureDefinition/bp', 'SystolicBP').value.value", "107")]
    [InlineData("category.slice('http://hl7.org/fhir/StructureDefinition/vitalsigns', 'VSCat').count()", "1")]
    [InlineData("code.slice('http://hl7.org/fhir/StructureDefinition/bp', 'SystolicBP')", "")]
    [InlineData("{}.slice('http://hl7.org/fhir/StructureDefinition/bp', 'SystolicBP')", "")]
    [InlineData("component.slice('http://hl7.org/fhir/StructureDefinition/bp', 'unheard-of')", "!")]
    [InlineData("component.slice('http://example.org/unheard-of', 'SystolicBP')", "!")]
    [InlineData("component.slice('http://hl7.org/fhir/StructureDefinition/bp', {})", "!")]
    [InlineData("component.slice('http://hl7.org/fhir/StructureDefinition/bp')", "!")]
    public void A_slice_is_found_by_its_name(string expression, string expected) =>
        Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("conformsTo('http://hl7.org/fhir/StructureDefinition/bp')", "true")]
    [InlineData("conformsTo('http://hl7.org/fhir/StructureDefinition/bodyweight')", "false")]
    [InlineData("conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", "false")]
    [InlineData("contained.single().conformsTo('http://hl7.org/fhir/StructureDefinition/Patient')", "true")]
    [InlineData("component[0].value.conformsTo('http://hl7.org/fhir/StructureDefinition/SimpleQuantity')", "true")]
    [InlineData("component[0].value.conformsTo('http://hl7.org/fhir/StructureDefinition/Quantity')", "true")]
    [InlineData("component[0].value.conformsTo('http://hl7.org/fhir/StructureDefinition/MoneyQuantity')", "false")]
    [InlineData("{}.conformsTo('http://hl7.org/fhir/StructureDefinition/bp')", "")]
    [InlineData("conformsTo('http://example.org/unheard-of')", "!")]
    public void Conformance_is_judged_outside_of_a_validation(string expression, string expected) =>
        Assert.Equal(expected, Evaluate(expression));

    [Theory]
    [InlineData("checkModifiers()", "!")]
    [InlineData("checkModifiers('http://example.org/other')", "!")]
    [InlineData("checkModifiers('http://example.org/other', 'http://example.org/m').id", "bp")]
    [InlineData("component.checkModifiers().count()", "2")]
    public void Modifiers_that_the_expression_does_not_know_are_refused(string expression, string expected)
    {
        var modifier = Focus.NewChild("modifierExtension");
        var modified = Focus.With("modifierExtension", modifier.WithValue("url", "http://example.org/m"));

        Assert.Equal(expected, Evaluate(expression, modified));
    }

    [Theory]
    [InlineData("%resource.id", "bp")]
    [InlineData("contained.select(%resource.id)", "bp")]
    [InlineData("%rootResource.id", "bp")]
    [InlineData("component.select(%context.id)", "bp bp")]
    [InlineData("%ucum", "http://unitsofmeasure.org")]
    [InlineData("%sct", "http://snomed.info/sct")]
    [InlineData("%loinc", "http://loinc.org")]
    [InlineData("%`vs-observation-status`", "http://hl7.org/fhir/ValueSet/observation-status")]
    [InlineData("%'vs-observation-status'", "http://hl7.org/fhir/ValueSet/observation-status")]
    [InlineData("status.memberOf(%`vs-observation-status`)", "true")]
    [InlineData("%`ext-patient-birthTime`", "http://hl7.org/fhir/StructureDefinition/patient-birthTime")]
    public void A_variable_of_the_specification_has_its_value(string expression, string expected) =>
        Assert.Equal(expected, Evaluate(expression));

    [Fact]
    public void A_trace_is_told_to_who_asks_for_it()
    {
        var told = new List<string>();
        var context = Context with
        {
            Trace = (name, items) => told.Add($"{name}: {string.Join(' ', items.Select(ItemText.Of))}"),
        };

        FhirPathExpression.Compile("component.trace('values', value.value).value.trace('units', unit).empty()")
            .Evaluate(Focus, context);

        Assert.Equal(["values: 107 60", "units: mmHg mmHg"], told);
    }

    [Fact]
    public void Without_a_validator_a_profile_is_unknown_and_a_slice_refused()
    {
        var alone = new FhirPathContext(FhirDefinitions.R4) { Now = Context.Now };

        Assert.Empty(FhirPathExpression.Compile($"conformsTo({Profile})").Evaluate(Focus, alone));
        Assert.Throws<FhirPathException>(() => FhirPathExpression.Compile($"component.slice({Profile}, 'SystolicBP')")
            .Evaluate(Focus, alone));
    }

    static string Evaluate(string expression, Element? focus = null)
    {
        try
        {
            return string.Join(' ', FhirPathExpression.Compile(expression).EvaluateTexts(focus ?? Focus, Context));
        }
        catch (FhirPathException)
        {
            return "!";
        }
    }
}
