using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Tests.Search.Differential;

/// <summary>What the values of one parameter mean.</summary>
sealed partial class NaiveSearch
{
    /// <summary>https://hl7.org/fhir/R4/search.html#token</summary>
    static IEnumerable<(string? System, string? Code)> Tokens(Element resource, string parameter, Element item) =>
        item.Type.Name switch
        {
            "CodeableConcept" => item["coding"].Select(c => (c.ValueOf("system"), c.ValueOf("code"))),
            "Identifier" => [(item.ValueOf("system"), item.ValueOf("value"))],
            "Coding" => [(item.ValueOf("system"), item.ValueOf("code"))],
            _ => [(ImpliedSystems.GetValueOrDefault((resource.Type.Name, parameter)), item.Value)],
        };

    static bool IsToken(Element resource, string parameter, Element item, string value)
    {
        var tokens = Tokens(resource, parameter, item);
        return value.Split('|') switch
        {
            [var code] => tokens.Any(t => t.Item2 == code),
            ["", var code] => tokens.Any(t => t == (null, code)),
            [var system, ""] => tokens.Any(t => t.Item1 == system),
            [var system, var code] => tokens.Any(t => t == (system, code)),
            _ => throw new InvalidOperationException(value),
        };
    }

    static IEnumerable<string> TextsOf(Element concept) =>
        concept["text"].Concat(concept["coding"].SelectMany(c => c["display"])).Select(t => t.Value!);

    /// <summary>https://hl7.org/fhir/R4/search.html#string</summary>
    static bool IsString(Element item, string? modifier, string value)
    {
        return Texts(item).Any(text => modifier switch
        {
            "exact" => text == value,
            "contains" => Plain(text).Contains(Plain(value), StringComparison.Ordinal),
            _ => BeginsWith(text, value),
        });
    }

    static IEnumerable<string> Texts(Element item) =>
        item.Type.IsPrimitive ? [item.Value!] : item.Children.Select(c => c.Value).OfType<string>();

    static bool BeginsWith(string text, string value) => Plain(text).StartsWith(Plain(value), StringComparison.Ordinal);

    /// <summary>Without case and accents.</summary>
    static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    /// <summary>https://hl7.org/fhir/R4/search.html#prefix, ranges</summary>
    static bool IsDate(Element item, string value)
    {
        var (prefix, text) = Prefix(value);
        var (start, end) = Range(text);
        var (from, to) = DateRange(item);
        var contains = start <= from && to <= end;
        var tenth = new[] { start, end }.Max(t => (Now - t).Duration()) / 10;
        return prefix switch
        {
            "ap" => from < end + tenth && to > start - tenth,
            "eq" => contains,
            "ne" => !contains,
            "gt" => to > end,
            "lt" => from < start,
            "ge" => to > end || contains,
            "le" => from < start || contains,
            "sa" => from >= end,
            "eb" => to <= start,
            _ => throw new InvalidOperationException(value),
        };
    }

    static (DateTimeOffset From, DateTimeOffset To) DateRange(Element item) => item.Type.Name == "Period"
        ? (item.ValueOf("start") is { } s ? Range(s).Start : DateTimeOffset.MinValue,
            item.ValueOf("end") is { } e ? Range(e).End : DateTimeOffset.MaxValue)
        : Range(item.Value!);

    static (DateTimeOffset Start, DateTimeOffset End) Range(string text)
    {
        if (text.Length > 10)
        {
            var instant = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
            return (instant, instant.AddSeconds(1));
        }

        var start = DateTimeOffset.ParseExact(
            text, ["yyyy", "yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (start, text.Length switch { 4 => start.AddYears(1), 7 => start.AddMonths(1), _ => start.AddDays(1) });
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#number: equal is what rounds to what is asked for.</summary>
    static bool IsNumber((decimal Low, decimal High) number, string value, decimal unit)
    {
        var (prefix, text) = Prefix(value);
        var asked = decimal.Parse(text, CultureInfo.InvariantCulture);
        var margin = 0.5m;
        for (var decimals = asked.Scale; decimals > 0; decimals--)
        {
            margin /= 10;
        }

        var equals = (asked - margin) * unit <= number.Low && number.High < (asked + margin) * unit;
        var about = Math.Max(margin, Math.Abs(asked) / 10);
        return prefix switch
        {
            "eq" => equals,
            "ne" => !equals,
            "gt" => number.High > asked * unit,
            "sa" => number.Low > asked * unit,
            "lt" => number.Low < asked * unit,
            "eb" => number.High < asked * unit,
            "ge" => number.High >= asked * unit,
            "le" => number.Low <= asked * unit,
            "ap" => number.High >= (asked - about) * unit && number.Low <= (asked + about) * unit,
            _ => throw new InvalidOperationException(value),
        };
    }

    static (decimal Low, decimal High) Exact(decimal number) => (number, number);

    /// <summary>A comparator opens one end.</summary>
    static (decimal Low, decimal High) Bounds(Element quantity, decimal factor)
    {
        var number = decimal.Parse(quantity.ValueOf("value")!, CultureInfo.InvariantCulture) * factor;
        return quantity.ValueOf("comparator") switch
        {
            "<" => (decimal.MinValue, number - Little),
            "<=" => (decimal.MinValue, number),
            ">" => (number + Little, decimal.MaxValue),
            ">=" => (number, decimal.MaxValue),
            _ => Exact(number),
        };
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#quantity</summary>
    static bool IsQuantity(Element item, string[] asked)
    {
        var number = Bounds(item, 1);
        var (system, code, unit) = (item.ValueOf("system"), item.ValueOf("code"), item.ValueOf("unit"));
        return asked switch
        {
            [var n] => IsNumber(number, n, 1),
            [var n, "", var c] => (code == c || unit == c) && IsNumber(number, n, 1),
            [var n, Ucum, var c] when MassConcentrations.TryGetValue(c, out var factor) =>
                system == Ucum && IsNumber(Bounds(item, MassConcentrations[code!]), n, factor),
            [var n, var s, var c] => (system, code) == (s, c) && IsNumber(number, n, 1),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#reference</summary>
    static bool IsReference(Element item, string? type, string value)
    {
        if (item.ValueOf("reference") is not { } target)
        {
            return false;
        }

        return value.Contains('/', StringComparison.Ordinal) ? target == value
            : type is not null ? target == $"{type}/{value}"
            : target.Split('/')[1] == value;
    }

    static (string Prefix, string Text) Prefix(string value) =>
        char.IsLetter(value[0]) ? (value[..2], value[2..]) : ("eq", value);
}
