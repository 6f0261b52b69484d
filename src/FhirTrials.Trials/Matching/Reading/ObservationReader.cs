using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Observation (and its components) → results and facts — https://hl7.org/fhir/R4/observation.html</summary>
static class ObservationReader
{
    static readonly ImmutableArray<string> Negatives =
    [
        "not detected", "negative", "absent", "non-reactive", "nonreactive", "non reactive", "not present",
        "undetected", "none seen", "none detected", "no evidence",
    ];

    /// <summary>Negative as the whole answer; before further words (<c>no specimen</c>) they say something
    /// else.</summary>
    static readonly ImmutableArray<string> NegativeAlone = ["no", "none"];

    static readonly ImmutableArray<string> Positives = ["positive", "detected", "present", "reactive", "yes"];

    /// <summary>Findings that are counted: none is a denial, some states it.</summary>
    static readonly ImmutableArray<string> Counted = ["circulating-blasts"];

    public static void Read(RecordEntry entry, ReadingContext context, RecordParts parts)
    {
        var observation = entry.Resource;
        var status = observation.ValueOf("status");
        if (status is not ("final" or "amended" or "corrected" or "preliminary"))
        {
            parts.Leave(entry, $"its status is {status}");
            return;
        }

        var when = observation.DatesOf("effective", context.ReferenceDate)
            ?? observation.DatesOf("issued", context.ReferenceDate);
        if (when is null)
        {
            parts.Leave(entry, "it has no date");
            return;
        }

        Read(observation, entry, when.Value, context, parts);
        foreach (var component in observation["component"])
        {
            Read(component, entry, when.Value, context, parts);
        }
    }

    static void Read(Element observed, RecordEntry entry, DateRange when, ReadingContext context, RecordParts parts)
    {
        var named = NamedConcepts.OfObserved(observed.Child("code"), context.Vocabulary);
        if (observed.Child("value") is not { } value || named.Keys.IsEmpty)
        {
            return;
        }

        var result = ResultOf(observed, value, named, entry, when);
        if (result is not null)
        {
            parts.Results.Add(result);
        }

        var states = result is null ? IsPositive(observed, value) : IsCounted(result);
        if (states is not null || result is null)
        {
            parts.Facts.Add(new PatientFact(
                FactSource.Result,
                entry.Reference,
                named.Label,
                [.. named.Keys.SelectMany(k => Stated(k, context.Vocabulary))],
                named.ByText,
                states,
                true,
                when));
        }
    }

    /// <summary>What a positive result of the observed thing states: for a test, what it tests for (and the test
    /// itself).</summary>
    static IEnumerable<string> Stated(string key, ConceptVocabulary vocabulary) =>
        vocabulary.Find(key) is { Kind: ConceptKind.Test } test ? [key, .. test.Parents] : [key];

    static PatientResult? ResultOf(
        Element observed, Element value, NamedConcepts named, RecordEntry entry, DateRange when)
    {
        var grade = value.Type.Name == "CodeableConcept" && named.Keys is ["ecog"] ? EcogGrade.Of(value) : null;
        Magnitude? magnitude = value.Type.Name switch
        {
            "CodeableConcept" when grade is { } known => Magnitude.Of(known.Grade, null),
            "Quantity" =>
                Number(value.ValueOf("value")) is { } number ? Magnitude.Of(number, value.ValueOf("comparator")) : null,
            "integer" => Number(value.Value) is { } score ? Magnitude.Of(score, null) : null,
            "Range" => RangeOf(value),
            _ => null,
        };
        if (magnitude is not { } measured)
        {
            return null;
        }

        var unit = UnitOf(value) ?? UnitOf(value.Child("low")) ?? UnitOf(value.Child("high"));
        return new PatientResult(
            entry.Reference,
            named.Label,
            named.Keys,
            named.ByText || grade?.ByText == true,
            measured,
            unit,
            Limit(observed, "low", unit),
            Limit(observed, "high", unit),
            when);
    }

    /// <summary>Between its ends; null where they have not one unit.</summary>
    static Magnitude? RangeOf(Element range)
    {
        var (low, high) = (range.Child("low"), range.Child("high"));
        var ends = (Number(low?.ValueOf("value")), Number(high?.ValueOf("value")));
        return ends is (null, null) || (low is not null && high is not null && UnitOf(low) != UnitOf(high))
            ? null
            : new Magnitude(ends.Item1, true, ends.Item2, true);
    }

    /// <summary>One that is too long for a unit is cut, so that it is none.</summary>
    static string? UnitOf(Element? quantity) =>
        (quantity?.ValueOf("code") ?? quantity?.ValueOf("unit")) is { } unit ? NamedConcepts.Shown(unit) : null;

    static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A limit of normal: of the reference range whose type is normal, or that has no type; in the result's
    /// own unit. Null where ranges (of the sexes, of ages) differ.</summary>
    static decimal? Limit(Element observed, string end, string? unit)
    {
        var limits = new HashSet<decimal>();
        foreach (var range in observed["referenceRange"])
        {
            var limit = range.Child(end);
            if (range.CodeOf("type") is null or "normal"
                && limit is not null
                && (limit.ValueOf("code") ?? limit.ValueOf("unit") ?? unit) == unit
                && decimal.TryParse(
                    limit.ValueOf("value"), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                limits.Add(value);
            }
        }

        return limits.Count == 1 ? limits.Single() : null;
    }

    static bool? IsCounted(PatientResult result) =>
        result.Concepts.Any(Counted.Contains) && result.Value.IsAbove(0, inclusive: false) is { } some ? some : null;

    static bool? IsPositive(Element observed, Element value)
    {
        if (value.Type.Name == "boolean")
        {
            return value.Value == "true";
        }

        string?[] words = value.Type.Name == "CodeableConcept"
            ? [value.ValueOf("text"), .. value["coding"].Select(c => c.ValueOf("display"))]
            : [value.Value];
        bool? interpreted = observed.CodeOf("interpretation") switch { "POS" => true, "NEG" => false, _ => null };
        var said = words.OfType<string>().Select(Polarity).Append(interpreted).OfType<bool>().Distinct().ToArray();
        return said is [var agreed] ? agreed : null;
    }

    static bool? Polarity(string text)
    {
        var plain = text.Trim().ToLowerInvariant();
        return Negatives.Any(n => StartsWithWord(plain, n)) || NegativeAlone.Contains(plain) ? false
            : Positives.Any(p => StartsWithWord(plain, p)) ? true
            : null;
    }

    static bool StartsWithWord(string text, string word) =>
        text.StartsWith(word, StringComparison.Ordinal)
        && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]));
}
