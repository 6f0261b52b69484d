using System.Text.Json;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>A primitive in FHIR JSON: its value, and what stands beside it under <c>_name</c>.</summary>
readonly record struct FhirValue(Node? Value, ObjectNode? Beside = null);

/// <summary>How a value of a record is written as a FHIR primitive, and read back from it.</summary>
/// <param name="ToFhir">Null for a value that the primitive cannot hold.</param>
/// <param name="ToRegistry">The inverse; null for a primitive that this kind does not write.</param>
/// <param name="DisplayOf">What a code means, for a coding.</param>
sealed partial record Kind(
    Func<JsonElement, FhirValue?> ToFhir,
    Func<FhirValue, Node?> ToRegistry,
    Func<string, string?>? DisplayOf = null)
{
    /// <summary>What keeps a text as written beside a primitive that is not just it.</summary>
    static readonly string OriginalText = Canonicals.Hl7("originalText");

    /// <summary>Any text but a blank one.</summary>
    public static Kind Text { get; } = OfString(text => true);

    /// <summary>A date, as precise as written.</summary>
    public static Kind Date { get; } = OfString(RegistryDate.IsValid);

    /// <summary>True or false.</summary>
    public static Kind Flag { get; } = new(
        value => value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? new FhirValue(value.GetBoolean()) : null,
        fhir => fhir.Value);

    /// <summary>A whole number, not negative.</summary>
    public static Kind Count { get; } = new(
        value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0
            ? new FhirValue(count) : null,
        fhir => fhir.Value);

    /// <summary>A number, as precise as written.</summary>
    public static Kind Number { get; } = new(
        value => value.ValueKind == JsonValueKind.Number && value.GetRawText() is var literal && IsDecimal(literal)
            ? new FhirValue(new NumberNode(literal)) : null,
        fhir => fhir.Value);

    /// <summary>A date that has happened, or is expected: FHIR's <c>actual</c>.</summary>
    public static Kind Actual { get; } = new(
        value => value.ValueKind != JsonValueKind.String ? null : value.GetString() switch
        {
            "ACTUAL" => new FhirValue(true),
            "ESTIMATED" => new FhirValue(false),
            _ => null,
        },
        fhir => fhir.Value is FlagNode actual ? actual.IsTrue ? "ACTUAL" : "ESTIMATED" : null);

    /// <summary>A text that is nearly always a whole number.</summary>
    public static Kind CountText { get; } = Lexical(text => RegistryCount.From(text));

    /// <summary>A text that is nearly always a number.</summary>
    public static Kind DecimalText { get; } = Lexical(text => IsDecimal(text) ? new NumberNode(text) : null);

    /// <summary>A text that is nearly always a code.</summary>
    public static Kind CodeLike { get; } = Lexical(text => IsCode(text) ? text : null);

    /// <summary>A number of MeSH, which older records pad.</summary>
    public static Kind MeshId { get; } = Lexical(text => MeshHeading.CodeOf(text));

    /// <summary>A text that is nearly always a link: blanks around it off, inner ones percent-encoded.</summary>
    public static Kind Link { get; } = Lexical(text => RegistryUri.From(text));

    /// <summary>One of the registry's codes.</summary>
    public static Kind Code(RegistryCodes codes) =>
        OfString(text => codes.Find(text) is not null) with { DisplayOf = code => codes.Find(code)?.Display };

    /// <summary>A text behind the same words always.</summary>
    public static Kind After(string words) => new(
        value => Text.ToFhir(value) is { } text ? new FhirValue($"{words}{(string?)text.Value}") : null,
        fhir => (string?)fhir.Value is { } text && text.StartsWith(words, StringComparison.Ordinal)
            ? text[words.Length..] : null);

    /// <summary>A text that FHIR types more closely. Where the typed value would not give the same text again, HL7's
    /// extension beside it keeps the text as written.</summary>
    static Kind Lexical(Func<string, Node?> parse) => new(
        value =>
        {
            if (Text.ToFhir(value) is null)
            {
                return null;
            }

            var text = value.GetString()!;
            var typed = parse(text);
            return typed?.ToString() == text
                ? new FhirValue(typed)
                : new FhirValue(typed, FhirNode.Beside(FhirNode.Extension(OriginalText, "valueString", text)));
        },
        fhir => fhir.Beside is { } beside && Place.Here.Extension(OriginalText).Find(beside) is { } written
            ? written["valueString"]
            : fhir.Value?.ToString());

    static Kind OfString(Predicate<string> isValid) => new(
        value => value.ValueKind == JsonValueKind.String && value.GetString()! is var text
            && !string.IsNullOrWhiteSpace(text) && isValid(text) ? new FhirValue(text) : null,
        fhir => fhir.Value);

    /// <summary>Whether a number is written as FHIR and JSON write decimals, and short enough to be exact.</summary>
    public static bool IsDecimal(string text) => text.Length <= 30 && FhirDecimal().IsMatch(text);

    /// <summary>Whether a text may be a FHIR code.</summary>
    public static bool IsCode(string text) => FhirCode().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex FhirCode();

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,2})?$", RegexOptions.CultureInvariant)]
    private static partial Regex FhirDecimal();
}
