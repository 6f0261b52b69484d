using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>A number with a unit: a UCUM code, or a calendar duration's word.</summary>
/// <param name="Unit">As written: <c>mg</c>, <c>1</c>, <c>years</c>.</param>
/// <param name="IsCalendar">Whether the unit is a calendar word (<c>4 days</c>) rather
/// than a UCUM code (<c>4 'd'</c>).</param>
public sealed record SystemQuantity(decimal Value, string Unit, bool IsCalendar = false)
{
    static readonly FrozenDictionary<string, TemporalUnit> CalendarUnits = Enum.GetValues<TemporalUnit>()
        .SelectMany(u => new[] { (Name: Word(u), Unit: u), (Name: Word(u) + "s", Unit: u) })
        .ToFrozenDictionary(u => u.Name, u => u.Unit, StringComparer.Ordinal);

    /// <summary>UCUM's definite durations that a calendar duration equals; <c>a</c> and <c>mo</c> are only equivalent
    /// to the calendar's year and month.</summary>
    static readonly FrozenDictionary<string, TemporalUnit> DefiniteUnits = new Dictionary<string, TemporalUnit>
    {
        ["wk"] = TemporalUnit.Week,
        ["d"] = TemporalUnit.Day,
        ["h"] = TemporalUnit.Hour,
        ["min"] = TemporalUnit.Minute,
        ["s"] = TemporalUnit.Second,
        ["ms"] = TemporalUnit.Millisecond,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly SearchValues<char> Number = SearchValues.Create("+-.0123456789");

    /// <summary>The unit of a plain number.</summary>
    public const string One = "1";

    public static bool IsCalendarUnit(string word) => CalendarUnits.ContainsKey(word);

    /// <summary>The calendar word's unit; null for a UCUM quantity.</summary>
    public TemporalUnit? Calendar => IsCalendar ? CalendarUnits[Unit] : null;

    /// <summary>The unit to add to a date with: a calendar word (quoted or not), or a UCUM duration of a week or less;
    /// null for what cannot be added.</summary>
    public TemporalUnit? Duration =>
        CalendarUnits.TryGetValue(Unit, out var word) ? word
        : DefiniteUnits.TryGetValue(Unit, out var definite) ? definite
        : null;

    /// <summary>The UCUM code that stands for the unit: <c>years</c> → <c>a</c>.</summary>
    public string Ucum => Calendar is { } calendar ? Definite(calendar) : Unit;

    /// <summary>Reads <c>4.5 'mg'</c>, <c>4 days</c> or <c>4</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SystemQuantity? quantity)
    {
        quantity = null;
        var end = text.AsSpan().IndexOfAnyExcept(Number);
        var number = end < 0 ? text : text[..end];
        if (!SystemValue.TryDecimal(number, out var value))
        {
            return false;
        }

        var unit = end < 0 ? "" : text[end..].Trim();
        quantity = unit switch
        {
            "" => end < 0 ? new(value, One) : null,
            ['\'', .. var code, '\''] when code.Length > 0 && !code.Contains('\'', StringComparison.Ordinal) =>
                new(value, code),
            _ when IsCalendarUnit(unit) && char.IsWhiteSpace(text[end]) => new(value, unit, true),
            _ => null,
        };
        return quantity is not null;
    }

    public override string ToString() =>
        Value.ToString(CultureInfo.InvariantCulture) + (IsCalendar ? $" {Unit}" : $" '{Unit}'");

    static string Word(TemporalUnit unit) => unit.ToString().ToLowerInvariant();

    static string Definite(TemporalUnit calendar) => calendar switch
    {
        TemporalUnit.Year => "a",
        TemporalUnit.Month => "mo",
        TemporalUnit.Week => "wk",
        TemporalUnit.Day => "d",
        TemporalUnit.Hour => "h",
        TemporalUnit.Minute => "min",
        TemporalUnit.Second => "s",
        TemporalUnit.Millisecond => "ms",
    };
}
