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
/// <param name="parameters">Those of the definitions where it is null.</param>
/// <param name="storedValueSets">Value sets besides those of the definitions, by canonical or
/// <c>ValueSet/id</c>.</param>
/// <param name="relatedCodes">What is known of codes across code systems; nothing where it is null.</param>
public sealed class SearchQueryParser(
    FhirDefinitions definitions,
    TimeProvider? clock = null,
    string? baseUrl = null,
    Func<string, ValueSet?>? storedValueSets = null,
    SearchParameters? parameters = null,
    RelatedCodes? relatedCodes = null)
{
    /// <summary>The most matches that a page may hold; a larger <c>_count</c> is cut to it.</summary>
    public const int MaxCount = 1000;

    const int MaxParameters = 100;

    /// <summary>In all; a database takes some two thousand parameters a command.</summary>
    const int MaxValues = 500;

    const int MaxSortKeys = 4;

    readonly SearchParameters _parameters = parameters ?? new(definitions);

    SearchFilterParser Filters => field ??= new(
        definitions,
        _parameters,
        new(definitions, _parameters, clock ?? TimeProvider.System, baseUrl, storedValueSets ?? (_ => null),
            relatedCodes ?? ((_, _, _, _) => [])));

    /// <param name="parameters">Decoded names and values, in order. Parameters of the format or of paging
    /// (<c>_format _pretty _summary _elements</c>) may be among them.</param>
    /// <param name="lenient">Whether an unknown parameter is a warning and left out, rather than an error.</param>
    /// <returns>The search and every issue; issues name parameters but never values.</returns>
    public ParsedSearch Parse(
        string resourceType, IEnumerable<KeyValuePair<string, string>> parameters, bool lenient) =>
        Parse([resourceType], parameters, lenient);

    /// <summary>A search of several types: every parameter must be one of each of them.</summary>
    /// <param name="compartment">Only resources of that compartment; types that never belong to it are left out —
    /// https://hl7.org/fhir/R4/compartmentdefinition.html</param>
    public ParsedSearch Parse(
        IReadOnlyCollection<string> resourceTypes,
        IEnumerable<KeyValuePair<string, string>> parameters,
        bool lenient,
        (string Type, string Id)? compartment = null)
    {
        var reading = new Reading(
            [.. resourceTypes.Select(t => (t, CompartmentFilter.Of(definitions, compartment, t)))
                .Where(t => t.Item2 != CompartmentFilter.Never)],
            lenient);
        foreach (var (name, value) in parameters)
        {
            reading.Values += SearchText.Split(value, ',').Length;
            if (++reading.Read > MaxParameters || reading.Values > MaxValues)
            {
                reading.Issues.Add(Issue.Error(
                    IssueCode.TooCostly, $"A search takes at most {MaxParameters} parameters and {MaxValues} values.",
                    "http"));
                break;
            }

            // An empty parameter is no condition and no error.
            if (value.Length > 0)
            {
                Parse(reading, name, value);
            }
        }

        return new(
            reading.Query with { Types = [.. reading.Types.Select(t => t.Read())], Used = reading.Used.ToImmutable() },
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
            case "_summary" or "_elements" or "_format" or "_pretty" or "_type":
                break;
            case "_include" or "_revinclude":
                issue = Include(reading, name, value);
                break;
            default:
                issue = Filter(reading, name, value);
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

    /// <summary>The condition goes to every type, or to none.</summary>
    Issue? Filter(Reading reading, string name, string value)
    {
        var parsed = reading.Types.Select(t => (Type: t, Parsed: Filters.Parse(t.ResourceType, name, value))).ToList();
        if (parsed.FirstOrDefault(p => p.Parsed.Issue is not null).Parsed.Issue is { } issue)
        {
            return issue;
        }

        parsed.ForEach(p => p.Type.Filters.Add(p.Parsed.Filter!));
        return null;
    }

    Issue? Sort(Reading reading, string value)
    {
        var parts = value.Split(',');
        if (parts.Length > MaxSortKeys)
        {
            return SearchIssue.Value("_sort", "takes at most four parameters");
        }

        foreach (var part in parts)
        {
            var descending = part.StartsWith('-');
            var code = descending ? part[1..] : part;
            var keys = reading.Types.Select(t => SortKeyOf(t, code, descending)).ToList();
            if (keys.Contains(null) || keys.DistinctBy(k => k!.Parameter.Type).Count() > 1)
            {
                return SearchIssue.NotSupported(
                    "_sort", "The types searched cannot be sorted by one of the parameters named.");
            }

            foreach (var (type, key) in reading.Types.Zip(keys))
            {
                type.Sort.Add(key!);
            }
        }

        return null;
    }

    SortKey? SortKeyOf(TypeReading type, string code, bool descending) =>
        _parameters.Of(type.ResourceType).FirstOrDefault(p => p.Code == code && !_parameters.IsIncomplete(p)) switch
        {
            { Type: SearchParameterType.Composite } or null => null,
            // Distances count from the place searched for, which must come first.
            { Type: SearchParameterType.Special } near => near.Code != SpecialParameter.Near ? null
                : type.Filters.OfType<IndexFilter>().SelectMany(f => f.Values).OfType<NearValue>()
                    .FirstOrDefault() is { } place
                    ? new SortKey(near, descending, place)
                    : null,
            var parameter => new SortKey(parameter, descending),
        };

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

    /// <summary><c>Source:parameter[:Target]</c>, <c>Source:*</c> or <c>*</c>.</summary>
    Issue? Include(Reading reading, string name, string value)
    {
        var modifier = name.Split(':', 2) is [_, var m] ? m : null;
        if (modifier is not (null or "iterate" or "recurse"))
        {
            return SearchIssue.NotSupported(name, "An include takes the modifier :iterate alone.");
        }

        var parts = value.Split(':');
        var isAny = value == "*";
        if (!isAny && (parts.Length is < 2 or > 3 || !definitions.Types.IsResource(parts[0], out _)
            || (parts.Length == 3 && !definitions.Types.IsResource(parts[2], out _))))
        {
            return SearchIssue.Value(
                name, "has the form Source:parameter or Source:parameter:Target, with resource types, or is *");
        }

        var parameter = isAny ? null : _parameters.Of(parts[0])
            .FirstOrDefault(p => p.Code == parts[1] && p.Type == SearchParameterType.Reference);
        if (parameter is null && parts[^1] != "*" && parts.ElementAtOrDefault(1) != "*")
        {
            return SearchIssue.NotSupported(name, $"{parts[0]} has no reference parameter of the name given.");
        }

        var reverse = name.StartsWith("_rev", StringComparison.Ordinal);
        reading.Query = reading.Query with
        {
            Includes = reading.Query.Includes.Add(new(
                reverse, modifier is not null, isAny ? null : parts[0], parameter,
                parts.Length == 3 ? parts[2] : null)),
        };
        return null;
    }

    sealed class Reading(ImmutableArray<(string Type, SearchFilter? Compartment)> types, bool lenient)
    {
        public bool Lenient { get; } = lenient;

        public int Read { get; set; }

        public int Values { get; set; }

        public SearchQuery Query { get; set; } = new([]);

        public ImmutableArray<TypeReading> Types { get; } =
            [.. types.Select(t => new TypeReading(t.Type, t.Compartment))];

        public ImmutableArray<Issue>.Builder Issues { get; } = ImmutableArray.CreateBuilder<Issue>();

        public ImmutableArray<KeyValuePair<string, string>>.Builder Used { get; } =
            ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
    }

    sealed class TypeReading(string resourceType, SearchFilter? compartment)
    {
        public string ResourceType => resourceType;

        public List<SearchFilter> Filters { get; } = compartment is null ? [] : [compartment];

        public List<SortKey> Sort { get; } = [];

        public SearchedType Read() => new(resourceType, [.. Filters]) { Sort = [.. Sort] };
    }
}

/// <summary>Issues of searches: they name the parameter, never the value, which may be of a patient.</summary>
static class SearchIssue
{
    public static Issue Value(string name, string sentence) =>
        Issue.Error(IssueCode.Value, $"The search parameter '{name}' {sentence}.", $"http.{name}");

    public static Issue NotSupported(string name, string sentence) =>
        Issue.Error(
            IssueCode.NotSupported, $"The search parameter '{name}' is not supported. {sentence}", $"http.{name}");
}
