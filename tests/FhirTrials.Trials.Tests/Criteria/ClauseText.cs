using System.Globalization;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>A clause in one line, for tables of expectations: <c>all(b-all, anc &gt;= 500 /uL, not(hiv current),
/// ?(consent))</c>.</summary>
static class ClauseText
{
    /// <summary>Of the only criterion of a text that includes.</summary>
    public static string Inclusion(string text) => Of(Assert.Single(CriteriaParser.Parse(new(text, []))));

    /// <summary>Of the only criterion of a text that excludes.</summary>
    public static string Exclusion(string text) =>
        Of(Assert.Single(CriteriaParser.Parse(new($"Exclusion Criteria:\n\n* {text}", []))));

    public static string Of(Clause clause) => clause switch
    {
        Clause.AllOf all => $"all({Join(all.Clauses)})",
        Clause.AnyOf any => $"any({Join(any.Clauses)})",
        Clause.AtLeast some => $"atleast({some.Count}, {Join(some.Clauses)})",
        Clause.Not not => $"not({Of(not.Inner)})",
        Clause.Sex sex => sex.Gender,
        Clause.Unread unread =>
            unread.Kind == UnreadKind.Other ? $"?({Short(unread.Text)})" : $"?{unread.Kind}({Short(unread.Text)})",
        Clause.Measured measured => Of(measured.Measurement),
        Clause.Present present => Of(present),
        _ => throw new InvalidOperationException($"No clause is a {clause.GetType().Name}."),
    };

    public static string Of(Measurement m)
    {
        var unit = m.RelativeTo is { } limit ? $" {limit}" : m.Unit is "" or "{score}" or "1" ? "" : $" {m.Unit}";
        var limits = m.Comparator switch
        {
            Comparator.LessThan => $"< {Text(m.High)}",
            Comparator.LessOrEqual => $"<= {Text(m.High)}",
            Comparator.GreaterThan => $"> {Text(m.Low)}",
            Comparator.GreaterOrEqual => $">= {Text(m.Low)}",
            Comparator.Equal => $"= {Text(m.Low)}",
            Comparator.Between =>
                $"{(m.LowInclusive ? '[' : '(')}{Text(m.Low)}..{Text(m.High)}{(m.HighInclusive ? ']' : ')')}",
        };
        return $"{m.Concept.Key ?? m.Concept.Text} {limits}{unit}{Of(m.Within)}";
    }

    public static string Of(Criterion criterion) => Of(criterion.Clause);

    static string Of(Clause.Present p)
    {
        var kind = p.Kind == FactKind.Allergy ? "allergy:" : "";
        var status = p.Status == FactStatus.Any ? "" : $" {p.Status.ToString().ToLowerInvariant()}";
        var except = p.Except is { } e ? $" except {e.Key}" : "";
        return $"{kind}{p.Concept.Key ?? p.Concept.Text}{except}{status}{Of(p.Window)}";
    }

    static string Of(Window? w) => w is null ? "" : w.Direction switch
    {
        WindowDirection.Before => $" <{Text(w.Value)}{w.Unit}",
        WindowDirection.MoreThanBefore => $" >{Text(w.Value)}{w.Unit}",
        WindowDirection.After => $" +{Text(w.Value)}{w.Unit}",
    } + (w.Anchor == "treatment" ? "" : $"@{w.Anchor}");

    static string Text(decimal? value) => value?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "";

    static string Short(string text) => text.Length <= 48 ? text : $"{text[..47]}…";

    static string Join(IEnumerable<Clause> clauses) => string.Join(", ", clauses.Select(Of));
}
