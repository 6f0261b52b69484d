using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using FhirTrials.Tests;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.Tests.Judges;

/// <summary>Our conversions against those of npm's <c>@lhncbc/ucum-lhc</c>: they agree but
/// for the units listed here.</summary>
public sealed class UcumJudgeTests
{
    const double Tolerance = 1e-9;

    static readonly XNamespace Essence = "http://unitsofmeasure.org/ucum-essence";

    /// <summary>The units on which the two differ, what the judge does there, and why we hold to our answer.</summary>
    static Difference[] Known() =>
    [
        new(
            [.. Table().Elements(Essence + "unit").Where(u => u.Attribute("isArbitrary")?.Value == "yes").Select(Code)],
            Judged.Refuses,
            "it refuses arbitrary units even into themselves, and [IU] into [iU], which the table equates"),
        new(
            ["mol", "eq", "osm", "kat", "U", "[pH]"], Judged.Refuses,
            "a mole is a number of things in UCUM's table; it makes it a dimension"),
        new(
            ["u", "[h]", "[k]", "[e]", "[m_e]", "[m_p]", "[G]", "eV", "[eps_0]", "[pH]"], Judged.HasOlderValue,
            "its physical constants precede those of the table's version 2.2"),
        new(["[degRe]"], Judged.Errs, "it has 0 °Ré, the freezing point, at other than 273.15 K"),
        new(["%[slope]"], Judged.Errs, "its slope of 100 % is an angle of 0.785 degrees, which are radians"),
        new(
            ["[diop]", "[mesh_i]", "Bd"], Judged.Errs,
            "what is defined as one per metre or second it takes for a length or a time"),
        new(
            ["[p'diop]", "[hp'_X]", "[hp'_C]", "[hp'_M]", "[hp'_Q]"], Judged.Refuses,
            "it lacks their functions and fails inside"),
        new(["[LPF]"], Judged.Errs, "the table's version 2.2 has 100, it has 1"),
        new(["[NTU]", "[FNU]"], Judged.Refuses, "its table precedes them"),
    ];

    [Fact]
    public async Task Every_unit_of_the_published_table_converts_as_the_judge_says()
    {
        var cases = Table().Elements(Essence + "unit").SelectMany(unit =>
        {
            var value = unit.Element(Essence + "value")!;
            var reference = (value.Element(Essence + "function") ?? value).Attribute("Unit")!.Value;
            var (here, there) = (new Term(Code(unit), [Code(unit)]), new Term(reference, []));
            return new[] { new Case(2, here, there), new Case(2, there, here) };
        }).ToList();

        Assert.Equal(610, cases.Count);
        Assert.Equal([], await AssertAgreement(cases));
    }

    [Fact]
    public async Task Five_thousand_random_conversions_give_what_the_judge_says()
    {
        var random = new Random(20260321);
        var terms = RandomTerms(random, 4_000);
        var families = terms.GroupBy(t => Dimension(t.Text)).Where(g => g.Key is not null && g.Count() > 1)
            .Select(g => g.ToArray()).ToArray();
        var cases = Enumerable.Range(0, 5_000).Select(i =>
        {
            // Every fifth pair is any two units, which mostly cannot be converted: both must say so.
            var family = i % 5 == 0 ? terms : families[random.Next(families.Length)];
            return new Case(
                random.Next(1, 1_000_000) / 1_000m, family[random.Next(family.Length)],
                family[random.Next(family.Length)]);
        }).ToList();

        Assert.InRange(families.Length, 100, 10_000);
        await AssertAgreement(cases);
    }

    /// <summary>Units with random prefixes, and products, quotients and powers of these.</summary>
    static Term[] RandomTerms(Random random, int count)
    {
        var table = Table();
        var prefixes = table.Elements(Essence + "prefix").Select(Code).ToArray();
        var units = table.Elements(Essence + "base-unit").Concat(table.Elements(Essence + "unit")).ToArray();
        var factors = units.Where(u => u.Attribute("isSpecial") is null && !char.IsDigit(Code(u)[^1])
            && !Code(u).StartsWith("10", StringComparison.Ordinal)).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => (i % 4) switch
        {
            0 => Any(units),
            1 => Joined("/"),
            2 => Joined("."),
            _ => Any(factors).To(random.Next(2, 4)),
        })];

        Term Joined(string op)
        {
            var (left, right) = (Any(factors), Any(factors));
            return new(left.Text + op + right.Text, [.. left.Units, .. right.Units]);
        }

        Term Any(XElement[] from)
        {
            var unit = from[random.Next(from.Length)];
            var isMetric = unit.Name.LocalName == "base-unit" || unit.Attribute("isMetric")!.Value == "yes";
            return new(
                (isMetric && random.Next(2) == 0 ? prefixes[random.Next(prefixes.Length)] : "") + Code(unit),
                [Code(unit)]);
        }
    }

    /// <summary>Asks the judge and compares. What of the known differences was not met.</summary>
    static async Task<List<string>> AssertAgreement(List<Case> cases)
    {
        var input = new JsonArray([.. cases.Select(c => new JsonArray(c.Value, c.From.Text, c.To.Text))]);
        var answers = await NodeJudge.Ask("ucum.mjs", "@lhncbc/ucum-lhc", input);
        Assert.Equal(cases.Count, answers.Length);
        var known = Known();
        var met = new HashSet<string>();
        var unexplained = new List<string>();
        foreach (var (c, answer) in cases.Zip(answers))
        {
            double? judged = answer.ValueKind == JsonValueKind.Number ? answer.GetDouble() : null;
            var ours = Convert(c.Value, c.From.Text, c.To.Text);
            if (AreNear(ours, judged, Tolerance))
            {
                continue;
            }

            if (known.FirstOrDefault(k => k.Explains(c, ours, judged)) is { } reason)
            {
                met.Add(reason.Reason);
            }
            else
            {
                unexplained.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{c.Value} {c.From.Text} in {c.To.Text}: ours {ours}, the judge's {judged}"));
            }
        }

        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
        return [.. known.Select(k => k.Reason).Except(met)];
    }

    /// <summary>The conversion; where no decimal holds the result, the fraction that it would have been. Null where the
    /// units do not convert.</summary>
    static double? Convert(decimal value, string from, string to) =>
        Units.TryConvert(value, from, to, out var exact) ? (double)exact
        : Units.Find(from) is { } source && Units.Find(to) is { } target && source.IsCommensurableWith(target)
            && source.ToCanonical(value) is { } canonical && target.FromCanonical(canonical) is { } fraction
            && (double)fraction is var rough && double.IsFinite(rough) ? rough
        : null;

    static bool AreNear(double? left, double? right, double tolerance) => (left, right) switch
    {
        (null, null) => true,
        ({ } l, { } r) => Math.Abs(l - r) <= tolerance * Math.Max(Math.Abs(l), Math.Abs(r)),
        _ => false,
    };

    static string? Dimension(string unit) => Units.TryCanonical(1.0, unit, out _, out var canonical) ? canonical : null;

    static XElement Table() => XDocument.Load(Repository.SharedData("ucum", "ucum-essence.xml")).Root!;

    static string Code(XElement unit) => unit.Attribute("Code")!.Value;

    enum Judged
    {
        Refuses,
        HasOlderValue,
        Errs,
    }

    /// <param name="Units">The table's units in it, without their prefixes.</param>
    sealed record Term(string Text, string[] Units)
    {
        public Term To(int exponent) => this with { Text = Text + exponent.ToString(CultureInfo.InvariantCulture) };
    }

    sealed record Case(decimal Value, Term From, Term To);

    sealed record Difference(string[] Units, Judged Judged, string Reason)
    {
        public bool Explains(Case c, double? ours, double? judged) =>
            c.From.Units.Concat(c.To.Units).Intersect(Units).Any() && Judged switch
            {
                Judged.Refuses => ours is not null && judged is null,
                Judged.HasOlderValue => AreNear(ours, judged, 2e-3),
                Judged.Errs => true,
            };
    }
}
