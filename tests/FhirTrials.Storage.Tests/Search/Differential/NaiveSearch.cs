using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Tests.Search.Differential;

/// <summary>Searches as the specification tells them (https://hl7.org/fhir/R4/search.html), one resource after
/// another on the element trees, with no index: what the store's answers are compared with. It reads
/// well-formed searches only.</summary>
sealed partial class NaiveSearch(ImmutableArray<Element> resources)
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

    /// <summary>When the searches are made.</summary>
    static readonly DateTimeOffset Now = new ManualClock().GetUtcNow();

    /// <summary>Less than any two numbers of a test differ by.</summary>
    const decimal Little = 0.000000001m;

    /// <summary>How much of g/L a unit is.</summary>
    static readonly Dictionary<string, decimal> MassConcentrations = new(StringComparer.Ordinal)
    {
        ["g/L"] = 1m, ["g/dL"] = 10m, ["mg/dL"] = 0.01m,
    };

    /// <summary>In the order in which they were written.</summary>
    public IEnumerable<Element> Find(string type, IReadOnlyCollection<(string Name, string Value)> conditions) =>
        resources.Where(r => r.Type.Name == type && conditions.All(c => Holds(r, c.Name, c.Value)));

    /// <summary>https://hl7.org/fhir/R4/search.html#_sort: of several values the first in the order counts; what has
    /// none comes last. Where all is equal they come as they were written, or the other way round where the last key is
    /// descending.</summary>
    public static IEnumerable<Element> Sorted(IEnumerable<Element> found, string[] order) =>
        order.Reverse().Aggregate(order[^1].StartsWith('-') ? found.Reverse() : found, Sorted);

    static IEnumerable<Element> Sorted(IEnumerable<Element> found, string name)
    {
        var (code, isDescending) = (name.TrimStart('-'), name.StartsWith('-'));
        var keyed = found.Select(r => (Resource: r, Keys: Keys(r, code, isDescending).ToList())).ToList();
        var with = keyed.Where(k => k.Keys.Count > 0);
        return (isDescending
                ? with.OrderByDescending(k => k.Keys.Max(Comparer), Comparer)
                : with.OrderBy(k => k.Keys.Min(Comparer), Comparer))
            .Concat(keyed.Where(k => k.Keys.Count == 0)).Select(k => k.Resource);
    }

    static readonly Comparer<object?> Comparer = Comparer<object?>.Create(
        (a, b) => a is string text ? string.CompareOrdinal(text, (string?)b) : ((IComparable)a!).CompareTo(b));

    static IEnumerable<object> Keys(Element resource, string code, bool isDescending) => code switch
    {
        "_id" => [resource.Id!],
        "_lastUpdated" => [0m],
        _ => Items(resource, code).SelectMany(IEnumerable<object> (i) => Parameter(resource.Type.Name, code).Type switch
        {
            SearchParameterType.Token => Tokens(resource, code, i).Select(t => t.Code!),
            SearchParameterType.String => Texts(i).Select(Plain),
            SearchParameterType.Date => [isDescending ? DateRange(i).To : DateRange(i).From],
            SearchParameterType.Number => [decimal.Parse(i.Value!, CultureInfo.InvariantCulture)],
            SearchParameterType.Quantity =>
                Least(i) is var least && least == decimal.MinValue && isDescending ? [] : [least],
            SearchParameterType.Reference => i.ValueOf("reference") is { } target ? [target.Split('/')[1]] : [],
            SearchParameterType.Uri => [i.Value!],
            _ => throw new InvalidOperationException(code),
        }),
    };

    /// <summary>In canonical units. What is below a limit has no greatest value to come first by.</summary>
    static decimal Least(Element quantity) =>
        Bounds(
            quantity,
            quantity.ValueOf("system") == Ucum ? MassConcentrations[quantity.ValueOf("code")!] * 1000 : 1).Low;

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

        if (Parameter(resource.Type.Name, code) is { Components.Length: > 0 } composite)
        {
            return values.Any(v => Items(resource, code).Any(i => HasComponents(resource, composite, i, v.Split('$'))));
        }

        var items = Items(resource, code);
        return modifier switch
        {
            "of-type" => values.Any(v => items.Any(i => IsOfType(i, v.Split('|')))),
            "identifier" =>
                values.Any(v => items.SelectMany(i => i["identifier"]).Any(i => IsToken(resource, code, i, v))),
            "below" => values.Any(v => items.Any(i => i.Value!.StartsWith(v, StringComparison.Ordinal))),
            "above" => values.Any(v => items.Any(i => IsAbove(i.Value!, v))),
            "missing" => items.Count == 0 == (value == "true"),
            "not" => !values.Any(v => items.Any(i => IsToken(resource, code, i, v))),
            "text" => values.Any(v => items.SelectMany(TextsOf).Any(t => BeginsWith(t, v))),
            _ => values.Any(v => items.Any(i => Is(resource, Parameter(resource.Type.Name, code), i, modifier, v))),
        };
    }

    static bool Is(Element resource, SearchParameter parameter, Element item, string? modifier, string value) =>
        parameter.Type switch
        {
            SearchParameterType.Token => IsToken(resource, parameter.Code, item, value),
            SearchParameterType.String => IsString(item, modifier, value),
            SearchParameterType.Date => IsDate(item, value),
            SearchParameterType.Number =>
                IsNumber(Exact(decimal.Parse(item.Value!, CultureInfo.InvariantCulture)), value, 1),
            SearchParameterType.Quantity => IsQuantity(item, value.Split('|')),
            SearchParameterType.Reference => IsReference(item, modifier, value),
            SearchParameterType.Uri => item.Value == value,
            SearchParameterType.Special => IsNear(item, value.Split('|')),
            _ => throw new InvalidOperationException(parameter.Code),
        };

    /// <summary>https://hl7.org/fhir/R4/search.html#combining: all on the same element.</summary>
    static bool HasComponents(Element resource, SearchParameter composite, Element item, string[] values) =>
        composite.Components.Zip(values)
            .All(c => FhirPathExpression.Compile(c.First.Expression).Evaluate(item, Context).Cast<Element>()
                .Any(part => Is(
                    resource, FhirDefinitions.R4.SearchParameter(c.First.Definition)!, part, null, c.Second)));

    /// <summary><c>system|code|value</c></summary>
    static bool IsOfType(Element identifier, string[] asked) => identifier.ValueOf("value") == asked[2]
        && identifier["type"].SelectMany(t => t["coding"])
            .Any(c => (c.ValueOf("system"), c.ValueOf("code")) == (asked[0], asked[1]));

    /// <summary>The one asked for, or a part of its path.</summary>
    static bool IsAbove(string uri, string asked) => uri == asked
        || (uri.Length > uri.IndexOf("//", StringComparison.Ordinal) + 2
            && asked.StartsWith(uri, StringComparison.Ordinal)
            && (uri.EndsWith('/') || asked[uri.Length] == '/'));

    /// <summary>Along a great circle, by the law of cosines for angles.</summary>
    static bool IsNear(Element position, string[] asked)
    {
        double Radians(string degrees) => double.Parse(degrees, CultureInfo.InvariantCulture) * Math.PI / 180;
        var (a, b) = (Radians(position.ValueOf("latitude")!), Radians(asked[0]));
        var between = Radians(position.ValueOf("longitude")!) - Radians(asked[1]);
        var (y, x) = (
            Math.Sqrt(Math.Pow(Math.Cos(b) * Math.Sin(between), 2)
                + Math.Pow((Math.Cos(a) * Math.Sin(b)) - (Math.Sin(a) * Math.Cos(b) * Math.Cos(between)), 2)),
            (Math.Sin(a) * Math.Sin(b)) + (Math.Cos(a) * Math.Cos(b) * Math.Cos(between)));
        var distance = asked.ElementAtOrDefault(2) is { Length: > 0 } given
            ? double.Parse(given, CultureInfo.InvariantCulture)
            : 50;
        var metres = asked.ElementAtOrDefault(3) switch { "m" => 1, "[mi_i]" => 1609.344, _ => 1000 };
        return Math.Atan2(y, x) * 6371008.8 <= (distance * metres) + 0.01;
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
            ? [.. Items(resource, code).Select(i => i.ValueOf("reference")).OfType<string>()]
            : [];
}
