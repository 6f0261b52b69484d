using System.Text.Json;
using FhirTrials.Fhir.Ucum;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Tests.Gold;

/// <summary>One thing that a criterion says, in a form in which labels and readings compare: a limit of a measured
/// value, a fact, or a time.</summary>
abstract record Statement
{
    /// <param name="Unit">Canonical UCUM, or ULN, LLN; empty for scores.</param>
    public sealed record Limit(bool IsAge, Named What, bool IsLow, decimal Value, bool Inclusive, string Unit)
        : Statement
    {
        public bool HasSameNumber(Limit other) => IsAge == other.IsAge && IsLow == other.IsLow
            && Math.Abs(Value - other.Value) <= Math.Abs(Value) * 0.000001m;
    }

    public sealed record Fact(string Kind, Named What, bool Negated) : Statement;

    /// <param name="Days">The length; null where only a relation is said.</param>
    /// <param name="Direction">within (before the anchor), before (longer ago), after.</param>
    public sealed record Time(decimal Days, string Direction) : Statement;

    public static IEnumerable<Statement> Of(JsonElement leaf, bool negated)
    {
        negated ^= leaf.TryGetProperty("negated", out var n) && n.GetBoolean();
        var kind = leaf.GetProperty("kind").GetString()!;
        var what = new Named(
            leaf.TryGetProperty("concept", out var concept) ? concept.GetProperty("text").GetString()! : "age");
        var isLimited = leaf.TryGetProperty("comparator", out var comparator);
        if (isLimited)
        {
            var word = comparator.GetString();
            var unit = leaf.TryGetProperty("relativeTo", out var limit) ? limit.GetString()!
                : leaf.TryGetProperty("unit", out var u) && kind is "age" or "lab" or "vital" ? u.GetString()! : "";
            foreach (var (name, isLow) in new[] { ("low", true), ("high", false) })
            {
                if (leaf.TryGetProperty(name, out var value))
                {
                    yield return LimitOf(
                        kind == "age", what, isLow, value.GetDecimal(), word is not ("gt" or "lt"), unit, negated);
                }
            }
        }

        if (FactKindOf(kind) is { } fact && !(isLimited && kind == "lab"))
        {
            yield return new Fact(fact, what, negated);
        }

        if (leaf.TryGetProperty("window", out var window) && window.TryGetProperty("value", out var length)
            && window.GetProperty("direction").GetString() is "within" or "before" or "after")
        {
            yield return new Time(
                length.GetDecimal() * DaysIn(window.GetProperty("unit").GetString()!),
                window.GetProperty("direction").GetString()!);
        }
    }

    public static IEnumerable<Statement> Of(Clause clause, bool negated = false) => clause switch
    {
        Clause.AllOf all => all.Clauses.SelectMany(c => Of(c, negated)),
        Clause.AnyOf any => any.Clauses.SelectMany(c => Of(c, negated)),
        Clause.AtLeast some => some.Clauses.SelectMany(c => Of(c, negated)),
        Clause.Not not => Of(not.Inner, !negated),
        Clause.Measured { Measurement: var m } => [.. LimitsOf(m, negated), .. TimeOf(m.Within)],
        Clause.Present present => [.. FactsOf(present, negated), .. TimeOf(present.Window)],
        Clause.Unread unread => TimeOf(unread.Window),
        _ => [],
    };

    static IEnumerable<Statement> LimitsOf(Measurement m, bool negated)
    {
        var unit = m.RelativeTo is { } limit ? limit.ToString().ToUpperInvariant()
            : m.Kind == MeasurementKind.Score ? ""
            : m.Unit;
        var what = new Named(m.Concept.Key, m.Concept.Text);
        var isAge = m.Kind == MeasurementKind.Age;
        return from end in new[]
        {
            (m.Low, IsLow: true, m.LowInclusive), (Low: m.High, IsLow: false, LowInclusive: m.HighInclusive),
        }
               where end.Low is not null
               select LimitOf(isAge, what, end.IsLow, end.Low!.Value, end.LowInclusive, unit, negated);
    }

    static IEnumerable<Statement> FactsOf(Clause.Present present, bool negated)
    {
        yield return new Fact(
            present.Kind == FactKind.Genomic ? "condition" : present.Kind.ToString().ToLowerInvariant(),
            new(present.Concept.Key, present.Concept.Text), negated);
        if (present.Except is { } except)
        {
            yield return new Fact("condition", new(except.Key, except.Text), !negated);
        }
    }

    static IEnumerable<Statement> TimeOf(Window? window) => window is null ? []
        : [new Time(window.Value * DaysIn(window.Unit), window.Direction switch
        {
            WindowDirection.Before => "within",
            WindowDirection.MoreThanBefore => "before",
            WindowDirection.After => "after",
        })];

    /// <summary>Not at least is less than.</summary>
    static Limit LimitOf(
        bool isAge, Named what, bool isLow, decimal value, bool inclusive, string unit, bool negated) =>
        new(isAge, what, isLow ^ negated, Canonical(value, unit, out var canonical), inclusive ^ negated, canonical);

    static decimal Canonical(decimal value, string unit, out string canonical)
    {
        if (unit is not ("" or "ULN" or "LLN") && Ucum.TryCanonical(value, unit, out decimal converted, out canonical))
        {
            return converted;
        }

        canonical = unit is "{score}" ? "" : unit;
        return value;
    }

    static string? FactKindOf(string kind) => kind switch
    {
        "condition" or "lab" => "condition",
        "therapy" or "procedure" or "pregnancy" or "allergy" => kind,
        _ => null,
    };

    static decimal DaysIn(string unit) => unit switch
    {
        "h" => 1 / 24m,
        "d" => 1,
        "wk" => 7,
        "mo" => 30.4375m,
        "a" => 365.25m,
        _ => 0,
    };
}

/// <summary>A name, and the vocabulary's concept that it names.</summary>
sealed record Named(string? Key, string Text)
{
    public Named(string text) : this(ConceptVocabulary.Default.Lookup(text)?.Key, text)
    {
    }

    /// <summary>A test's positive result states its condition.</summary>
    string? Meant =>
        Key is not null && ConceptVocabulary.Default.Find(Key) is { Kind: ConceptKind.Test, Parents: [var condition] }
            ? condition
            : Key;

    public bool Is(Named other) => Meant is { } key ? key == other.Meant
        : other.Meant is null
            && TermText.Words(Text).Select(Singular).SequenceEqual(TermText.Words(other.Text).Select(Singular));

    static string Singular(string word) => word.Length > 3 ? word.TrimEnd('s') : word;

    /// <summary>Whether one is a kind of the other, or they share a word that tells something.</summary>
    public bool IsNear(Named other) => Is(other)
        || (Meant is { } one && other.Meant is { } two
            && (ConceptVocabulary.Default.IsA(one, two) || ConceptVocabulary.Default.IsA(two, one)))
        || Telling(Text).Intersect(Telling(other.Text)).Any();

    static IEnumerable<string> Telling(string text) => TermText.Words(text).Where(w => w.Length > 3);
}
