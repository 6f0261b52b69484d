using System.Collections.Immutable;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.FhirPath;

public sealed class FhirPathExpressionTests
{
    const string Patient =
        """
        {"resourceType":"Patient","id":"p","contained":[{"resourceType":"Organization","id":"o","name":"Contained"}],
        "extension":[{"url":"http://example.org/a","valueInteger":1},{"url":"http://example.org/b","valueInteger":2}],
        "gender":"female","birthDate":"2008-06",
        "maritalStatus":{"coding":[{"system":"s","code":"M"},{"system":"s","code":"W"}]},
        "managingOrganization":{"reference":"#o"},"generalPractitioner":[{"reference":"Practitioner/1"},
        {"reference":"Practitioner/2"}]}
        """;

    static readonly FhirPathContext Context = new(FhirDefinitions.R4)
    {
        Now = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.FromHours(1)),
        Resolve = reference =>
            reference == "Practitioner/1" ? Read("""{"resourceType":"Practitioner","id":"1"}""") : null,
        MemberOf = (system, code, valueSet) => (system, code, valueSet) switch
        {
            (_, _, "unknown") => null,
            ("s", "W", _) => true,
            (null, "female", _) => true,
            _ => false,
        },
        Subsumes = (_, ancestor, code) => (ancestor, code) switch
        {
            ("M", "child-of-M") => true,
            (_, "unheard-of") => null,
            _ => false,
        },
        Variables = ImmutableDictionary<string, ImmutableArray<object>>.Empty.Add("threshold", [3]).Add("none", []),
    };

    [Theory]
    // Ages, with precision: born in June 2008, 17 years old on 1 March 2026, and 18 some day in June.
    [InlineData("birthDate + 17 years <= today()", "true")]
    [InlineData("birthDate + 18 years <= today()", "false")]
    [InlineData("birthDate <= today() - 18 years", "false")]
    [InlineData("birthDate <= @2026-06-15 - 18 years", "")]
    [InlineData("@2024-02-29 + 1 year", "2025-02-28")]
    [InlineData("@2024-01-31 + 1 month", "2024-02-29")]
    [InlineData("@2024-03-31 - 1 month", "2024-02-29")]
    [InlineData("@2024 + 13 months", "2025")]
    [InlineData("@2024-01 + 40 days", "2024-02")]
    [InlineData("@2024-01-01 + 25 hours", "2024-01-02")]
    [InlineData("@T23:30 + 45 minutes", "00:15")]
    [InlineData("@2024-01-01T10:00:00Z - 90 minutes", "2024-01-01T08:30:00Z")]
    [InlineData("@9999-12-31 + 1 day", "")]
    [InlineData("@0001-01-01 - 1 day", "")]
    [InlineData("@2024-01-01 + {}", "")]
    // A missing offset may be any: only what holds for all is said.
    [InlineData("@2024-01-01T10:00:00 < @2024-01-03T10:00:00Z", "true")]
    [InlineData("@2024-01-01T10:00:00 < @2024-01-01T11:00:00Z", "")]
    [InlineData("@2024-01-01T10:00:00 = @2024-01-01T10:00:00Z", "")]
    [InlineData("@2024-01-05 > @2024-01-01T10:00:00Z", "true")]
    [InlineData("@2024-02-30", "!")]
    [InlineData("@2024-13", "!")]
    [InlineData("@T25:00", "!")]
    // Quantities.
    [InlineData("1.5 '10*9/L' = 1500 '/uL'", "true")]
    [InlineData("99 '10*3/uL' < 100 '10*9/L'", "true")]
    [InlineData("1 'mg/dL' < 1 'mmol/L'", "")]
    [InlineData("1 'mg/dL' = 1 'mmol/L'", "false")]
    [InlineData("1 'nonsense' = 1 'mg'", "")]
    [InlineData("1 year = 12 months", "true")]
    [InlineData("1 year > 11 months", "true")]
    [InlineData("1 year = 1 'a'", "")]
    [InlineData("1 year ~ 1 'a'", "true")]
    [InlineData("1 month > 20 days", "")]
    [InlineData("36 hours = 1.5 days", "true")]
    [InlineData("2 'g' + 500 'mg'", "2.5 'g'")]
    [InlineData("2 'g' - 3 'm'", "")]
    [InlineData("6 'mg' / 2 'mL'", "3 'mg/mL'")]
    [InlineData("(6 'mg' * 2).value", "12")]
    [InlineData("'1500 \\'/uL\\''.toQuantity('10*9/L')", "1.5 '10*9/L'")]
    [InlineData("37 'Cel' ~ 98.6 '[degF]'", "true")]
    // Numbers that no 32 bits or decimal hold are empty.
    [InlineData("2147483647 + 1", "")]
    [InlineData("-2147483647 - 2", "")]
    [InlineData("2147483648", "!")]
    [InlineData("79228162514264337593543950335.0 * 2", "")]
    [InlineData("10.power(50)", "")]
    [InlineData("0.ln()", "")]
    [InlineData("7 div 0", "")]
    [InlineData("(-7) div 2", "-3")]
    [InlineData("(-7) mod 2", "-1")]
    [InlineData("2.5.round()", "3")]
    [InlineData("1.round(-1)", "!")]
    // Variables and scopes.
    [InlineData("%threshold + 1", "4")]
    [InlineData("%none.exists()", "false")]
    [InlineData("%unheard", "!")]
    [InlineData("%`ext-x`", "http://hl7.org/fhir/StructureDefinition/x")]
    [InlineData("%resource.id", "p")]
    [InlineData("extension.where(%context.gender = 'female').count()", "2")]
    [InlineData("defineVariable('n', 5).select(%n + 1)", "6")]
    [InlineData("extension.defineVariable('all').first().select(%all.count())", "2")]
    [InlineData("extension.select(defineVariable('v', value).select(%v))", "1 2")]
    [InlineData("defineVariable('n', 5).select(defineVariable('n', 6))", "!")]
    [InlineData("(defineVariable('n', 5) | %n)", "!")]
    [InlineData("defineVariable('resource', 5)", "!")]
    [InlineData("extension.select($index)", "0 1")]
    [InlineData("extension.value.aggregate($this + $total, 10)", "13")]
    // FHIR's functions.
    [InlineData("managingOrganization.resolve().name", "Contained")]
    [InlineData("generalPractitioner.resolve().id", "1")]
    [InlineData("generalPractitioner.reference.resolve() is Practitioner", "true")]
    [InlineData("extension('http://example.org/b').value", "2")]
    [InlineData("gender.memberOf('x')", "true")]
    [InlineData("maritalStatus.memberOf('x')", "true")]
    [InlineData("maritalStatus.memberOf('unknown')", "")]
    [InlineData("maritalStatus.coding.first().memberOf('x')", "false")]
    [InlineData("photo.memberOf('x')", "")]
    [InlineData("maritalStatus.coding[0].subsumes(maritalStatus.coding[0])", "true")]
    [InlineData("maritalStatus.subsumedBy(maritalStatus.coding[1])", "true")]
    [InlineData("'M'.subsumes('child-of-M')", "true")]
    [InlineData("'M'.subsumes('N')", "false")]
    [InlineData("'M'.subsumes('unheard-of')", "")]
    [InlineData("conformsTo('http://hl7.org/fhir/StructureDefinition/Observation')", "false")]
    [InlineData("gender.getValue() & '!'", "female!")]
    [InlineData("managingOrganization.hasValue()", "false")]
    [InlineData("text.`div`.htmlChecks()", "")]
    // Names that are words of the language too.
    [InlineData("maritalStatus.coding.where(code in ('M' | 'X')).code", "M")]
    [InlineData("('a' | 'b') contains 'b'", "true")]
    [InlineData("`gender`", "female")]
    [InlineData("Patient.gender", "female")]
    [InlineData("DomainResource.gender", "female")]
    [InlineData("Observation.status", "")]
    // Strings.
    [InlineData("'a\\u00e9'.length()", "2")]
    [InlineData("'a-b-c'.lastIndexOf('-')", "3")]
    [InlineData("'2024-01-05'.replaceMatches('(\\\\d+)-(\\\\d+)-(\\\\d+)', '$3.$2.$1')", "05.01.2024")]
    [InlineData("'x'.matches('(')", "!")]
    [InlineData("'4pX/'.decode('base64')", "")]
    [InlineData("'zz'.decode('hex')", "")]
    [InlineData("'a\\\\q'.unescape('json')", "")]
    // Mistakes.
    [InlineData("", "!")]
    [InlineData("1 +", "!")]
    [InlineData("(1", "!")]
    [InlineData("1 2", "!")]
    [InlineData("'open", "!")]
    [InlineData("a..b", "!")]
    [InlineData("nothing()", "!")]
    [InlineData("first(1)", "!")]
    [InlineData("where()", "!")]
    [InlineData("$that", "!")]
    [InlineData("gender is Unheard", "!")]
    [InlineData("extension.value + 1", "!")]
    [InlineData("'a' < 1", "!")]
    [InlineData("extension.value and true", "!")]
    public void An_expression_gives_its_items_or_is_refused(string expression, string expected)
    {
        if (expected == "!")
        {
            Assert.Throws<FhirPathException>(() => Evaluate(expression));
        }
        else
        {
            Assert.Equal(expected, string.Join(' ', Evaluate(expression)));
        }
    }

    [Theory]
    [InlineData("gender = 'female'", true)]
    [InlineData("gender = 'male'", false)]
    [InlineData("deceased", null)]
    [InlineData("gender", true)]
    [InlineData("deceased or gender = 'female'", true)]
    [InlineData("deceased and gender = 'female'", null)]
    public void A_truth_value_has_three_states(string expression, bool? expected) =>
        Assert.Equal(expected, FhirPathExpression.Compile(expression).EvaluateBoolean(Read(Patient), Context));

    [Theory]
    [InlineData("""{"value":5,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}""", "value > 4 'mg'", true)]
    [InlineData("""{"value":5,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}""",
        "value < 0.004 'g'", false)]
    [InlineData("""{"value":5,"unit":"mg"}""", "value > 4 'mg'", null)]
    [InlineData("""{"value":5,"unit":"mg"}""", "value = 5 'mg'", null)]
    [InlineData("""{"value":5,"comparator":"<","system":"http://unitsofmeasure.org","code":"mg"}""",
        "value > 4 'mg'", null)]
    [InlineData("""{"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}""", "value > 4 'mg'", null)]
    public void A_quantity_without_a_definite_value_is_unknown(string quantity, string expression, bool? expected)
    {
        var observation = Read(
            $$"""{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{{quantity}}}""");

        Assert.Equal(expected, FhirPathExpression.Compile(expression).EvaluateBoolean(observation, Context));
    }

    [Fact]
    public void References_resolve_within_a_bundle()
    {
        var bundle = Read(
            """
            {"resourceType":"Bundle","type":"collection","entry":[
            {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Observation","id":"o","status":"final",
             "code":{"text":"x"},"subject":{"reference":"Patient/p"},"performer":[{"reference":"urn:uuid:1"}]}},
            {"fullUrl":"http://example.org/Patient/p","resource":{"resourceType":"Patient","id":"p"}}]}
            """);

        Assert.Equal(
            ["p", "o"],
            FhirPathExpression.Compile("entry.resource.subject.resolve().id | entry.resource.performer.resolve().id")
                .EvaluateTexts(bundle, Context));
    }

    [Theory]
    [InlineData("(0).repeat($this + 1)")]
    [InlineData("(1|2|3|4|5|6|7|8|9).select((1|2|3|4|5|6|7|8|9).select((1|2|3|4|5|6|7|8|9).select((1|2|3|4|5|6|7|8"
        + "|9).select((1|2|3|4|5|6|7|8|9).select(1|2)))))")]
    [InlineData("(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30).aggregate($total"
        + ".combine($total), 1).count()")]
    [InlineData("(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20).aggregate($total.replaceMatches('.', '$_$_'),"
        + " 'ab').length()")]
    [InlineData(
        "(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20).aggregate($total.replace('', $total), 'ab').length()")]
    [InlineData("(1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30).aggregate($total "
        + "& $total, 'aaaaaaaa').length()")]
    public void An_evaluation_ends_when_its_steps_are_spent(string expression) =>
        Assert.Throws<FhirPathException>(() => Evaluate(expression, Context with { MaxSteps = 100_000 }));

    [Theory]
    [InlineData("name.family.contains('b')")]
    [InlineData("name.family = name.text")]
    [InlineData("name.family.matches('^(?=a)(a+)+$')")]
    public void A_long_text_of_an_element_is_paid_for(string expression)
    {
        var (budget, text) = (new StepBudget(50_000_000), new string('a', 100_000));
        var patient = Read($$"""
            {"resourceType":"Patient","name":[{"family":"{{text}}","text":"{{text}}"}]}
            """);

        try
        {
            FhirPathExpression.Compile(expression).Evaluate(patient, Context with { Budget = budget });
        }
        catch (FhirPathException)
        {
            // A pattern that takes too long fails.
        }

        Assert.True(budget.Spent > 1_000);
    }

    [Fact]
    public void A_regular_expression_takes_no_longer_than_its_limit()
    {
        var text = new string('a', 40) + "b";

        Assert.Equal(["false"], Evaluate($"'{text}'.matches('^(a+)+$')"));
        Assert.Throws<FhirPathException>(() => Evaluate($"'{text}'.matches('^(?=a)(a+)+$')"));
    }

    [Fact]
    public void An_expression_of_any_size_is_refused_without_harm()
    {
        Assert.Throws<FhirPathException>(() => FhirPathExpression.Compile(new string('(', 50_000)));
        Assert.Throws<FhirPathException>(
            () => FhirPathExpression.Compile(string.Concat(Enumerable.Repeat("not(", 20_000))));
        Assert.Throws<FhirPathException>(
            () => FhirPathExpression.Compile(string.Join('+', Enumerable.Repeat("1", 40_000))));
        Assert.Throws<FhirPathException>(() => FhirPathExpression.Compile(new string('-', 90_000)));
        Assert.Throws<FhirPathException>(() => FhirPathExpression.Compile(new string(' ', 200_000)));
        Assert.Equal(["400"], Evaluate(string.Join('+', Enumerable.Repeat("1", 400))));
        Assert.Empty(FhirPathExpression.Compile(string.Join('.', Enumerable.Repeat("a", 40_000)))
            .Evaluate(Read(Patient), Context));
    }

    [Fact]
    public void A_mistake_is_told_with_its_place()
    {
        var thrown =
            Assert.Throws<FhirPathException>(() => FhirPathExpression.Compile("name.where(use = 'x').nothing()"));

        Assert.Equal(22, thrown.Offset);
    }

    [Theory]
    [InlineData("Patient", "name.given", null)]
    [InlineData("Patient", "name.give", 5)]
    [InlineData("Patient", "name.where(us = 'x')", 11)]
    [InlineData("Patient", "contact.name.family.startsWith('a')", null)]
    [InlineData("Patient", "contact.startsWith('a')", 8)]
    [InlineData("Observation", "value.value", null)]
    [InlineData("Observation", "valueQuantity", 0)]
    [InlineData("Observation", "value.ofType(Quantity).code", null)]
    [InlineData("Observation", "value.ofType(Quantity).cod", 23)]
    [InlineData("Bundle", "entry.resource.anything", 15)]
    [InlineData("Bundle", "entry.resource.status", null)]
    [InlineData("Bundle", "entry.resource.ofType(Patient).name.given", null)]
    [InlineData("Bundle", "entry.resource.ofType(Patient).status", 31)]
    [InlineData("Bundle", "entry.resource.where($this is Patient).birthDate > @2000", null)]
    [InlineData("Bundle", "entry.resource.contained.anything", 25)]
    [InlineData("Patient", "contained.ofType(Medication).code", null)]
    [InlineData("Observation", "subject.resolve().gender", null)]
    [InlineData("Observation", "subject.resolve().gendre", 18)]
    [InlineData("Observation", "code.resolve()", 5)]
    // Choices of types.
    [InlineData("Observation", "value.as(string).length()", null)]
    [InlineData("Observation", "value.ofType(Patient)", 13)]
    [InlineData("Observation", "(value as Address).city", 10)]
    [InlineData("Observation", "value.ofType(Unheard)", 13)]
    [InlineData("Observation", "value is Unheard", 9)]
    [InlineData("Observation", "value.is(FHIR.Quantity)", null)]
    [InlineData("Observation", "component.value.ofType(CodeableConcept).coding.code.memberOf(%`vs-x`)", null)]
    // Primitives with extensions.
    [InlineData("Patient", "birthDate.extension('http://x').value.ofType(dateTime)", null)]
    [InlineData("Patient", "birthDate.extension.url", null)]
    [InlineData("Patient", "birthDate.id", null)]
    [InlineData("Patient", "birthDate.year", 10)]
    [InlineData("Patient", "birthDate.hasExtension('http://x')", null)]
    [InlineData("Patient", "'x'.extension('http://x')", 4)]
    // Arguments on items, variables, iteration.
    [InlineData("Patient", "name.all(given.exists())", null)]
    [InlineData("Patient", "name.all(givn.exists())", 9)]
    [InlineData("Patient", "name.select(given | famly)", 20)]
    [InlineData("Patient", "name.exists(period.start > @2000 and perid.empty())", 37)]
    [InlineData("Patient", "name.trace('x', givn)", 16)]
    [InlineData("Patient", "name.sort(-givn)", 11)]
    [InlineData("Patient", "name.aggregate($this.givn & $total)", 21)]
    [InlineData("Patient", "iif(active, name.family, name.famly)", 30)]
    [InlineData("Patient", "name[active]", 5)]
    [InlineData("Questionnaire", "repeat(item).linkId", null)]
    [InlineData("Questionnaire", "repeat(item).answerOption.value", null)]
    [InlineData("Questionnaire", "repeat(itm).linkId", 7)]
    [InlineData("ValueSet", "expansion.repeat(contains).code", null)]
    [InlineData("ValueSet", "expansion.repeat(contains).cod", 27)]
    [InlineData("Patient", "name.where(%resource.active)", null)]
    [InlineData("Patient", "name.where(%resource.activ)", 21)]
    [InlineData("Patient", "name.where(%context.birthDat.exists())", 20)]
    [InlineData("Patient", "%unheard", 0)]
    [InlineData("Patient", "defineVariable('n', name).select(%n.given)", null)]
    [InlineData("Patient", "defineVariable('n', nam).select(%n)", 20)]
    [InlineData("Patient", "name.given.memberOf(%'vs-x')", null)]
    // Functions and operators on the wrong type.
    [InlineData("Patient", "name.abs()", 5)]
    [InlineData("Patient", "name.allTrue()", 5)]
    [InlineData("Patient", "name.memberOf('x')", 5)]
    [InlineData("Patient", "name.lowBoundary()", 5)]
    [InlineData("Patient", "name.given.htmlChecks()", null)]
    [InlineData("Patient", "name.type().name", null)]
    [InlineData("Patient", "name.type().title", 12)]
    [InlineData("Patient", "(5 'mg').unit", null)]
    [InlineData("Patient", "(5 'mg').code", 9)]
    [InlineData("Patient", "birthDate > 5", 10)]
    [InlineData("Patient", "birthDate < now()", null)]
    [InlineData("Patient", "gender * 2", 7)]
    [InlineData("Observation", "value > 5", null)]
    [InlineData("Patient", "children().first()", 11)]
    [InlineData("Patient", "elementDefinition().min > 0", null)]
    [InlineData("Patient", "elementDefinition().minimum", 20)]
    [InlineData("Questionnaire", "item.item.item.linkId", null)]
    [InlineData("Questionnaire", "item.item.item.link", 15)]
    public void A_check_finds_what_no_data_can_satisfy(string type, string expression, int? offset)
    {
        var compiled = FhirPathExpression.Compile(expression);
        var thrown = Record.Exception(() =>
            compiled.Check(FhirDefinitions.R4.Types[type], FhirDefinitions.R4)) as FhirPathException;

        Assert.Equal(offset, thrown?.Offset);
    }

    static string[] Evaluate(string expression, FhirPathContext? context = null) =>
        FhirPathExpression.Compile(expression).EvaluateTexts(Read(Patient), context ?? Context);

    static Element Read(string json) => FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types).Resource!;
}
