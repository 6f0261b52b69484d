using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Fhir.Ucum;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Turns a concept with what is said of it into a clause: which kind of fact it is, and when it must hold
/// unless the text says.</summary>
static class Facts
{
    /// <summary>Places of leukemia and states of disease are spoken of in the present.</summary>
    static readonly ImmutableArray<string> InThePresent = ["extramedullary", "circulating-blasts", "cns-leukemia"];

    /// <summary>A component of the study product, which no criterion names: whoever has an allergy may be allergic to
    /// it.</summary>
    public const string UnnamedComponent = "product-excipient";

    /// <summary>Blasts in the marrow below this make disease elsewhere isolated (remission by marrow).</summary>
    const decimal IsolatedBelowBlastPercent = 5;

    public static Concept ConceptOf(VocabularyConcept concept) =>
        new(UnlistedTerms.IsUnlisted(concept.Key) || concept.Key == Eyesight.Key ? null : concept.Key, concept.Text);

    public static Clause Present(
        VocabularyConcept concept, FactStatus? status, Window? window, LeafSource source = default,
        bool allergy = false, VocabularyConcept? except = null)
    {
        if (concept.Key == "relapsed-refractory")
        {
            return new Clause.AnyOf([Of("relapsed", source), Of("refractory", source)]);
        }

        var meant = concept.Kind == ConceptKind.Test ? ConceptVocabulary.Default.Find(concept.Parents[0])! : concept;
        var kind = allergy ? FactKind.Allergy : KindOf(meant.Kind);
        var present = new Clause.Present(
            kind, ConceptOf(meant), allergy ? FactStatus.Any
                : status ?? DefaultStatus(meant, kind), window,
                except is null ? null : ConceptOf(except)) { Source = source };
        return meant.Key == "testicular-leukemia"
            ? new Clause.AllOf([new Clause.Sex("male") { Source = source }, present])
            : present;
    }

    /// <summary>Leukemia outside of a marrow in remission; blasts in the marrow rule it out. The words stay, for where
    /// the limit is they do not say.</summary>
    public static Clause Isolated(Clause present, Clause.Unread word) =>
        Clauses.Concepts(present).Any(k => ConceptVocabulary.Default.IsA(k, "extramedullary"))
            ? new Clause.AllOf(
            [
                present,
                new Clause.Measured(new(
                    MeasurementKind.Lab, ConceptOf(ConceptVocabulary.Default.Find("bm-blasts")!), Comparator.LessThan,
                    null, IsolatedBelowBlastPercent, "%", HighInclusive: false)) { Source = present.Source },
                word,
            ])
            : new Clause.AllOf([present, word]);

    public static Clause Measured(VocabularyConcept concept, Limits limits, Window? within, LeafSource source = default)
    {
        var isPoints = concept.Kind == ConceptKind.Score && limits.Unit is "%";
        var unit = isPoints ? concept.Unit : IsGiga(concept, limits.Unit) ? "10*9/L" : IsMillimolar(concept,
            limits.Unit) ? "mmol/L" : IsMercury(concept, limits.Unit) ? "mm[Hg]" : IsPerCubic(concept, limits.Unit)
                ? "/uL" : limits.Unit.Length > 0 ? limits.Unit
            : limits.RelativeTo is null && IsFraction(concept, limits) ? "1" : limits.RelativeTo is null
            && UnitBySize(concept, limits) is { } told ? told : UnstatedUnit(concept);
        unit = limits.RelativeTo is null && !CanBe(concept, limits, unit) ? "" : unit;
        return new Clause.Measured(new(
            MeasurementKindOf(concept.Kind), ConceptOf(concept), limits.Comparator, limits.Low, limits.High, unit,
            limits.LowInclusive, limits.HighInclusive, limits.RelativeTo, within)) { Source = source };
    }

    /// <summary>Of what is told in per cent a number up to 1 without a unit is a part of one: <c>LVEF &lt;
    /// 0.40</c>.</summary>
    static bool IsFraction(VocabularyConcept concept, Limits limits) =>
        concept is { Unit: "%", Kind: ConceptKind.Vital } && limits.Unit.Length == 0
        && (limits.High ?? limits.Low) is > 0 and <= 1;

    /// <summary>Where only one unit can be meant by a number of that size: from, to (not included), unit. No platelet
    /// count is asked for in hundreds a microliter, no temperature of 38 is in Fahrenheit.</summary>
    static readonly ImmutableArray<(string Key, decimal From, decimal To, string Unit)> Sizes =
    [
        ("platelets", 5, 1_000, "10*9/L"), ("platelets", 5_000, 1_000_000, "/uL"),
        ("anc", 0.1m, 20, "10*9/L"), ("anc", 100, 20_000, "/uL"),
        ("wbc", 0.1m, 100, "10*9/L"), ("wbc", 500, 100_000, "/uL"),
        ("lymphocytes", 0.1m, 20, "10*9/L"), ("lymphocytes", 100, 20_000, "/uL"),
        ("cd4", 20, 2_000, "/uL"),
        ("body-temperature", 34, 43, "Cel"), ("body-temperature", 94, 109, "[degF]"),
        ("egfr", 5, 150, "mL/min/{1.73_m2}"), ("creatinine-clearance", 5, 150, "mL/min"),
    ];

    /// <summary>The unit of a number without one, as its size tells; null where it does not.</summary>
    static string? UnitBySize(VocabularyConcept concept, Limits limits)
    {
        foreach (var (key, from, to, unit) in Sizes)
        {
            if (key == concept.Key && (limits.Low is null || (limits.Low >= from && limits.Low < to))
                && (limits.High is null || (limits.High >= from && limits.High < to)))
            {
                return unit;
            }
        }

        return null;
    }

    /// <summary>Between which numbers any limit must lie, widely; beyond them the text has another unit than it means
    /// (<c>hemoglobin ≥ 10 mg/dL</c>, <c>platelets ≥ 100/µL</c>).</summary>
    static readonly FrozenDictionary<string, (string Unit, decimal From, decimal To)> Possible = new Dictionary<string,
        (string, decimal, decimal)>
    {
        ["hemoglobin"] = ("g/dL", 3, 25), ["albumin"] = ("g/dL", 0.5m, 8), ["platelets"] = ("10*9/L", 1, 3_000),
            ["anc"] = ("10*9/L", 0.01m, 100),
        ["wbc"] = ("10*9/L", 0.05m, 1_000), ["lymphocytes"] = ("10*9/L", 0.01m, 1_000), ["creatinine"] = ("mg/dL",
            0.1m, 30),
        ["bilirubin"] = ("mg/dL", 0.1m, 60), ["creatinine-clearance"] = ("mL/min", 1, 300),
            ["egfr"] = ("mL/min/{1.73_m2}", 1, 300),
        ["potassium"] = ("mmol/L", 1, 12), ["sodium"] = ("mmol/L", 80, 200), ["hba1c"] = ("%", 2, 25),
            ["triglycerides"] = ("mg/dL", 5, 20_000), ["body-temperature"] = ("Cel", 25, 45),
        ["ecog"] = ("{score}", 0, 5), ["karnofsky"] = ("{score}", 10, 100), ["lansky"] = ("{score}", 10, 100),
            ["nyha"] = ("{score}", 1, 4),
        ["iss-stage"] = ("{score}", 1, 3), ["qtc"] = ("ms", 250, 800), ["heart-rate"] = ("/min", 20, 300),
            ["respiratory-rate"] = ("/min", 4, 100), ["oxygen-saturation"] = ("%", 30, 100),
        ["glucose"] = ("mg/dL", 15, 2_000), ["fasting-glucose"] = ("mg/dL", 15, 2_000), ["calcium"] = ("mg/dL", 3, 20),
            ["ldl"] = ("mg/dL", 5, 1_000),
        ["total-cholesterol"] = ("mg/dL", 20, 2_000), ["gestational-age"] = ("wk", 1, 45),
        ["bmi"] = ("kg/m2", 5, 120), ["systolic-bp"] = ("mm[Hg]", 40, 350), ["diastolic-bp"] = ("mm[Hg]", 15, 250),
    }.ToFrozenDictionary();

    static bool CanBe(VocabularyConcept concept, Limits limits, string unit)
    {
        if (unit.Length == 0 || !Possible.TryGetValue(concept.Key, out var range))
        {
            return true;
        }

        return Lies(limits.Low) && Lies(limits.High);

        bool Lies(decimal? limit) => limit is not { } value
            || (unit == range.Unit
                ? value
                : UnitConversion.Convert(value, unit, range.Unit, concept.Key)) is not { } converted
            || (converted >= range.From && converted <= range.To);
    }

    /// <summary>What is only harmful when high.</summary>
    static readonly ImmutableHashSet<string> HighOnly =
        [
            "creatinine", "bilirubin", "direct-bilirubin", "ast", "alt", "alp", "ggt", "transaminases", "liver-enzymes",
            "ldh", "inr", "pt", "aptt", "troponin",
            "bun", "urea", "crp", "lipase", "amylase", "creatine-kinase", "uric-acid", "bnp", "nt-probnp"];

    public static bool IsHighOnly(string key) => HighOnly.Contains(key);

    /// <summary>Between the limits of normal: below the upper one and, where low values matter, above the
    /// lower.</summary>
    public static IEnumerable<Clause> Normal(VocabularyConcept concept, Window? within, LeafSource source)
    {
        yield return Measured(concept, new(null, 1, true, true, "1", ReferenceLimit.Uln), within, source);
        if (!IsHighOnly(concept.Key))
        {
            yield return Measured(concept, new(1, null, true, true, "1", ReferenceLimit.Lln), within, source);
        }
    }

    /// <summary>What a laboratory finds at all: <c>minimal residual disease</c> without a limit.</summary>
    public static Measurement Detected(Clause.Present present, VocabularyConcept concept) => new(
        MeasurementKind.Lab, present.Concept, Comparator.GreaterThan, 0, null, concept.Unit, LowInclusive: false,
        Within: present.Window);

    /// <summary>A measurement that only its words name.</summary>
    public static Clause Measured(string name, Limits limits, Window? within, LeafSource source) =>
        new Clause.Measured(new(
            limits.Unit switch
            {
                "" or "1" => MeasurementKind.Score,
                "mm[Hg]" or "/min" or "kg" or "cm" or "kg/m2" or "Cel" or "[degF]" => MeasurementKind.Vital,
                _ => MeasurementKind.Lab,
            },
            new(null, name), limits.Comparator, limits.Low, limits.High, limits.Unit, limits.LowInclusive,
            limits.HighInclusive, limits.RelativeTo, within)) { Source = source };

    /// <summary>The unit that a number without one has: the concept's, where only that one is in use.</summary>
    static string UnstatedUnit(VocabularyConcept concept) =>
        concept.Unit is "{score}" or "1" or "a" or "mm[Hg]" or "kg/m2" or "/min" or "ms"
            || (concept.Unit == "%" && concept.Kind == ConceptKind.Vital) ? concept.Unit : "";

    /// <summary>More steps than any scale has whose steps are named one by one (<c>NYHA class 3</c>, <c>GCS 15</c>); of
    /// a scale of points (<c>Karnofsky 70</c>) one number alone is a limit that lost its sign.</summary>
    const int MostSteps = 15;

    /// <summary>Whether the limits can be meant of the concept: a value that must equal a number has lost its
    /// comparison sign, and a unit of something else belongs to something else.</summary>
    public static bool CanMeasure(VocabularyConcept concept, Limits limits) =>
        (limits.Comparator != Comparator.Equal
            || (concept.Kind == ConceptKind.Score && limits is { IsTime: false, High: <= MostSteps }))
        && (limits.RelativeTo is not null || limits.Unit.Length == 0 || IsUnitOf(concept, limits.Unit));

    /// <summary>Whether the concept is measured in such a unit: no weight in per cent, no score in months, no
    /// concentration in grams. Mass and amount of substance in a volume both are concentrations.</summary>
    static bool IsUnitOf(VocabularyConcept concept, string unit) => concept.Unit.Length == 0
        || Ucum.AreCommensurable(unit, concept.Unit is "{score}" ? "%" : concept.Unit) is not false
        || IsGiga(concept, unit) || IsMillimolar(concept, unit) || IsMercury(concept, unit) || IsPerCubic(concept, unit)
        || (concept.Kind == ConceptKind.Lab && IsPerAnother(unit) && IsPerAnother(concept.Unit)
        && IsCount(unit) == IsCount(concept.Unit));

    /// <summary><c>G/L</c> of what is counted is giga per litre, not grams.</summary>
    static bool IsGiga(VocabularyConcept concept, string unit) => unit == "g/L" && IsCount(concept.Unit);

    /// <summary><c>mM</c> of what is dissolved is no length.</summary>
    static bool IsMillimolar(VocabularyConcept concept, string unit) =>
        unit == "mm" && concept.Kind == ConceptKind.Lab && IsPerAnother(concept.Unit) && !IsCount(concept.Unit);

    /// <summary>A pressure in <c>mm</c>.</summary>
    static bool IsMercury(VocabularyConcept concept, string unit) => unit == "mm" && concept.Unit == "mm[Hg]";

    /// <summary><c>1500 mm3</c> of cells is a count in it.</summary>
    static bool IsPerCubic(VocabularyConcept concept, string unit) => unit == "mm3" && IsCount(concept.Unit);

    /// <summary>Cells in a volume: <c>10*9/L</c>, <c>/uL</c>.</summary>
    static bool IsCount(string unit) => unit.StartsWith('/') || unit.StartsWith("10*", StringComparison.Ordinal);

    static bool IsPerAnother(string unit) => unit.Contains('/', StringComparison.Ordinal);

    static Clause Of(string key, LeafSource source) =>
        Present(ConceptVocabulary.Default.Find(key)!, null, null, source);

    static FactStatus DefaultStatus(VocabularyConcept concept, FactKind kind) => kind switch
    {
        FactKind.Therapy or FactKind.Procedure => FactStatus.History,
        FactKind.Pregnancy => FactStatus.Current,
        FactKind.Condition => concept.Kind == ConceptKind.Status
            || InThePresent.Any(k => ConceptVocabulary.Default.IsA(concept.Key, k))
            ? FactStatus.Current
            : FactStatus.Any,
        FactKind.Allergy or FactKind.Genomic => FactStatus.Any,
    };

    static FactKind KindOf(ConceptKind kind) => kind switch
    {
        ConceptKind.Condition or ConceptKind.Status or ConceptKind.Test or ConceptKind.Population
            or ConceptKind.Demographic
            or ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score => FactKind.Condition,
        ConceptKind.Genomic => FactKind.Genomic,
        ConceptKind.Pregnancy => FactKind.Pregnancy,
        ConceptKind.Therapy or ConceptKind.Drug or ConceptKind.Substance => FactKind.Therapy,
        ConceptKind.Procedure => FactKind.Procedure,
    };

    static MeasurementKind MeasurementKindOf(ConceptKind kind) => kind switch
    {
        ConceptKind.Demographic => MeasurementKind.Age,
        ConceptKind.Vital => MeasurementKind.Vital,
        ConceptKind.Score => MeasurementKind.Score,
        ConceptKind.Lab or ConceptKind.Test or ConceptKind.Condition or ConceptKind.Status or ConceptKind.Genomic
            or ConceptKind.Pregnancy
            or ConceptKind.Population or ConceptKind.Therapy or ConceptKind.Drug or ConceptKind.Substance
                or ConceptKind.Procedure => MeasurementKind.Lab,
    };
}
