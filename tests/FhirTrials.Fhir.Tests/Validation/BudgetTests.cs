using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>What a validation costs, in counted steps: linear in the size of what is hostile, and bounded.</summary>
public sealed class BudgetTests
{
    const string Self = "http://example.org/Patient-profile";

    static readonly string SlicedGroup = ProfileTests.Profile(
        "Group",
        """
        {"id":"Group.characteristic","path":"Group.characteristic","slicing":{"rules":"closed",
         "discriminator":[{"type":"pattern","path":"code"}]}}
        """,
        """{"id":"Group.characteristic:a","path":"Group.characteristic","sliceName":"a"}""",
        """{"id":"Group.characteristic:a.code","path":"Group.characteristic.code","patternCodeableConcept":"""
            + """{"text":"a"}}""",
        """{"id":"Group.characteristic:b","path":"Group.characteristic","sliceName":"b"}""",
        """{"id":"Group.characteristic:b.code","path":"Group.characteristic.code","patternCodeableConcept":"""
            + """{"text":"b"}}""");

    /// <summary>A patient whose links must be such patients again.</summary>
    static readonly string RecursivePatient = ProfileTests.Profile(
        "Patient",
        """{"id":"Patient.link.other","path":"Patient.link.other","type":[{"code":"Reference","targetProfile":"""
            + """["http://example.org/Patient-profile"]}]}""");

    static readonly string ContextByExpression = """
        {"resourceType":"StructureDefinition","url":"http://example.org/x","name":"X","status":"draft",
         "kind":"complex-type",
         "abstract":false,"type":"Extension","baseDefinition":"http://hl7.org/fhir/StructureDefinition/Extension",
         "derivation":"constraint",
         "context":[{"type":"fhirpath","expression":"descendants().where($this is HumanName)"}],
         "differential":{"element":[{"id":"Extension.url","path":"Extension.url","fixedUri":"http://example.org/x"}]}}
        """;

    static readonly Validator Known = Validated.With([SlicedGroup, RecursivePatient, ContextByExpression]);

    /// <summary>Each shape, of a size.</summary>
    static readonly Dictionary<string, Func<int, string>> Shapes = new()
    {
        ["a chain of references through a Bundle"] = n => Bundle(n, i =>
            $$"""{"resourceType":"Patient","id":"p{{i}}","link":[{"other":{"reference":"Patient/p{{(i + 1) % n}}"}"""
            + ""","type":"seealso"}]}"""),
        ["a profile that its own targets must meet, in a circle through a Bundle"] = n => Bundle(n, i =>
            $$"""{"resourceType":"Patient","id":"p{{i}}","meta":{"profile":["{{Self}}"]},"link":[{"other":"""
            + $$"""{"reference":"Patient/p{{(i + 1) % n}}"},"type":"seealso"},"""
            + $$"""{"other":{"reference":"Patient/p{{i * 7 % n}}"},"type":"refer"}]}"""),
        ["contained resources in a circle"] = n =>
            $$"""{"resourceType":"Patient","meta":{"profile":["{{Self}}"]},"contained":["""
            + Many(n, i => $$"""{"resourceType":"Patient","id":"c{{i}}","link":"""
                + $$"""[{"other":{"reference":"#c{{(i + 1) % n}}"},"type":"seealso"}]}""")
            + """],"link":[{"other":{"reference":"#c0"},"type":"seealso"}]}""",
        ["repetitions to sort into slices"] = n =>
            """{"resourceType":"Group","meta":{"profile":["http://example.org/Group-profile"]}"""
            + ""","type":"person","actual":false,"characteristic":["""
            + Many(n, i => $$"""{"code":{"text":"{{"abc"[i % 3]}}"},"valueBoolean":true,"exclude":false}""") + "]}",
        ["extensions whose context is an expression"] = n =>
            Patient(
                "name", n, i => """{"family":"x","extension":[{"url":"http://example.org/x","valueBoolean":true}]}"""),
        ["repetitions that are all wrong"] = n =>
            Patient("name", n, i => """{"use":"x","period":{"start":"2024","end":"2023"}}"""),
        ["items of a questionnaire"] = n =>
            """{"resourceType":"Questionnaire","status":"active","item":["""
            + Many(
                n, i => $$"""{"linkId":"{{i}}","type":"group","item":[{"linkId":"{{i}}.1","type":"string"}]}""") + "]}",
        ["claims of profiles"] = n =>
            $$"""{"resourceType":"Patient","meta":{"profile":[{{Many(n, i => $"\"http://example.org/{i}\"")}}]} }""",
        ["element ids"] = n => Patient("name", n, i => $$"""{"id":"n{{i}}","family":"x"}"""),
        ["a transaction that refers to itself by URN"] = n =>
            """{"resourceType":"Bundle","type":"transaction","entry":["""
            + Many(n, i => $$"""{"fullUrl":"urn:uuid:{{Uuid(i)}}","resource":"""
                + """{"resourceType":"Observation","status":"final","code":{"text":"x"},"hasMember":"""
                + $$"""[{"reference":"urn:uuid:{{Uuid((i + 1) % n)}}"}]},"request":"""
                + """{"method":"POST","url":"Observation"}}""")
            + "]}",
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_times_the_size_costs_about_ten_times_the_steps(string shape)
    {
        var (few, many) = (Steps(Shapes[shape](100)), Steps(Shapes[shape](1000)));
        Assert.InRange(many, few, 11 * few);
    }

    [Theory]
    [InlineData("a profile that its own targets must meet, in a circle through a Bundle", 10_000)]
    [InlineData("repetitions to sort into slices", 100_000)]
    public void What_is_huge_takes_a_tenth_of_the_budget(string shape, int size) =>
        Assert.InRange(Steps(Shapes[shape](size)), 1, Known.MaxSteps / 10);

    [Fact]
    public void Beyond_the_budget_one_issue_says_so()
    {
        var issues = new Validator(FhirDefinitions.R4, TimeProvider.System) { MaxSteps = 1000 }
            .Validate(Validated.Read(Shapes["a chain of references through a Bundle"](1000)));
        var last = issues[^1];
        Assert.Equal((IssueSeverity.Error, IssueCode.TooCostly, "Bundle"), (last.Severity, last.Code, last.Expression));
        Assert.DoesNotContain(issues, i => i.Code == IssueCode.Processing);
    }

    [Fact]
    public void An_invariant_that_never_ends_ends_the_validation()
    {
        var profile = ProfileTests.Profile(
            "Patient",
            """{"id":"Patient","path":"Patient","constraint":"""
                + """[{"key":"t-1","severity":"error","human":"x","expression":"(1|2|3|4|5|6|7|8|9).repeat($this + """
                + """1).exists()"}]}""");
        var definitions = FhirDefinitions.R4.With(Validated.Read(profile));
        var issues = new Validator(definitions, TimeProvider.System) { MaxSteps = 100_000 }.Validate(
            Validated.Read("""{"resourceType":"Patient","active":true}"""),
            new ValidationOptions { Profiles = [Self] });
        Assert.Equal([IssueCode.TooCostly], issues.Where(i => i.IsError).Select(i => i.Code));
    }

    static long Steps(string json)
    {
        var budget = new StepBudget(Known.MaxSteps);
        Known.Validate(Validated.Read(json), new ValidationOptions(), budget);
        Assert.False(budget.IsExhausted);
        return budget.Spent;
    }

    static string Patient(string name, int count, Func<int, string> item) =>
        $$"""{"resourceType":"Patient","{{name}}":[{{Many(count, item)}}]}""";

    static string Bundle(int count, Func<int, string> resource) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{Many(count, i => Entry(i, resource(i)))}}]}""";

    static string Entry(int number, string resource) =>
        "{\"fullUrl\":\"http://example.org/Patient/p" + number + "\",\"resource\":" + resource + "}";

    static string Many(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    static string Uuid(int number) => $"00000000-0000-0000-0000-{number:x12}";
}
