namespace FhirTrials.Fhir.Tests.Judges;

public sealed partial class FhirPathJudgeTests
{
    /// <summary>What the two differ on: a part of the expression, and why we hold to our answer.</summary>
    static readonly (string Part, string Reason)[] InSearchParameters =
    [
        ("resolve()", "the judge has no resolve() without a server"),
        ("hasExtension(", "the judge lacks the function, which HL7's own search parameter uses"),
        ("Resource.", "the judge knows a path's root only as the resource's own type"),
        ("(ConceptMap.source as uri)", "the element is a canonical: as HL7's suite has it, 'as' wants the type itself"),
        ("(ConceptMap.target as uri)", "as above"),
    ];

    static readonly (string Part, string Reason)[] InInvariants =
    [
        ("resolve()", "the judge has no resolve() without a server"),
    ];

    static readonly (string Part, string Reason)[] InExpressionsByHand =
    [
        ("descendants().count()", "the judge counts resourceType, which is JSON's and no element"),
        ("children().count()", "as above"),
        ("skip(-1)", "N1 §5.3.7: skipping none or fewer gives the collection"),
        ("take(-1)", "N1 §5.3.8: taking none or fewer gives nothing"),
        ("subsetOf('Peter' | 'James' | 'Jim')",
            "each name is among the others; the judge compares the counts with duplicates"),
        ("(1 | 2) ~ (2 | 1)", "N1 §6.1.2: equivalence does not depend on the order"),
        ("1.0 is Decimal", "1.0 is a Decimal's literal, which JavaScript makes a 1"),
        ("@2024 is Date", "a Date's literal; the judge makes it a DateTime"),
        ("@2024-01-01T is DateTime", "N1's grammar has a DateTime without a time; the judge cannot read it"),
        ("$this is ", "the judge fails inside"),
        ("id is id", "an id is one; the judge takes the element of a resource for a System.String"),
        ("'2024-13'.convertsToDate()", "there is no month 13"),
        ("'25:00'.convertsToTime()", "there is no hour 25"),
        ("escape(", "the judge lacks the function"),
        ("+ 1 second", "the judge writes UTC as -00:00"),
        ("+ 90 minutes", "as above"),
        ("@T23:30 + 45 minutes", "a time has no offset"),
        ("(2 'cm' * 2 'm')", "the judge writes the product in base units"),
        ("(4 'g' / 2 'm')", "as above"),
        ("%sct", "the judge lacks the variable"),
        ("%loinc", "as above"),
        ("%`vs-", "as above"),
        ("'a'.substring()", "the argument is required"),
        ("name.where()", "as above"),
        ("@2024-13-01", "there is no month 13"),
        ("lowBoundary(", "the judge lacks the function"),
        ("highBoundary(", "as above"),
        ("precision()", "as above"),
    ];

    static readonly string[] Files = ["Patient-example.json", "Observation-example.json", "Questionnaire-3141.json"];

    static readonly string[] Expressions =
    [
        // Paths and filters.
        "id", "name.given", "Patient.name.given.first()", "name.where(use = 'official').family",
        "name.select(given.join(' ') & ' ' & family)", "telecom.where(system = 'phone').value",
        "telecom.where(system = 'phone' and use = 'work').rank", "name[0].given[1]", "name.given[7]",
        "descendants().count()", "children().count()", "descendants().where($this is Coding).count()",
        "code.coding.code", "value.value", "value.unit", "(value as Quantity).value", "value.ofType(Quantity).code",
        "value.ofType(string)", "item.item.linkId", "repeat(item).linkId", "repeat(item).count()",
        "item.where(type = 'group').text", "item.all(linkId.exists())", "item.answerOption.value", "extension.url",
        "contact.relationship.coding.code", "identifier.where(system.exists()).value", "address.line",
        "address.line | address.city", "Observation.subject.reference", "subject.reference.exists()",
        // Existence and subsetting.
        "name.exists()", "name.empty()", "name.exists(use = 'usual')", "name.all(given.exists())", "name.count()",
        "name.given.distinct().count()", "name.given.isDistinct()", "name.given.first()", "name.given.last()",
        "name.given.tail()", "name.given.skip(2)", "name.given.take(2)", "name.given.skip(-1)", "name.given.take(-1)",
        "name.given.intersect('Peter' | 'Ann')", "name.given.exclude('Peter')", "name.family.single()",
        "name.given.subsetOf('Peter' | 'James' | 'Jim')", "('Peter').subsetOf(name.given)",
        "name.given.supersetOf('Jim')", "active.not()", "name.given.allTrue()", "(true | false).anyTrue()",
        "(true | false).allTrue()", "(false).anyFalse()", "({}).allTrue()", "{}.exists()",
        // Booleans with three values.
        "true and {}", "false and {}", "true or {}", "false or {}", "{} xor true", "true xor false", "false implies {}",
        "{} implies true", "{} implies false", "active and {}",
        // Arithmetic.
        "1 + 2", "1.5 + 2", "7 / 2", "7 div 2", "7 mod 2", "-7 mod 3", "1 / 0", "5 div 0", "2 * 3.5", "3 - 5",
        "(1 + 2) * 3", "1 + 2 * 3", "1 & 2", "'a' & {}", "'a' + 'b'", "'a' + {}",
        "(-5).abs()", "2.5.ceiling()", "2.5.floor()", "(-2.5).truncate()", "2.567.round(2)", "2.power(10)",
        "2.5.power(2)", "16.sqrt()", "(-1).sqrt()", "1.exp().round(6)", "10.ln().round(6)", "100.log(10)",
        "value.value * 2", "value.value + 1 > 100",
        // Comparison and equality.
        "1 = 1.0", "1 ~ 1.0", "1 < 2", "'a' < 'b'", "1.1 >= 1.10", "1 != 2", "'A' ~ 'a'", "'A' = 'a'",
        "(1 | 2) = (1 | 2)", "(1 | 2) = (2 | 1)", "(1 | 2) ~ (2 | 1)", "{} = {}", "{} ~ {}", "1 = {}", "1 !~ 2",
        "birthDate < today()", "birthDate = @1974-12-25", "birthDate < @1975", "birthDate > @1974-12",
        "@2024-01 = @2024-01-01", "@2024 < @2025-01", "@2024-01-01T10:00:00Z = @2024-01-01T12:00:00+02:00",
        "@T10:00 < @T11:00:00", "@T10:00 = @T10:00:00", "@2024-01-01T10:00 ~ @2024-01-01T10:00:00",
        "'Peter' in name.given", "name.given contains 'Jim'", "{} in name.given", "'x' in {}", "name.given contains {}",
        // Types.
        "1 is Integer", "1.0 is Decimal", "'a' is String", "true is Boolean", "@2024 is Date",
        "@2024-01-01T is DateTime", "@T10:00 is Time", "gender is code", "gender is string", "birthDate is date",
        "$this is Patient", "$this is Resource", "$this is DomainResource", "value is Quantity", "value is Element",
        "name.ofType(HumanName).count()", "Patient.gender.type().name", "1.type().name", "name.first().type().name",
        "id is id",
        // Conversion.
        "'1'.toInteger()", "'a'.toInteger()", "'1.5'.toDecimal()", "1.toString()", "1.50.toString()", "true.toString()",
        "'true'.toBoolean()", "'yes'.toBoolean()", "'x'.toBoolean()", "1.toBoolean()", "'2024-01-05'.toDate()",
        "'2024-01-05T10:00:00Z'.toDateTime()", "'10:00'.toTime()", "'1 \\'mg\\''.toQuantity().toString()",
        "'1'.convertsToInteger()", "'a'.convertsToDecimal()", "'2024-13'.convertsToDate()",
        "'2024-02'.convertsToDateTime()", "'25:00'.convertsToTime()", "1.convertsToBoolean()", "2.convertsToBoolean()",
        "1.toQuantity().toString()", "iif(active, 'on', 'off')", "iif({}, 1, 2)",
        // Strings.
        "'abc'.length()", "'abc'.substring(1)", "'abc'.substring(1, 1)", "'abc'.substring(5)", "'abc'.substring(-1)",
        "'abc'.indexOf('c')", "'abc'.indexOf('z')", "'abc'.startsWith('a')", "'abc'.endsWith('')",
        "'abc'.contains('b')", "'abc'.upper()", "'ABC'.lower()", "'abc'.replace('b', 'x')", "'abc'.replace('', 'x')",
        "'abc'.matches('^a.c$')", "'abc'.matches('b')", "'a1b2'.replaceMatches('[0-9]', '')", "'abc'.toChars()",
        "'a,b,c'.split(',')", "(' a ').trim()", "name.given.join(',')", "{}.length()", "'a' in 'abc'.toChars()",
        "'a\\u0062c'", "'it\\'s'", "'abc'.encode('base64')", "'YWJj'.decode('base64')", "'abc'.encode('hex')",
        "'<a>'.escape('html')", "'a\"b'.escape('json')",
        // Dates.
        "@2024-01-31 + 1 month", "@2024-02-29 + 1 year", "@2024-03-31 - 1 month", "@2024-01-01 + 7 days",
        "@2024-12-31T23:59:59Z + 1 second", "birthDate + 18 years", "birthDate + 18 years <= today()",
        "@2024-01-01T10:00:00Z + 90 minutes", "@T23:30 + 45 minutes", "@2024-05 + 1 month", "@2024 + 1 year",
        "effective > @2015",
        // Quantities.
        "1 'g' = 1000 'mg'", "1 'g' > 1 'mg'", "1 'g' ~ 1000 'mg'", "1 'm' = 1 's'", "1 'm' > 1 's'",
        "1 year = 12 months", "1 week = 7 days", "36 hours > 1 day", "1 day = 24 hours", "1 'd' = 24 'h'",
        "value > 1 'kg'", "value < 100 'kg'", "value = 185 '[lb_av]'", "(2 'cm' * 2 'm').toString()",
        "(4 'g' / 2 'm').toString()",
        // Variables, iteration.
        "%resource.id", "%context.id", "%ucum", "%sct", "%loinc", "%rootResource.id", "%`vs-administrative-gender`",
        "name.given.aggregate($this & $total, '')", "(1 | 2 | 3).aggregate($this + $total, 0)",
        "(1 | 2 | 3 | 4).aggregate(iif($total.empty(), $this, iif($this < $total, $this, $total)))",
        "name.select($index)", "name.given.where($index > 1)", "(1 | 2 | 2).count()", "(1 | 1).count()",
        "name.given.combine(name.given).count()", "name.union(name).count()", "name.given | name.family",
        "trace('x').id", "name.given.trace('g').count()", "name.given.where($this.length() > 3)",
        // Mistakes.
        "1 +", "foo(", "'a' + 1", "1 + 'a'", "'abc'.unknown()", "%unheard", "name.given.single()", "(1 | 2) + 1",
        "'a'.substring()", "@2024-13-01", "name.where()", "true and 'a' and 1 = 2",
        // FHIR's functions.
        "extension('http://hl7.org/fhir/StructureDefinition/patient-birthTime').value",
        "birthDate.extension('http://hl7.org/fhir/StructureDefinition/patient-birthTime').value", "gender.hasValue()",
        "name.hasValue()", "gender.getValue()", "birthDate.lowBoundary()", "@2024.lowBoundary()",
        "@2024-01.highBoundary()", "1.587.lowBoundary(2)", "1.587.precision()", "@2024-01.precision()",
        "1.587.highBoundary()",
    ];
}
