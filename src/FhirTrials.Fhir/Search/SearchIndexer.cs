using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>Extracts from a resource what it can be found by. <c>_id</c> and <c>_lastUpdated</c> are not among it: they
/// are columns of the resource itself.</summary>
/// <param name="failed">Is told each parameter whose expression fails on a resource,
/// which is then not found by it.</param>
/// <param name="parameters">Those of the definitions where it is null.</param>
public sealed partial class SearchIndexer(
    FhirDefinitions definitions, Action<SearchParameter>? failed = null, SearchParameters? parameters = null)
{
    readonly SearchParameters _parameters = parameters ?? new(definitions);

    /// <summary>An index evaluation that costs more than this has gone wrong.</summary>
    const int MaxSteps = 1_000_000;

    readonly ImpliedSystem _systems = new(definitions);
    readonly ConcurrentDictionary<string, FhirPathExpression> _compiled = new(StringComparer.Ordinal);

    /// <summary>Every entry once, in the order of the parameters. A parameter whose expression fails on the data has
    /// none, and that is reported.</summary>
    public ImmutableArray<IndexEntry> Index(Element resource)
    {
        var context = Context(resource);
        var parameters = _parameters.Of(resource.Type.Name);
        return
        [
            .. parameters.SelectMany(p => Entries(p, parameters, resource, context)).Distinct(),
            .. WordSearch.Extract(resource) is { } words ? new[] { words } : [],
        ];
    }

    /// <summary>Search expressions do not ask for the time, so that an index does not depend on it.</summary>
    internal FhirPathContext Context(Element resource) => new(definitions)
    {
        Now = DateTimeOffset.UnixEpoch,
        Resource = resource,
        RootResource = resource,
        Resolve = Stub,
        MaxSteps = MaxSteps,
    };

    /// <summary>A resource that knows only its type, which is all that <c>resolve() is Patient</c> asks for.</summary>
    Element? Stub(string reference) =>
        ReferenceSearch.TypeOf(reference, definitions.Types) is { } type
            ? new Element(null, type, definitions.Types[type], null, [])
            : null;

    IEnumerable<IndexEntry> Entries(
        SearchParameter parameter, IReadOnlyCollection<SearchParameter> all, Element resource, FhirPathContext context)
    {
        if (parameter.Expression is null || parameter.Code is "_id" or "_lastUpdated")
        {
            return [];
        }

        var items = Evaluate(parameter, parameter.Expression, resource, context);
        return parameter.Type == SearchParameterType.Composite
            ? items.OfType<Element>().SelectMany((item, group) => Components(parameter, all, item, group, context))
            : items.SelectMany(item => Extract(parameter, parameter.Url, 0, item));
    }

    IEnumerable<IndexEntry> Components(
        SearchParameter composite,
        IReadOnlyCollection<SearchParameter> all,
        Element item,
        int group,
        FhirPathContext context) => composite.Components.SelectMany((component, i) =>
        all.FirstOrDefault(p => p.Url == component.Definition) is { } parameter
            ? Component(
                composite, parameter, component.Expression, IndexKey.Component(composite.Url, i), item, group, context)
            : []);

    /// <summary>Without what only a modifier asks for, since a composite takes none —
    /// https://hl7.org/fhir/R4/search.html#composite</summary>
    IEnumerable<IndexEntry> Component(
        SearchParameter composite, SearchParameter parameter, string expression, string index, Element item, int group,
        FhirPathContext context) => Evaluate(composite, expression, item, context)
        .SelectMany(v => Extract(parameter, index, group, v))
        .Where(e => e.Index == index);

    IEnumerable<IndexEntry> Extract(SearchParameter parameter, string index, int group, object item) =>
        parameter.Type switch
        {
            SearchParameterType.Number => NumberSearch.Extract(index, group, item),
            SearchParameterType.Date => DateSearch.Extract(index, group, item),
            SearchParameterType.String => StringSearch.Extract(index, group, item),
            SearchParameterType.Token => TokenSearch.Extract(index, group, item, _systems),
            SearchParameterType.Reference => ReferenceSearch.Extract(index, group, item, definitions.Types),
            SearchParameterType.Quantity => QuantitySearch.Extract(index, group, item),
            SearchParameterType.Uri => UriSearch.Extract(index, group, item),
            SearchParameterType.Special when parameter.Code == AgeSearch.Code =>
                QuantitySearch.Extract(index, group, item),
            SearchParameterType.Special => NearSearch.Extract(index, group, item),
            SearchParameterType.Composite => [],
        };

    ImmutableArray<object> Evaluate(
        SearchParameter parameter, string expression, Element focus, FhirPathContext context)
    {
        try
        {
            return _compiled.GetOrAdd(expression, e => FhirPathExpression.Compile(OfType(e))).Evaluate(focus, context);
        }
        catch (FhirPathException)
        {
            failed?.Invoke(parameter);
            return [];
        }
    }

    /// <summary>R4's search expressions use <c>as</c> on collections, which FHIRPath allows on single items only; what
    /// they mean is <c>ofType</c>. One of them spells the type in upper case.</summary>
    internal static string OfType(string expression) =>
        AsOperator().Replace(AsFunction().Replace(expression, ".ofType("), ".ofType($1)")
            .Replace("ofType(DateTime)", "ofType(dateTime)", StringComparison.Ordinal);

    [GeneratedRegex(@"\.as\(")]
    private static partial Regex AsFunction();

    [GeneratedRegex(@"\sas\s+([A-Za-z]+)")]
    private static partial Regex AsOperator();
}
