using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>A measured value against limits: the results of the latest day, in any unit that is known to convert, while
/// fresh. One pass makes of each Observation its verdict and its day as one text (<c>t2026-11-18</c>), a second keeps
/// the latest; results of one day that differ, and dates without a day, leave it undecided.</summary>
static class ResultExpression
{
    const string Day =
        "iif(effective.exists(), iif(effective.ofType(dateTime).exists(), effective.ofType(dateTime).toString(), "
        + "today().toString().substring(0, 4)), issued.toString()).substring(0, 10)";

    const string Unit = "iif(code.exists(), code, unit)";

    const string Agreed = "aggregate(iif($total = '' or $total = $this, $this, 'u'), '')";

    const string Latest =
        "aggregate(iif($this.substring(1) & '-99' > $total.substring(1) & '-99', $this, iif($this = $total or "
        + "$this.substring(1) & '-99' < $total.substring(1) & '-99', $total, 'u' & $this.substring(1))), 'u0')";

    /// <summary>The expression, or null where none says it.</summary>
    public static string? Of(Measurement m)
    {
        if (m.Concept.Key is not { } key || Position.Limits(m).IsEmpty || Fresh(m, key) is not { } fresh
            || ConceptTest.Of([.. WithNarrower(key)], namesBesideCodes: false) is not { } coded
            || Verdicts(m, key) is not { } verdicts)
        {
            return null;
        }

        return $"{Snippets.Resources}.ofType(Observation)"
            + ".where(status in ('final' | 'amended' | 'corrected' | 'preliminary') and "
            + $"{Snippets.IsMine("subject | focus")})"
            + $".select(($this | component).where(code.where({coded}).exists()).select({verdicts}).{Agreed} & {Day})"
            + $".where($this >= 'f' and substring(1) <= {Snippets.Today})"
            + ".select(iif(length() < 11, 'u' & substring(1), $this))"
            + $".{Latest}{fresh}"
            + $".select(iif(startsWith('t'), true, iif(startsWith('f'), false, {Snippets.Unknown})))";
    }

    static IEnumerable<VocabularyConcept> WithNarrower(string key) =>
        ConceptVocabulary.Default.WithNarrower(key).Select(c =>
            c.Key == "bm-blasts" ? c with { Synonyms = [.. c.Synonyms.Where(IsOfMarrow)] } : c);

    /// <summary>Blasts may be of the blood as well.</summary>
    static bool IsOfMarrow(string name) => TermText.Words(name).Any(w => w is "marrow" or "bm" or "bmb");

    /// <summary>Leaves out what is stale; null where the window is no span of days.</summary>
    static string? Fresh(Measurement m, string key) =>
        m.Within is { } window ? Snippets.DayBefore(window.Value, window.Unit) is { } day ? From(day) : null
        : Freshness.Default.Of(key) is { } days ? From(Snippets.DayBefore(days, "d")!)
        : "";

    static string From(string day) => $".where(substring(1) >= {day})";

    /// <summary>The verdict on an Observation or component: <c>t</c>, <c>f</c>, <c>u</c>, or nothing where it has no
    /// number.</summary>
    static string? Verdicts(Measurement m, string key)
    {
        var verdict = $".select({Position.Verdict(m, CanDenyBelow(m, key))})";
        var letter = Position.Letter(Position.Limits(m));
        return m.Kind == MeasurementKind.Score
            ? $"(value.ofType(Quantity).where(value.exists()).select(value.select({letter}) & comparator) "
                + $"| value.ofType(integer).select({letter}) | value.ofType(Range).select('')){verdict}"
            : m.RelativeTo is { } limit ? Relative(limit, letter) + verdict
            : Absolute(m, key) is { } letters ? letters + verdict
            : null;
    }

    /// <summary>That no blasts are seen under the microscope does not deny that there are fewer: minimal residual
    /// disease tells.</summary>
    static bool CanDenyBelow(Measurement m, string key) =>
        !(key == "bm-blasts" && m is { Unit: "%", Low: > 0 and < 1 });

    /// <summary>The limits are converted, never the value: so no engine's rounding matters.</summary>
    static string? Absolute(Measurement m, string key)
    {
        var groups = m.Unit.Length == 0 ? [] : UnitLimits.Of(key, m.Unit, Position.Limits(m));
        var letter = groups.Reverse().Aggregate("''", (otherwise, group) =>
            $"iif({Unit} in {Snippets.Union(group.Units)}, value.select({Position.Letter(group.Limits)}),"
            + $" {otherwise})");
        return groups.IsEmpty ? null
            : $"(value.ofType(Quantity).where(value.exists()).select({letter} & comparator) | value.ofType(integer)"
                + ".select('') | value.ofType(Range).select(''))";
    }

    /// <summary>As a multiple of the limit of normal, of which there must be one, in the value's unit.</summary>
    static string Relative(ReferenceLimit limit, string letter)
    {
        var end = limit switch
        {
            ReferenceLimit.Uln => "high",
            ReferenceLimit.Lln => "low",
        };
        var normal =
            $"referenceRange.where(type.coding.code.first().empty() or type.coding.code.first() = 'normal').{end}";
        const string quantity = "value.ofType(Quantity)";
        return $"where({quantity}.value.exists() or value.ofType(integer).exists() or value.ofType(Range).exists())"
            + $".select(iif({normal}.value.distinct().count() = 1 and {normal}.value.first() > 0"
            + $" and {normal}.select({Unit}).distinct().subsetOf({quantity}.select({Unit})),"
            + $" ({quantity}.value / {normal}.value.first()).round(8).select({letter}) & {quantity}.comparator, ''))";
    }
}
