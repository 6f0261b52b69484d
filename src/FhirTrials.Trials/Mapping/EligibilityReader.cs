using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Mapping;

/// <summary>Characteristics of an eligibility Group → criteria; the inverse of
/// <see cref="EligibilityMapper"/>.</summary>
public static class EligibilityReader
{
    const int MaxDepth = 32;

    /// <summary>Clauses of a Group that are read, at most: contained Groups that name each other would else unfold to
    /// any number.</summary>
    const int MaxClauses = 20_000;

    /// <summary>Characters of all their words, at most.</summary>
    const int MaxWords = 20_000_000;

    /// <summary>The greatest number of a criterion; a greater one is none.</summary>
    const int MaxNumber = 1_000_000;

    /// <summary>The criteria in the Group's order. A characteristic that is none of ours (no source extension) is left
    /// out; one that cannot be read is kept as text.</summary>
    public static ImmutableArray<Criterion> Read(Element group) =>
        [.. ReadEach(group).Select(c => c.Criterion).OfType<Criterion>()];

    /// <summary>Each characteristic of a Group; without a criterion where it is none of ours.</summary>
    public static IEnumerable<(Element Characteristic, Criterion? Criterion)> ReadEach(Element group)
    {
        var contained = Contained(group);
        return group["characteristic"].Select(c => (c, Criterion(c, contained)));
    }

    static Nested Contained(Element group) =>
        new(group["contained"].Where(c => c.Type.Name == "Group" && c.Id is not null)
            .GroupBy(c => c.Id!).ToDictionary(c => c.Key, c => c.First(), StringComparer.Ordinal));

    /// <summary>The Groups that a Group contains, and how many clauses may still be read of it.</summary>
    sealed class Nested(Dictionary<string, Element> groups)
    {
        int _left = MaxClauses;
        int _words = MaxWords;

        /// <summary>Counts one more clause; false when it, or its words, are too many.</summary>
        public bool Take(Element clause)
        {
            _words -= Length(clause.At("code", "text")) + Length(clause.At("value", "text"));
            return --_left >= 0 && _words >= 0;

            int Length(Element? text) => Math.Min(text?.Value?.Length ?? 0, Math.Max(_words, 0) + 1);
        }

        public Element? Find(string? reference) =>
            reference is ['#', ..] ? groups.GetValueOrDefault(reference[1..]) : null;
    }

    static Criterion? Criterion(Element characteristic, Nested contained)
    {
        if (Part(characteristic, EligibilityExtensions.Source) is not { } source
            || Value(source, "text")?.Value is not { } text)
        {
            return null;
        }

        var clause = Clause(characteristic, contained, 0);
        var span = Integer(source, "start") is { } start && Integer(source, "length") is { } length
            ? new TextSpan(start, length) : default;
        return new(
            Integer(source, "number") is { } number and <= MaxNumber ? number : 0,
            characteristic.ValueOf("exclude") == "true" ? CriterionSection.Exclusion : CriterionSection.Inclusion,
            text,
            span,
            clause is null ? ParseStatus.Text
                : EnumCode.Parse<ParseStatus>(Value(source, "status")?.Value) ?? ParseStatus.Text,
            Number(Value(source, "confidence")?.Value) ?? 0,
            Scope(Part(characteristic, EligibilityExtensions.Scope)),
            clause ?? new Clause.Unread(text),
            Value(source, "field")?.Value);
    }

    static CriterionScope Scope(Element? scope)
    {
        if (scope is null)
        {
            return CriterionScope.All;
        }

        var arms = scope["extension"].Where(e => e.ValueOf("url") == "arm").ToArray();
        var cohorts = arms.Select(a => Value(a, "cohort")?.Value ?? "").ToImmutableArray();
        var age = Value(scope, "age");
        return new(
            [.. arms.Select(a => Value(a, "title")?.Value ?? "")],
            cohorts.All(c => c.Length == 0) ? [] : cohorts,
            age is null ? null : Age(age, Flag(scope, "lowInclusive"), Flag(scope, "highInclusive")));
    }

    static Measurement Age(Element range, bool lowInclusive, bool highInclusive)
    {
        var (low, high, unit) = Limits(range);
        var comparator = (low, high) switch
        {
            (null, _) => highInclusive ? Comparator.LessOrEqual : Comparator.LessThan,
            (_, null) => lowInclusive ? Comparator.GreaterOrEqual : Comparator.GreaterThan,
            _ => low == high ? Comparator.Equal : Comparator.Between,
        };
        var concept = Vocabulary.ConceptVocabulary.Default.Find("age")!;
        return new(MeasurementKind.Age, new(concept.Key, concept.Text), comparator, low, high, unit, lowInclusive,
            highInclusive);
    }

    /// <summary>The clause of a characteristic, <c>exclude</c> left aside; null where it cannot be read.</summary>
    static Clause? Clause(Element characteristic, Nested contained, int depth)
    {
        var detail = Part(characteristic, EligibilityExtensions.Detail);
        if (detail is null || depth > MaxDepth || !contained.Take(characteristic))
        {
            return null;
        }

        return Value(detail, "kind")?.Value switch
        {
            "measured" => Measured(characteristic, detail),
            "present" => Present(characteristic, detail),
            "sex" when characteristic.At("value", "coding", "code")?.Value is { } gender => new Clause.Sex(gender),
            "unread" when characteristic.At("value", "text")?.Value is { } text =>
                new Clause.Unread(text, EnumCode.Parse<UnreadKind>(Value(detail, "reason")?.Value) ?? UnreadKind.Other,
                    Window(Part(characteristic, EligibilityExtensions.Window))),
            "group" => Group(characteristic, contained, depth),
            _ => null,
        };
    }

    static Clause.Measured? Measured(Element characteristic, Element detail)
    {
        if (characteristic.Child("value") is not { } value || Concept(characteristic.Child("code")) is not { } concept
            || EnumCode.Parse<MeasurementKind>(Value(detail, "category")?.Value) is not { } kind
            || EnumCode.Parse<Comparator>(Value(detail, "comparator")?.Value) is not { } comparator)
        {
            return null;
        }

        var (low, high, unit) = Limits(value);
        return new(new(
            kind, concept, comparator, low, high, unit, Flag(detail, "lowInclusive"), Flag(detail, "highInclusive"),
            EnumCode.Parse<ReferenceLimit>(Value(detail, "relativeTo")?.Value),
            Window(Part(characteristic, EligibilityExtensions.Window))));
    }

    static Clause.Present? Present(Element characteristic, Element detail) =>
        Concept(characteristic.Child("code")) is { } concept
            && EnumCode.Parse<FactKind>(Value(detail, "category")?.Value) is { } kind
            ? new(
                kind, concept, EnumCode.Parse<FactStatus>(Value(detail, "status")?.Value) ?? FactStatus.Any,
                Window(Part(characteristic, EligibilityExtensions.Window)), Concept(Value(detail, "except")))
            : null;

    static Clause? Group(Element characteristic, Nested contained, int depth)
    {
        if (contained.Find(characteristic.At("value", "reference")?.Value) is not { } group)
        {
            return null;
        }

        var members = group["characteristic"]
            .Select(c => (Clause: Clause(c, contained, depth + 1), Negated: c.ValueOf("exclude") == "true")).ToArray();
        if (members.Any(m => m.Clause is null))
        {
            return null;
        }

        var clauses = members.Select(m => m.Negated ? new Clause.Not(m.Clause!) : m.Clause!).ToImmutableArray();
        return group.Extension(EligibilityExtensions.Combination)?.Value switch
        {
            "all-of" when members is [{ Negated: true }] => clauses[0],
            "all-of" => new Clause.AllOf(clauses),
            "any-of" => new Clause.AnyOf(clauses),
            "at-least" when Integer(group.Extension(EligibilityExtensions.Threshold)) is { } count =>
                new Clause.AtLeast(count, clauses),
            _ => null,
        };
    }

    static Window? Window(Element? window) =>
        window is not null && Value(window, "value") is { } time && Number(time.ValueOf("value")) is { } value
        && EnumCode.Parse<WindowDirection>(Value(window, "direction")?.Value) is { } direction
            ? new(value, time.ValueOf("code") ?? "", direction, Value(window, "anchor")?.Value ?? "treatment")
            : null;

    static Concept? Concept(Element? code)
    {
        if (code?.ValueOf("text") is not { } text)
        {
            return null;
        }

        var ours = code["coding"].FirstOrDefault(c => c.ValueOf("system") == CodeSystems.Vocabulary);
        return new(ours?.ValueOf("code"), text);
    }

    /// <summary>The limits of a Range, or a Quantity as both.</summary>
    static (decimal? Low, decimal? High, string Unit) Limits(Element value)
    {
        var isRange = value.Type.Name == "Range";
        var (low, high) = isRange ? (value.Child("low"), value.Child("high")) : (value, value);
        return (Number(low?.ValueOf("value")), Number(high?.ValueOf("value")), low?.ValueOf("code")
            ?? high?.ValueOf("code") ?? "");
    }

    static Element? Part(Element element, string url) => element["extension"]
        .FirstOrDefault(e => e.ValueOf("url") == url);

    static Element? Value(Element extension, string url) => extension.Extension(url);

    static bool Flag(Element extension, string url) => Value(extension, url)?.Value != "false";

    static int? Integer(Element extension, string url) => Integer(Value(extension, url));

    static int? Integer(Element? value) =>
        int.TryParse(value?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
