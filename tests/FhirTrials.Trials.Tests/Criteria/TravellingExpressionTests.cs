using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Tests.Matching;
using static FhirTrials.Trials.Tests.Criteria.BoundaryRecords;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>The FHIRPath of criteria against the matcher, on records at every boundary: an expression never contradicts
/// the verdict, and says as much of what it can say; npm's engine gives what ours gives.</summary>
public sealed class TravellingExpressionTests
{
    /// <param name="Decides">The least share, in per cent, of the matcher's verdicts that the expression gives too; the
    /// rest are of what FHIRPath cannot say.</param>
    sealed record Family(string Name, int Decides, ImmutableArray<Clause> Clauses, ImmutableArray<JsonObject> Records);

    static readonly FhirPathContext Context =
        new(FhirDefinitions.R4) { Now = new(Day, TimeOnly.MinValue, TimeSpan.Zero) };

    static readonly Window Fortnight = new(2, "wk", WindowDirection.Before, "treatment");

    static readonly ImmutableArray<Family> Families =
    [
        new("platelets", 95,
            [
                Lab("platelets", Comparator.GreaterOrEqual, 50, null, "10*9/L"),
                Lab("platelets", Comparator.GreaterThan, 50, null, "10*9/L"),
                Lab("platelets", Comparator.LessOrEqual, null, 50, "10*9/L"),
                Lab("platelets", Comparator.LessThan, null, 50, "10*9/L"),
                Lab("platelets", Comparator.GreaterOrEqual, 50000, null, "/uL"),
                Lab("platelets", Comparator.Between, 50, 75, "10*9/L"),
                Lab("platelets", Comparator.Equal, 50, 50, "10*9/L"),
                Lab("platelets", Comparator.GreaterOrEqual, 50, null, "10*9/L") is Clause.Measured m
                    ? new Clause.Measured(m.Measurement with { Within = Fortnight }) : null!,
            ],
            [.. OfResult(
                () => Coded("http://loinc.org", "777-3"),
                [("10*9/L", 50), ("/uL", 50000), ("10*3/uL", 50), ("K/uL", 50)], 28)]),
        new("creatinine", 95,
            [
                Lab("creatinine", Comparator.LessOrEqual, null, 1.5m, "mg/dL"),
                Lab("creatinine", Comparator.LessThan, null, 132.6m, "umol/L"),
            ],
            [.. OfResult(
                () => Coded("http://loinc.org", "2160-0"),
                [("mg/dL", 1.5m), ("umol/L", 132.6m), ("mmol/L", 0.1326m), ("mg/L", 15)], 28)]),
        new("MRD", 95,
            [
                Lab("mrd", Comparator.LessThan, null, 0.01m, "%"),
                Lab("mrd", Comparator.GreaterOrEqual, 0.01m, null, "%"),
            ],
            [.. OfResult(() => Named("Minimal residual disease"), [("%", 0.01m), ("1", 0.0001m)], 42)]),
        new("blasts", 95,
            [
                Lab("bm-blasts", Comparator.GreaterOrEqual, 5, null, "%"),
                Lab("bm-blasts", Comparator.Between, 0.01m, 5, "%"),
            ],
            [.. OfResult(() => Named("Bone marrow blasts"), [("%", 5)], 42)]),
        new("multiples of normal", 95,
            [
                Multiple("alt", Comparator.LessOrEqual, null, 5), Multiple("alt", Comparator.GreaterThan, 2.5m, null),
                Multiple("alt", Comparator.LessThan, null, 3),
            ],
            [
                .. OfMultiple(() => Coded("http://loinc.org", "1742-6"), "U/L", 5),
                .. OfMultiple(() => Coded("http://loinc.org", "1742-6"), "U/L", 3),
            ]),
        new("ECOG", 95,
            [Score("ecog", Comparator.LessOrEqual, null, 2), Score("ecog", Comparator.Between, 0, 1)],
            [.. OfResult(() => Coded("http://loinc.org", "89247-1"), [("{score}", 2)], 28)]),
        new("age and sex", 95,
            [
                Age(Comparator.GreaterOrEqual, 18, null), Age(Comparator.LessThan, null, 18),
                Age(Comparator.Between, 18, 75), Age(Comparator.LessOrEqual, null, 75),
                Age(Comparator.GreaterThan, 18, null), Age(Comparator.GreaterOrEqual, 6, null, "mo"),
                new Clause.Sex("female"), new Clause.Sex("male"),
            ],
            [.. OfAge(18, 75, 0)]),
        new("limits that share a unit", 95,
            [Of("WBC < 3 or > 12 x 10^9/L"), Of("WBC 3-12 x 10^9/L"), Of("WBC < 3,000")],
            [.. OfResult(
                () => Coded("http://loinc.org", "6690-2"),
                [("10*9/L", 3), ("10*9/L", 12), ("/uL", 3000), ("/uL", 12000)], 28)]),
        new("a part of one", 95,
            [Of("LVEF < 0.40"), Of("LVEF ≥ 40%"), Of("LVEF outside 40 - 60 %")],
            [.. OfResult(() => Coded("http://loinc.org", "10230-1"), [("%", 40), ("%", 60), ("1", 0.4m)], 28)]),
        new("fever by its value", 95,
            [Of("Fever > 38.5 °C"), Of("Body temperature ≥ 38.5")],
            [.. OfResult(() => Coded("http://loinc.org", "8310-5"), [("Cel", 38.5m)], 28)]),
        new("fever in degrees that are no multiples of each other", 0,
            [Of("Fever > 38.5 °C"), Of("Body temperature ≥ 101.3")],
            [.. OfResult(() => Coded("http://loinc.org", "8310-5"), [("Cel", 38.5m), ("[degF]", 101.3m)], 28)]),
        new("other limits under a condition", 50,
            [Of("ALT ≤ 2.5 x ULN (≤ 5 x ULN if liver metastases)"), Of("ALT outside the normal range")],
            [
                .. OfMultiple(() => Coded("http://loinc.org", "1742-6"), "U/L", 5),
                .. OfMultiple(() => Coded("http://loinc.org", "1742-6"), "U/L", 1),
            ]),
        new("ages of each sex", 90,
            [Of("Men ≥ 18 years and women ≥ 75 years"), Of("Age < 18 and > 75 years")],
            [.. OfAge(18, 75, 0)]),
        new("B-ALL", 75,
            [
                Has("b-all"), Has("b-all", FactStatus.Current), Has("b-all", FactStatus.History),
                Has("leukemia", FactStatus.Current), Has("malignancy"),
                Has("malignancy", FactStatus.History, new(3, "a", WindowDirection.Before, "treatment")),
                new Clause.Present(
                    FactKind.Condition, new("malignancy", "malignancy"), FactStatus.Any, null, new("all", "ALL"))],
            [.. OfCondition(["277571004", "91857003", "C91.00", "C61", "93143009", "b-all"], 1095)]),
        new("epilepsy", 80,
            [
                Has("epilepsy"), Has("epilepsy", FactStatus.Current), Has("epilepsy", FactStatus.History),
                Has("cns-pathology"),
                Has("epilepsy", FactStatus.History, new(26, "wk", WindowDirection.Before, "treatment")),
                Has("epilepsy", FactStatus.History, new(26, "wk", WindowDirection.MoreThanBefore, "treatment"))],
            [.. OfCondition(["84757009", "G40.909", "epilepsy", "C61"], 182)]),
        new("infections", 80,
            [Has("hiv"), Has("hiv", FactStatus.Current), Has("hiv", FactStatus.History)],
            [
                .. OfTest(() => Coded("http://loinc.org", "75622-1"), "HIV", 180),
                .. OfCondition(["86406008", "B20", "hiv"], 30),
            ]),
        new("pregnancy", 80,
            [new Clause.Present(FactKind.Pregnancy, new("pregnancy", "pregnancy"), FactStatus.Current)],
            [
                .. OfTest(() => Coded("http://loinc.org", "2106-3"), "Pregnant", 14).Select(Woman),
                .. OfCondition(["77386006"], 30),
            ]),
        new("Philadelphia chromosome", 50,
            [new Clause.Present(FactKind.Genomic, new("ph-positive", "Ph+"))],
            [.. OfTest(() => Named("Ph+"), "B-ALL", 30)]),
        new("therapy", 80,
            [
                Given("chemotherapy"), Given("chemotherapy", FactStatus.History, Fortnight),
                Given("chemotherapy", FactStatus.Current), Given("vincristine"),
                Given(
                    "chemotherapy", FactStatus.History, Fortnight with { Direction = WindowDirection.MoreThanBefore }),
                Given("chemotherapy", FactStatus.Planned),
            ],
            [.. OfTherapy(() => Coded("http://www.whocc.no/atc", "L01CA02"), 14)]),
        new("therapy by name", 95, [Given("vincristine")], [.. OfTherapy(() => Named("Vincristine"), 14)]),
        new("enumerations", 85,
            [new Clause.AnyOf([Has("epilepsy"), Has("stroke"), Has("dementia"), Has("b-all"), Has("hiv")])],
            [.. OfCondition(["84757009", "G40.909", "epilepsy", "C61", "B20"], 182)]),
        new("transplant", 95,
            [
                new Clause.Present(
                    FactKind.Procedure, new("hsct-allogeneic", "HSCT"), FactStatus.History,
                    new(12, "wk", WindowDirection.Before, "treatment")),
                new Clause.Present(FactKind.Procedure, new("hsct", "HSCT")),
            ],
            [.. OfTherapy(() => Coded("http://snomed.info/sct", "58390007"), 84)]),
        new("allergy", 95,
            [
                new Clause.Present(FactKind.Allergy, new("vincristine", "vincristine")),
                new Clause.Present(FactKind.Allergy, new("chemotherapy", "chemotherapy"), FactStatus.Current),
            ],
            [.. OfAllergy(() => Coded("http://www.whocc.no/atc", "L01CA02"))]),
    ];

    /// <summary>What the parser reads.</summary>
    static Clause Of(string text) => CriteriaParser.Parse(new($"Inclusion Criteria:\n\n* {text}", []))[0].Clause;

    public static TheoryData<string> Names() => [.. Families.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_expression_never_contradicts_the_matcher_and_says_most_of_what_it_says(string name)
    {
        var family = Families.Single(f => f.Name == name);
        var cases = Cases(family).ToArray();
        var contradictions = cases.Where(c => c.Said is not null && c.Said != c.Matched)
            .Select(c => $"{Brief(c.Clause)}: matcher {c.Matched?.ToString() ?? "unknown"}, expression {c.Said} on "
                + $"{Brief(c.Record)}");
        var decided = cases.Where(c => c.Matched is not null).ToArray();
        var share = 100 * decided.Count(c => c.Said is not null) / decided.Length;

        Assert.True(!contradictions.Any(), string.Join('\n', contradictions.Take(10)));
        Assert.True(
            share >= family.Decides,
            $"{share} % of {decided.Length} verdicts, of {cases.Length} cases; not said, for example: "
            + string.Join('\n', decided.Where(c => c.Said is null).Take(6)
                .Select(c => $"{Brief(c.Clause)} {c.Matched} {Brief(c.Record)}")));
    }

    [Fact]
    public async Task Another_engine_gives_what_ours_gives()
    {
        var cases = Families.SelectMany(Cases).Where(c => c.Expression is not null).ToArray();
        var records = cases.Select(c => c.Record).Distinct().Select((r, i) => (r, i))
            .ToDictionary(p => p.r, p => $"r{p.i}");
        var input = new JsonObject
        {
            ["now"] = "2026-11-21T12:00:00Z",
            ["resources"] = new JsonObject(
                records.Select(r => KeyValuePair.Create(r.Value, (JsonNode?)r.Key.DeepClone()))),
            ["cases"] = new JsonArray([.. cases.Select(c => new JsonArray(c.Expression, records[c.Record]))]),
        };

        var answers = await NodeJudge.Ask("fhirpath.mjs", "fhirpath", input);

        var differences = cases.Zip(answers, (c, a) => (Case: c,
            Ours: c.Said switch { true => "[true]", false => "[false]", null => "[]" }, Theirs: a.GetRawText()))
            .Where(d => d.Ours != d.Theirs)
            .Select(d => $"ours {d.Ours}, the judge's {d.Theirs} for {Brief(d.Case.Clause)} on {Brief(d.Case.Record)}");
        Assert.InRange(answers.Length, 3_000, 100_000);
        Assert.True(!differences.Any(), string.Join('\n', differences.Take(10)));
    }

    static IEnumerable<(Clause Clause, string? Expression, JsonObject Record, bool? Matched, bool? Said)> Cases(
        Family family)
    {
        var bundles = family.Records
            .Select(r => (Record: r, Bundle: ExamplePatients.Parse(Encoding.UTF8.GetBytes(r.ToJsonString()))))
            .ToArray();
        foreach (var clause in family.Clauses)
        {
            var text = ClauseFhirPath.Write(clause);
            var expression = FhirPathExpression.Compile(text ?? "{}");
            foreach (var (record, bundle) in bundles)
            {
                var matched = PatientRecordReader.Read(bundle, Day).Record!.Verdict(clause).Verdict;
                yield return (clause, text, record,
                    matched switch { Verdict.Met => true, Verdict.NotMet => false, Verdict.Unknown => null },
                    expression.EvaluateBoolean(bundle, Context));
            }
        }
    }

    static string Brief(Clause clause) => clause switch
    {
        Clause.Present p => $"{p.Concept.Key} {p.Status} {p.Window}",
        Clause.Measured { Measurement: var m } => $"{m.Concept.Key} {m.Comparator} {m.Low} {m.High} {m.Unit}",
        _ => clause.ToString(),
    };

    static string Brief(JsonObject record) =>
        string.Join(' ', record["entry"]!.AsArray().Select(e => e!["resource"]!.ToJsonString()));

    static JsonObject Woman(JsonObject record)
    {
        record["entry"]![0]!["resource"]!["gender"] = "female";
        return record;
    }

    static Clause.Measured Lab(string key, Comparator comparator, decimal? low, decimal? high, string unit) =>
        new(new(MeasurementKind.Lab, new(key, key), comparator, low, high, unit));

    static Clause.Measured Multiple(string key, Comparator comparator, decimal? low, decimal? high) =>
        new(new(MeasurementKind.Lab, new(key, key), comparator, low, high, "1", RelativeTo: ReferenceLimit.Uln));

    static Clause.Measured Score(string key, Comparator comparator, decimal? low, decimal? high) =>
        new(new(MeasurementKind.Score, new(key, key), comparator, low, high, "{score}"));

    static Clause.Measured Age(Comparator comparator, decimal? low, decimal? high, string unit = "a") =>
        new(new(MeasurementKind.Age, new("age", "age"), comparator, low, high, unit));

    static Clause.Present Has(string key, FactStatus status = FactStatus.Any, Window? window = null) =>
        new(FactKind.Condition, new(key, key), status, window);

    static Clause.Present Given(string key, FactStatus status = FactStatus.History, Window? window = null) =>
        new(FactKind.Therapy, new(key, key), status, window);
}
