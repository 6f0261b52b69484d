using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Tests.Criteria;
using static FhirTrials.Trials.Tests.Criteria.BoundaryRecords;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Haematology patients made to satisfy, violate or leave open each criterion: what the matcher must say is
/// known from how the record was made, not from any code of the matcher. Studies are generated, and the five of
/// examples.</summary>
public sealed class ConstructedTruthTests
{
    enum Truth
    {
        Holds,
        Fails,
        Open,
    }

    /// <summary>Something that may be said of a patient, with the resources that make it so, or not so; without them it
    /// is open.</summary>
    /// <param name="Ask">A criterion that asks it, as registries word it; what follows is read by the parser.</param>
    /// <param name="Five">Beginnings of criteria of the five studies that ask the same.</param>
    sealed record Trait(
        string Name, string Ask, Func<Random, JsonObject> Yes, Func<Random, JsonObject> No, params string[] Five);

    static readonly ImmutableArray<Trait> Traits =
    [
        Count("platelets", "Platelets ≥ 50 x 10^9/L", "777-3", 50, ["10*9/L", "10*3/uL"], "Platelet count ≥ 50 000"),
        Count("anc", "ANC ≥ 1 x 10^9/L", "751-8", 1, ["10*9/L", "10*3/uL"]),
        Count("hemoglobin", "Hemoglobin ≥ 9 g/dL", "718-7", 9, ["g/dL"], "Hemoglobin level ≥ 9 g/dL"),
        Limit("creatinine", "Creatinine ≤ 1.5 mg/dL", "2160-0", 1.5m, "mg/dL"),
        Limit("bilirubin", "Total bilirubin ≤ 3 mg/dL", "1975-2", 3, "mg/dL"),
        Multiple("alt", "ALT ≤ 5 x ULN", "1742-6", 5),
        Multiple("ast", "AST ≤ 5 x ULN", "1920-8", 5),
        Score("ecog", "ECOG performance status ≤ 2", "89247-1", 2),
        Disease("epilepsy", "Active epilepsy", "84757009"),
        Disease("hypertension", "Active hypertension", "38341003"),
        Test("hiv", "HIV infection", "75622-1"),
        Test("hbv", "Hepatitis B infection", "5196-1"),
        Given("transplant", "Allogeneic HSCT within 12 weeks", 84),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Generated_studies_are_matched_as_the_patients_were_made(int seed)
    {
        var random = new Random(seed);
        var studies = Enumerable.Range(0, 25).Select(n => Study(n, random)).ToArray();
        var pairs = 0;
        var wrong = new List<string>();
        for (var p = 0; p < 50; p++)
        {
            var (record, age, truths) = Patient(random);
            foreach (var (study, asked) in studies)
            {
                pairs++;
                Compare(Matcher.Match(record, study), asked.Select(a => Expected(a, age, truths)).ToArray(), wrong);
            }
        }

        Assert.Equal(1_250, pairs);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
    }

    [Fact]
    public void The_five_studies_criteria_are_decided_as_the_patients_were_made()
    {
        var random = new Random(5);
        var (decided, wrong) = (0, new List<string>());
        for (var p = 0; p < 120; p++)
        {
            var (record, _, truths) = Patient(random);
            foreach (var study in ExampleStudies.All)
            {
                foreach (var verdict in Matcher.Match(record, study).Verdicts)
                {
                    if (Traits.FirstOrDefault(t => t.Five.Any(f =>
                        verdict.Criterion.Text.StartsWith(f, StringComparison.Ordinal))) is not { } trait)
                    {
                        continue;
                    }

                    decided++;
                    if (verdict.Verdict != Of(
                        truths[trait.Name], verdict.Criterion.Section == CriterionSection.Exclusion))
                    {
                        wrong.Add(
                            $"{study.StudyId} {verdict.Criterion.Text}: {truths[trait.Name]}, but {verdict.Verdict}");
                    }
                }
            }
        }

        Assert.True(decided >= 240, $"{decided} verdicts");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(10)));
    }

    /// <summary>A study of a random choice of criteria on either side, with an age limit; its texts go through the
    /// parser.</summary>
    static (StudyEligibility Study, (string Trait, bool Exclude, int MinimumAge)[] Asked) Study(
        int number, Random random)
    {
        var chosen = Traits.OrderBy(_ => random.Next()).Take(random.Next(1, 6))
            .Select(t => (Trait: t, Exclude: random.Next(2) == 0)).ToArray();
        var age = random.Next(1, 4) * 18;
        var text = "Inclusion Criteria:\n\n* Age ≥ " + age.ToString(CultureInfo.InvariantCulture) + " years\n"
            + string.Concat(chosen.Where(c => !c.Exclude).Select(c => $"* {c.Trait.Ask}\n"))
            + "\nExclusion Criteria:\n\n"
            + string.Concat(chosen.Where(c => c.Exclude).Select(c => $"* {c.Trait.Ask}\n"));
        var criteria = CriteriaParser.Parse(new(text, []));
        var asked = chosen.OrderBy(c => c.Exclude).Select(c => (c.Trait.Name, c.Exclude, 0))
            .Prepend(("", false, age)).ToArray();
        Assert.Equal(asked.Length, criteria.Length);
        Assert.All(criteria, c => Assert.Equal(ParseStatus.Computable, c.Status));
        return (new($"NCT{number:00000000}", "A study", [], criteria), asked);
    }

    static (PatientRecord Record, int Age, Dictionary<string, Truth> Truths) Patient(Random random)
    {
        var age = random.Next(2, 90);
        var born = Day.AddYears(-age).AddDays(-random.Next(0, 360));
        var truths = Traits.ToDictionary(t => t.Name, _ => (Truth)random.Next(3));
        var resources = Traits.SelectMany(t => truths[t.Name] switch
        {
            Truth.Holds => [t.Yes(random)],
            Truth.Fails => [t.No(random)],
            _ => Distractors(t, random),
        });
        var bundle = BoundaryRecords.Of(
            new JsonObject
            {
                ["gender"] = "male", ["birthDate"] = born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            },
            [.. resources.OrderBy(_ => random.Next())]);
        return (
            PatientRecordReader.Read(ExamplePatients.Parse(Encoding.UTF8.GetBytes(bundle.ToJsonString())), Day).Record!,
            age, truths);
    }

    /// <summary>What looks like a statement and is none: entered in error, of another patient, of the future, not
    /// final.</summary>
    static JsonObject[] Distractors(Trait trait, Random random)
    {
        var resource = random.Next(2) == 0 ? trait.Yes(random) : trait.No(random);
        var isObservation = (string?)resource["resourceType"] == "Observation";
        switch (random.Next(4))
        {
            case 0:
                resource["subject"] = new JsonObject { ["reference"] = "Patient/somebody-else" };
                return [resource];
            case 1 when isObservation:
                resource["status"] = random.Next(2) == 0 ? "entered-in-error" : "registered";
                return [resource];
            case 2 when isObservation:
                resource["effectiveDateTime"] = Ago(-random.Next(1, 400));
                return [resource];
            default:
                return [];
        }
    }

    static Verdict Expected(
        (string Trait, bool Exclude, int MinimumAge) asked, int age, Dictionary<string, Truth> truths) =>
        asked.MinimumAge > 0
            ? age >= asked.MinimumAge ? Verdict.Met : Verdict.NotMet
            : Of(truths[asked.Trait], asked.Exclude);

    static Verdict Of(Truth truth, bool exclude) => truth switch
    {
        Truth.Open => Verdict.Unknown,
        Truth.Holds => exclude ? Verdict.NotMet : Verdict.Met,
        _ => exclude ? Verdict.Met : Verdict.NotMet,
    };

    static void Compare(StudyMatch match, Verdict[] expected, List<string> wrong)
    {
        foreach (var (verdict, truth) in match.Verdicts.Zip(expected).Where(p => p.First.Verdict != p.Second))
        {
            wrong.Add($"{verdict.Criterion.Section} {verdict.Criterion.Text}: made {truth}, but {verdict.Verdict} "
                + $"({string.Join("; ", verdict.Evidence.Select(e => e.Text).Concat(verdict.Missing))})");
        }

        var grade = expected.Contains(Verdict.NotMet) ? MatchGrade.NotEligible
            : expected.Contains(Verdict.Unknown) ? MatchGrade.PossiblyEligible
            : MatchGrade.Eligible;
        if (match.Grade != grade)
        {
            wrong.Add($"{match.StudyId}: made {grade}, but {match.Grade}");
        }
    }

    /// <summary>At least so much, in units in which the number is the same; true at the limit itself.</summary>
    static Trait Count(
        string name, string ask, string loinc, decimal limit, string[] units, params string[] five) => new(
            name, ask,
            r => Lab(loinc, limit + (limit * Pick(r, 0, 0.01m, 0.5m, 3)), units[r.Next(units.Length)], r),
            r => Lab(loinc, limit - (limit * Pick(r, 0.01m, 0.3m, 1)), units[r.Next(units.Length)], r),
            five);

    static Trait Limit(string name, string ask, string loinc, decimal limit, string unit) => new(
        name, ask,
        r => Lab(loinc, limit - (limit * Pick(r, 0, 0.01m, 0.7m)), unit, r),
        r => Lab(loinc, limit + (limit * Pick(r, 0.01m, 0.3m, 5)), unit, r));

    static Trait Multiple(string name, string ask, string loinc, decimal times)
    {
        return new(name, ask, r => Of(r, times - Pick(r, 0, 0.1m, 3)), r => Of(r, times + Pick(r, 0.1m, 2)));

        JsonObject Of(Random random, decimal multiple)
        {
            var normal = Pick(random, 30, 40, 55);
            var lab = Lab(loinc, multiple * normal, "U/L", random);
            lab["referenceRange"] = new JsonArray(new JsonObject { ["high"] = Quantity(normal, "U/L") });
            return lab;
        }
    }

    static Trait Score(string name, string ask, string loinc, int most)
    {
        return new(name, ask, r => Of(r, r.Next(0, most + 1)), r => Of(r, r.Next(most + 1, 5)));

        JsonObject Of(Random random, int value) => Resource(
            "Observation", ("status", "final"), ("code", Coded("http://loinc.org", loinc)),
            ("effectiveDateTime", Ago(random.Next(0, 20))), ("valueInteger", value));
    }

    /// <summary>Active or a recurrence; or resolved, or refuted.</summary>
    static Trait Disease(string name, string ask, string snomed) => new(
        name, ask,
        r => Has(snomed, r.Next(2) == 0 ? "active" : "recurrence", "confirmed"),
        r => r.Next(2) == 0 ? Has(snomed, "resolved", "confirmed") : Has(snomed, "active", "refuted"));

    static Trait Test(string name, string ask, string loinc)
    {
        return new(name, ask, r => Of(r, "Positive"), r => Of(r, r.Next(2) == 0 ? "Negative" : "Not detected"));

        JsonObject Of(Random random, string words) => Resource(
            "Observation", ("status", "final"), ("code", Coded("http://loinc.org", loinc)),
            ("effectiveDateTime", Ago(random.Next(0, 170))), ("valueString", words));
    }

    /// <summary>Done in the window; that it was done outside of it, or not at all, only a complete list could say: its
    /// absence is made by one that is.</summary>
    static Trait Given(string name, string ask, int days) => new(
        name, ask,
        r => Resource(
            "Procedure", ("status", "completed"), ("code", Coded("http://snomed.info/sct", "58390007")),
            ("performedDateTime", Ago(r.Next(0, days + 1)))),
        r => new JsonObject
        {
            ["resourceType"] = "List",
            ["status"] = "current",
            ["mode"] = "snapshot",
            ["date"] = Ago(r.Next(0, 80)),
            ["subject"] = new JsonObject { ["reference"] = "Patient/p" },
            ["code"] = Coded("http://loinc.org", "47519-4"),
            ["emptyReason"] = Status("nilknown"),
        });

    static JsonObject Has(string snomed, string clinical, string verification) => Resource(
        "Condition", ("code", Coded("http://snomed.info/sct", snomed)), ("clinicalStatus", Status(clinical)),
        ("verificationStatus", Status(verification)));

    static JsonObject Lab(string loinc, decimal value, string unit, Random random) =>
        Result(Coded("http://loinc.org", loinc), Quantity(value, unit), Ago(random.Next(0, 29)));

    static decimal Pick(Random random, params decimal[] values) => values[random.Next(values.Length)];
}
