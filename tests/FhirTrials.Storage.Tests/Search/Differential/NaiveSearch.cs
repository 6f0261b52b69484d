using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Tests.Search.Differential;

/// <summary>Searches as the specification tells them (https://hl7.org/fhir/R4/search.html), one resource after another
/// on the element trees, with no index: what the store's answers are compared with. It reads well-formed searches
/// only.</summary>
sealed class NaiveSearch(ImmutableArray<Element> resources)
{
    const string Ucum = "http://unitsofmeasure.org";

    /// <summary>Plain codes have the system of their value set.</summary>
    static readonly Dictionary<(string Type, string Code), string> ImpliedSystems = new()
    {
        [("Patient", "gender")] = "http://hl7.org/fhir/administrative-gender",
        [("Observation", "status")] = "http://hl7.org/fhir/observation-status",
    };

    static readonly FhirPathContext Context =
        new(FhirDefinitions.R4) { Now = DateTimeOffset.UnixEpoch, Resolve = Stub };

    /// <summary>How much of g/L a unit is.</summary>
    static readonly Dictionary<string, decimal> MassConcentrations = new(StringComparer.Ordinal)
    {
        ["g/L"] = 1m, ["g/dL"] = 10m, ["mg/dL"] = 0.01m,
    };

    public IEnumerable<string> Find(string type, IReadOnlyCollection<(string Name, string Value)> conditions) =>
        resources.Where(r => r.Type.Name == type && conditions.All(c => Holds(r, c.Name, c.Value)))
            .Select(r => r.Id!).Order(StringComparer.Ordinal);

    bool Holds(Element resource, string name, string value) =>
        name.StartsWith("_has:", StringComparison.Ordinal) ? HoldsOnSource(resource, name.Split(':', 4), value)
        : name.Split('.', 2) is [var link, var rest] ? HoldsOnTarget(resource, link.Split(':'), rest, value)
        : HoldsItself(resource, name.Split(':'), value);

    /// <summary>https://hl7.org/fhir/R4/search.html#has</summary>
    bool HoldsOnSource(Element resource, string[] has, string value) => resources.Any(source =>
        source.Type.Name == has[1] && Targets(source, has[2]).Contains(Name(resource)) && Holds(source, has[3], value));

    /// <summary>https://hl7.org/fhir/R4/search.html#chaining</summary>
    bool HoldsOnTarget(Element resource, string[] link, string rest, string value)
    {
        var targets = Targets(resource, link[0]);
        return resources.Any(target => targets.Contains(Name(target))
            && (link.Length == 1 || target.Type.Name == link[1]) && Holds(target, rest, value));
    }

    static bool HoldsItself(Element resource, string[] name, string value)
    {
        var (code, modifier, values) = (name[0], name.ElementAtOrDefault(1), value.Split(','));
        if (code == "_id")
        {
            return values.Contains(resource.Id);
        }

        var items = Items(resource, code);
        return modifier switch
        {
            "missing" => items.Count == 0 == (value == "true"),
            "not" => !values.Any(v => items.Any(i => IsToken(resource, code, i, v))),
            "text" => values.Any(v => items.SelectMany(TextsOf).Any(t => BeginsWith(t, v))),
            _ => values.Any(v => items.Any(i => Parameter(resource.Type.Name, code).Type switch
            {
                SearchParameterType.Token => IsToken(resource, code, i, v),
                SearchParameterType.String => IsString(i, modifier, v),
                SearchParameterType.Date => IsDate(i, v),
                SearchParameterType.Number => IsNumber(decimal.Parse(i.Value!, CultureInfo.InvariantCulture), v, 1),
                SearchParameterType.Quantity => IsQuantity(i, v.Split('|')),
                SearchParameterType.Reference => IsReference(i, modifier, v),
                _ => throw new InvalidOperationException(code),
            })),
        };
    }

    static SearchParameter Parameter(string type, string code) =>
        FhirDefinitions.R4.SearchParameters(type).First(p => p.Code == code);

    static List<Element> Items(Element resource, string code) =>
        [.. FhirPathExpression.Compile(Parameter(resource.Type.Name, code).Expression!).Evaluate(resource, Context)
            .Cast<Element>()];

    /// <summary>Of a target its type is known, whether it is stored or not.</summary>
    static Element Stub(string reference) =>
        new(null, reference.Split('/')[0], FhirDefinitions.R4.Types[reference.Split('/')[0]], null, []);

    static string Name(Element resource) => $"{resource.Type.Name}/{resource.Id}";

    static HashSet<string> Targets(Element resource, string code) =>
        FhirDefinitions.R4.SearchParameters(resource.Type.Name).Any(p => p.Code == code)
            ? [.. Items(resource, code).Select(i => i.ValueOf("reference")!)]
            : [];

    /// <summary>https://hl7.org/fhir/R4/search.html#token</summary>
    static bool IsToken(Element resource, string parameter, Element item, string value)
    {
        var tokens = item.Type.Name switch
        {
            "CodeableConcept" => item["coding"].Select(c => (c.ValueOf("system"), c.ValueOf("code"))),
            "Identifier" => [(item.ValueOf("system"), item.ValueOf("value"))],
            _ => [(ImpliedSystems.GetValueOrDefault((resource.Type.Name, parameter)), item.Value)],
        };
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
        var texts = item.Type.IsPrimitive ? [item.Value!] : item.Children.Select(c => c.Value).OfType<string>();
        return texts.Any(text => modifier switch
        {
            "exact" => text == value,
            "contains" => Plain(text).Contains(Plain(value), StringComparison.Ordinal),
            _ => BeginsWith(text, value),
        });
    }

    static bool BeginsWith(string text, string value) => Plain(text).StartsWith(Plain(value), StringComparison.Ordinal);

    /// <summary>Without case and accents.</summary>
    static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    /// <summary>https://hl7.org/fhir/R4/search.html#prefix, ranges</summary>
    static bool IsDate(Element item, string value)
    {
        var (prefix, text) = Prefix(value);
        var (start, end) = Range(text);
        var (from, to) = item.Type.Name == "Period"
            ? (item.ValueOf("start") is { } s ? Range(s).Start : DateTimeOffset.MinValue,
                item.ValueOf("end") is { } e ? Range(e).End : DateTimeOffset.MaxValue)
            : Range(item.Value!);
        var contains = start <= from && to <= end;
        return prefix switch
        {
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
    static bool IsNumber(decimal number, string value, decimal unit)
    {
        var (prefix, text) = Prefix(value);
        var asked = decimal.Parse(text, CultureInfo.InvariantCulture);
        var margin = 0.5m;
        for (var decimals = asked.Scale; decimals > 0; decimals--)
        {
            margin /= 10;
        }

        var equals = (asked - margin) * unit <= number && number < (asked + margin) * unit;
        return prefix switch
        {
            "eq" => equals,
            "ne" => !equals,
            "gt" or "sa" => number > asked * unit,
            "lt" or "eb" => number < asked * unit,
            "ge" => number >= asked * unit,
            "le" => number <= asked * unit,
            _ => throw new InvalidOperationException(value),
        };
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#quantity</summary>
    static bool IsQuantity(Element item, string[] asked)
    {
        var number = decimal.Parse(item.ValueOf("value")!, CultureInfo.InvariantCulture);
        var (system, code, unit) = (item.ValueOf("system"), item.ValueOf("code"), item.ValueOf("unit"));
        return asked switch
        {
            [var n] => IsNumber(number, n, 1),
            [var n, "", var c] => (code == c || unit == c) && IsNumber(number, n, 1),
            [var n, Ucum, var c] when MassConcentrations.TryGetValue(c, out var factor) =>
                system == Ucum && IsNumber(number * MassConcentrations[code!], n, factor),
            [var n, var s, var c] => (system, code) == (s, c) && IsNumber(number, n, 1),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>https://hl7.org/fhir/R4/search.html#reference</summary>
    static bool IsReference(Element item, string? type, string value)
    {
        var target = item.ValueOf("reference")!;
        return value.Contains('/', StringComparison.Ordinal) ? target == value
            : type is not null ? target == $"{type}/{value}"
            : target.Split('/')[1] == value;
    }

    static (string Prefix, string Text) Prefix(string value) =>
        char.IsLetter(value[0]) ? (value[..2], value[2..]) : ("eq", value);
}
