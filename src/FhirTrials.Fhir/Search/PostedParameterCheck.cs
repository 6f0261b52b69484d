using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Search;

/// <summary>Whether a SearchParameter can be searched by — https://hl7.org/fhir/R4/searchparameter.html</summary>
public static partial class PostedParameterCheck
{
    const int MaxUrl = 200;

    /// <summary>The parameter that an active SearchParameter resource adds; null for one that is not active, or that
    /// the definitions have themselves.</summary>
    public static SearchParameter? Of(Element resource, FhirDefinitions definitions)
    {
        var parameter = SearchParameter.Of(resource);
        return resource.ValueOf("status") == "active" && definitions.SearchParameter(parameter.Url) is null
            ? parameter
            : null;
    }

    /// <summary>What keeps an active SearchParameter from being searched by; nothing for others.</summary>
    public static IEnumerable<Issue> Check(Element resource, FhirDefinitions definitions, SearchParameters parameters)
    {
        if (Of(resource, definitions) is not { } parameter)
        {
            yield break;
        }

        if (parameter.Url.Length is 0 or > MaxUrl)
        {
            yield return Wrong("url", $"A search parameter needs a URL, of at most {MaxUrl} characters.");
        }

        if (!Code().IsMatch(parameter.Code))
        {
            yield return Wrong(
                "code",
                "The code of a search parameter has letters, digits, '-' and '_', and begins with a letter or '_'.");
        }

        var bases = parameter.Base.Select(definitions.Types.Find).ToList();
        if (bases.Count == 0 || bases.Any(b => b is not { Kind: FhirTypeKind.Resource }))
        {
            yield return Wrong("base", "The base of a search parameter is one or more resource types.");
            yield break;
        }

        if (parameter.Type is SearchParameterType.Special)
        {
            yield return Wrong("type", "A parameter of type special has no meaning that a server could know.");
        }

        if (parameter.Type == SearchParameterType.Composite && (parameter.Components.IsEmpty
            || parameter.Components.Any(
                c => Find(c.Definition, definitions, parameters) is not { Type: not SearchParameterType.Composite })))
        {
            yield return Wrong(
                "component", "The components of a composite parameter are parameters that are known here and simple.");
        }

        foreach (var issue in Expressions(parameter, bases!, definitions))
        {
            yield return issue;
        }

        foreach (var type in definitions.Types.Names.Where(n => definitions.Types.IsResource(n, out var t)
            && bases.Any(b => t.IsA(b!.Name))))
        {
            if (parameters.Of(type)
                .FirstOrDefault(p => p.Code == parameter.Code && p.Url != parameter.Url) is { } other)
            {
                yield return Wrong("code", $"The code '{parameter.Code}' of {type} is that of {other.Url}.");
                yield break;
            }
        }
    }

    static IEnumerable<Issue> Expressions(
        SearchParameter parameter, List<FhirType?> bases, FhirDefinitions definitions)
    {
        if (string.IsNullOrWhiteSpace(parameter.Expression))
        {
            yield return Wrong("expression", "A search parameter needs a FHIRPath expression that selects its values.");
            yield break;
        }

        foreach (var focus in bases)
        {
            // A union over several types has a part for each.
            var fault = parameter.Expression.Split('|').Length > 1 && bases.Count > 1
                ? Fault(parameter.Expression, null, definitions)
                : Fault(parameter.Expression, focus, definitions);
            if (fault is not null)
            {
                yield return Wrong("expression", $"The expression is not one of FHIRPath on {focus!.Name}: {fault}");
                yield break;
            }
        }

        foreach (var component in parameter.Components.Where(c => Fault(c.Expression, null, definitions) is not null))
        {
            yield return Wrong(
                "component", $"The expression of the component {component.Definition} is not one of FHIRPath.");
        }
    }

    static string? Fault(string expression, FhirType? focus, FhirDefinitions definitions)
    {
        try
        {
            FhirPathExpression.Compile(SearchIndexer.OfType(expression)).Check(focus, definitions);
            return null;
        }
        catch (FhirPathException e)
        {
            return e.Message;
        }
    }

    static SearchParameter? Find(string url, FhirDefinitions definitions, SearchParameters parameters) =>
        definitions.SearchParameter(url) ?? parameters.Posted.FirstOrDefault(p => p.Parameter.Url == url)?.Parameter;

    static Issue Wrong(string element, string sentence) =>
        Issue.Error(IssueCode.BusinessRule, sentence, $"SearchParameter.{element}");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
