using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Search;

/// <summary>A search as far as it was understood, and what was not.</summary>
public sealed record ParsedSearch(SearchQuery Query, ImmutableArray<Issue> Issues)
{
    public bool IsValid => !Issues.Any(i => i.IsError);
}

/// <summary>Query string → typed search — https://hl7.org/fhir/R4/search.html</summary>
/// <param name="baseUrl">The server's base: references below it are local. Null where there is none.</param>
public sealed class SearchQueryParser(FhirDefinitions definitions, TimeProvider? clock = null, string? baseUrl = null)
{
    /// <summary>The most matches that a page may hold; a larger <c>_count</c> is cut to it.</summary>
    public const int MaxCount = 1000;

    const int MaxParameters = 100;

    /// <summary>In all; a database takes some two thousand parameters a command.</summary>
    const int MaxValues = 500;

    readonly SearchFilterParser _filters = new(definitions, clock ?? TimeProvider.System, baseUrl);

    /// <param name="parameters">Decoded names and values, in order. Parameters of the format or of paging
    /// (<c>_format _pretty _summary _elements</c>) may be among them.</param>
    /// <param name="lenient">Whether an unknown parameter is a warning and left out, rather than an error.</param>
    /// <returns>The search and every issue; issues name parameters but never values.</returns>
    public ParsedSearch Parse(string resourceType, IEnumerable<KeyValuePair<string, string>> parameters, bool lenient)
    {
        var reading = new Reading(resourceType, lenient);
        foreach (var (name, value) in parameters)
        {
            reading.Values += SearchText.Split(value, ',').Length;
            if (++reading.Read > MaxParameters || reading.Values > MaxValues)
            {
                reading.Issues.Add(Issue.Error(
                    IssueCode.TooCostly, $"A search takes at most {MaxParameters} parameters and {MaxValues} values.", "http"));
                break;
            }

            Parse(reading, name, value);
        }

        return new(reading.Query with { Filters = reading.Filters.ToImmutable(), Used = reading.Used.ToImmutable() },
            reading.Issues.ToImmutable());
    }

    void Parse(Reading reading, string name, string value)
    {
        Issue? issue = null;
        switch (name.Split(':')[0])
        {
            case "_sort":
                issue = Sort(reading, value);
                break;
            case "_count":
                issue = Count(reading, ref value);
                break;
            case "_total":
                issue = Total(reading, value);
                break;
            case "_summary" when value == "count":
                reading.Query = reading.Query with { Count = 0, Total = SearchTotal.Accurate };
                break;
            case "_summary" or "_elements" or "_format" or "_pretty":
                break;
            case "_include" or "_revinclude":
                issue = Include(reading, name, value);
                break;
            default:
                var (filter, found) = _filters.Parse(reading.Query.ResourceType, name, value);
                issue = found;
                if (filter is not null)
                {
                    reading.Filters.Add(filter);
                }

                break;
        }

        if (issue is null)
        {
            reading.Used.Add(new(name, value));
        }
        else
        {
            reading.Issues.Add(reading.Lenient && issue.Code == IssueCode.NotSupported
                ? issue with { Severity = IssueSeverity.Warning }
                : issue);
        }
    }

    Issue? Sort(Reading reading, string value)
    {
        var keys = reading.Query.Sort.ToBuilder();
        foreach (var part in value.Split(','))
        {
            var descending = part.StartsWith('-');
            var code = descending ? part[1..] : part;
            var parameter = definitions.SearchParameters(reading.Query.ResourceType).FirstOrDefault(p => p.Code == code);
            if (parameter is null || parameter.Type is SearchParameterType.Composite or SearchParameterType.Special)
            {
                return SearchIssue.NotSupported(
                    "_sort", $"{reading.Query.ResourceType} cannot be sorted by one of the parameters named.");
            }

            keys.Add(new(parameter, descending));
        }

        if (keys.Count > 4)
        {
            return SearchIssue.Value("_sort", "takes at most four parameters");
        }

        reading.Query = reading.Query with { Sort = keys.ToImmutable() };
        return null;
    }

    static Issue? Count(Reading reading, ref string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return SearchIssue.Value("_count", "takes a number, 0 or more");
        }

        count = Math.Min(count, MaxCount);
        value = count.ToString(CultureInfo.InvariantCulture);
        reading.Query = reading.Query with
        {
            Count = count,
            Total = count == 0 ? SearchTotal.Accurate : reading.Query.Total,
        };
        return null;
    }

    static Issue? Total(Reading reading, string value)
    {
        SearchTotal? total = value switch
        {
            "none" => SearchTotal.None,
            "estimate" => SearchTotal.Estimate,
            "accurate" => SearchTotal.Accurate,
            _ => null,
        };
        if (total is null)
        {
            return SearchIssue.Value("_total", "is none, estimate or accurate");
        }

        reading.Query = reading.Query with { Total = total.Value };
        return null;
    }

    /// <summary><c>Source:parameter[:Target]</c> or <c>Source:*</c>.</summary>
    Issue? Include(Reading reading, string name, string value)
    {
        var modifier = name.Split(':', 2) is [_, var m] ? m : null;
        if (modifier is not (null or "iterate" or "recurse"))
        {
            return SearchIssue.NotSupported(name, "An include takes the modifier :iterate alone.");
        }

        var parts = value.Split(':');
        if (parts.Length is < 2 or > 3 || !definitions.Types.IsResource(parts[0], out _)
            || (parts.Length == 3 && !definitions.Types.IsResource(parts[2], out _)))
        {
            return SearchIssue.Value(name, "has the form Source:parameter or Source:parameter:Target, with resource types");
        }

        var parameter = definitions.SearchParameters(parts[0])
            .FirstOrDefault(p => p.Code == parts[1] && p.Type == SearchParameterType.Reference);
        if (parameter is null && parts[1] != "*")
        {
            return SearchIssue.NotSupported(name, $"{parts[0]} has no reference parameter of the name given.");
        }

        var reverse = name.StartsWith("_rev", StringComparison.Ordinal);
        reading.Query = reading.Query with
        {
            Includes = reading.Query.Includes.Add(new(
                reverse, modifier is not null, parts[0], parameter, parts.Length == 3 ? parts[2] : null)),
        };
        return null;
    }

    sealed class Reading(string resourceType, bool lenient)
    {
        public bool Lenient { get; } = lenient;

        public int Read { get; set; }

        public int Values { get; set; }

        public SearchQuery Query { get; set; } = new(resourceType, []);

        public ImmutableArray<SearchFilter>.Builder Filters { get; } = ImmutableArray.CreateBuilder<SearchFilter>();

        public ImmutableArray<Issue>.Builder Issues { get; } = ImmutableArray.CreateBuilder<Issue>();

        public ImmutableArray<KeyValuePair<string, string>>.Builder Used { get; } =
            ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
    }
}

/// <summary>Issues of searches: they name the parameter, never the value, which may be of a patient.</summary>
static class SearchIssue
{
    public static Issue Value(string name, string sentence) =>
        Issue.Error(IssueCode.Value, $"The search parameter '{name}' {sentence}.", $"http.{name}");

    public static Issue NotSupported(string name, string sentence) =>
        Issue.Error(IssueCode.NotSupported, $"The search parameter '{name}' is not supported. {sentence}", $"http.{name}");
}
