using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Search;

/// <summary>One parameter of a query string → a condition; chains and <c>_has</c> nest.</summary>
sealed class SearchFilterParser(FhirDefinitions definitions, SearchParameters parameters, ValueReader values)
{
    const int MaxDepth = 8;

    /// <summary>A chain through references to any type would otherwise multiply.</summary>
    const int MaxSteps = 60;

    /// <summary>Exactly one of the two is null.</summary>
    public (SearchFilter? Filter, Issue? Issue) Parse(string resourceType, string name, string value)
    {
        try
        {
            return (Parse(new(name, value), resourceType, name, 0), null);
        }
        catch (NotUnderstoodException e)
        {
            return (null, e.Issue);
        }
    }

    SearchFilter Parse(GivenParameter given, string type, string name, int depth)
    {
        if (name.StartsWith("_has:", StringComparison.Ordinal))
        {
            return Has(given, type, name, depth);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? Simple(given, type, name)
            : Chain(
                given, type, name[..dot], name[(dot + 1)..].Split('.', ':')[0], depth,
                (target, deeper) => Parse(given, target, name[(dot + 1)..], deeper));
    }

    /// <summary><c>_has:Source:reference:parameter</c></summary>
    HasFilter Has(GivenParameter given, string type, string name, int depth)
    {
        Step(given, depth);
        if (name.Split(':', 4) is not [_, var source, var code, var rest]
            || !definitions.Types.IsResource(source, out _))
        {
            throw given.Unsupported("_has has the form _has:ResourceType:reference:parameter.");
        }

        var reference = Find(given, source, code);
        if (reference.Type != SearchParameterType.Reference || !MayTarget(reference, type))
        {
            throw given.Unsupported($"{source}.{code} does not refer to {type}.");
        }

        return new(source, reference.Url, Parse(given, source, rest, depth + 1));
    }

    /// <summary><c>reference[:Type].parameter</c></summary>
    /// <param name="next">The parameter asked of the target: of the types that may be referred
    /// to, those that have it count.</param>
    /// <param name="rest">Reads what is asked of the target.</param>
    SearchFilter Chain(
        GivenParameter given, string type, string head, string next, int depth, Func<string, int, SearchFilter> rest)
    {
        Step(given, depth);
        var (code, modifier) = SplitModifier(head);
        var reference = Find(given, type, code);
        if (reference.Type != SearchParameterType.Reference)
        {
            throw given.Unsupported($"'{code}' is no reference, so nothing can be chained to it.");
        }

        if (modifier is not null)
        {
            return definitions.Types.IsResource(modifier, out _) && MayTarget(reference, modifier)
                ? new ChainFilter(reference.Url, modifier, rest(modifier, depth + 1))
                : throw given.Unsupported($"'{code}' does not refer to the type named.");
        }

        ImmutableArray<SearchFilter> chains =
        [
            .. TargetsOf(reference).Where(t => IsUniversal(next) || FindOrNull(t, next) is not null).Select(t =>
            {
                Step(given, depth);
                return new ChainFilter(reference.Url, t, rest(t, depth + 1));
            }),
        ];
        return chains switch
        {
            [] => throw given.Unsupported($"No type that '{code}' refers to has the parameter chained."),
            [var only] => only,
            _ => new AnyFilter(chains),
        };
    }

    static void Step(GivenParameter given, int depth)
    {
        if (depth >= MaxDepth || ++given.Steps >= MaxSteps)
        {
            throw given.Unsupported(
                $"Chains may be {MaxDepth} deep and lead to {MaxSteps} types; name the type, as in "
                    + "subject:Patient.name.");
        }
    }

    SearchFilter Simple(GivenParameter given, string type, string name)
    {
        var (code, modifier) = SplitModifier(name);
        switch (code, modifier)
        {
            case ("_list", null):
                return List(given);
            case ("_filter", null):
                return Of(given, new FilterExpressionParser(given).Parse(), type, 0);
            case ("_text" or "_content", null):
                return Words(given, code);
        }

        var parameter = Find(given, type, code);
        return modifier switch
        {
            "missing" => Missing(given, parameter, given.Value),
            "not" or "not-in" => new NotFilter(Values(given, parameter, type, modifier, given.Value)),
            _ => Values(given, parameter, type, modifier, given.Value),
        };
    }

    SearchFilter Values(GivenParameter given, SearchParameter parameter, string type, string? modifier, string text) =>
        parameter.Code switch
        {
            "_id" => Id(given, modifier, text),
            "_lastUpdated" => values.LastUpdated(given, parameter, type, modifier, text),
            _ => values.Filter(given, parameter, type, modifier, text),
        };

    static IdFilter Id(GivenParameter given, string? modifier, string text) => modifier is null or "not"
        ? new([.. SearchText.Split(text, ',').Where(id => id.Length > 0)])
        : throw given.Unsupported("_id takes the modifiers :not and :missing.");

    /// <summary>The resources that a List names — https://hl7.org/fhir/R4/search.html#list</summary>
    HasFilter List(GivenParameter given)
    {
        var ids = SearchText.Split(given.Value, ',')
            .Select(id => id.StartsWith("List/", StringComparison.Ordinal) ? id["List/".Length..] : id)
            .ToImmutableArray();
        return ids.Any(id => id.StartsWith('$'))
            ? throw given.Unsupported(
                "Lists that a server computes, such as $current-problems, are not served; name a List by its id.")
            : new HasFilter("List", Find(given, "List", "item").Url, new IdFilter(ids));
    }

    /// <summary>Alternatives by commas, of which each may be several words.</summary>
    static SearchFilter Words(GivenParameter given, string code)
    {
        ImmutableArray<SearchFilter> alternatives =
        [
            .. SearchText.Split(given.Value, ',').Select(part =>
                SearchText.TryUnescape(part, out var text)
                    && WordSearch.Filter(text, inNarrative: code == "_text") is { } words
                    ? words
                    : throw given.Invalid("needs a word to look for")),
        ];
        return alternatives is [var only] ? only : new AnyFilter(alternatives);
    }

    static SearchFilter Missing(GivenParameter given, SearchParameter parameter, string text)
    {
        var isMissing = text switch
        {
            "true" => true,
            "false" => false,
            _ => throw given.Invalid("takes true or false with the modifier :missing"),
        };
        return (parameter.Code, parameter.Type) switch
        {
            ("_id" or "_lastUpdated", _) => isMissing ? new AnyFilter([]) : new NotFilter(new AnyFilter([])),
            (_, SearchParameterType.Composite) =>
                throw given.Unsupported("A composite does not take the modifier :missing."),
            _ => Missing([.. Facets(parameter).Select(f => new MissingFilter(f.Index, f.Type, isMissing))], isMissing),
        };
    }

    static SearchFilter Missing(ImmutableArray<SearchFilter> facets, bool isMissing) =>
        facets is [var only] ? only : isMissing ? new AllFilter(facets) : new AnyFilter(facets);

    /// <summary>Where a value leaves entries: a concept may be a text alone, a reference an identifier.</summary>
    static (string Index, SearchParameterType Type)[] Facets(SearchParameter parameter) => parameter.Type switch
    {
        SearchParameterType.Token =>
            [(parameter.Url, SearchParameterType.Token), (IndexKey.Text(parameter.Url), SearchParameterType.String)],
        SearchParameterType.Reference =>
            [
                (parameter.Url, SearchParameterType.Reference),
                (IndexKey.Identifier(parameter.Url), SearchParameterType.Token),
            ],
        _ => [(parameter.Url, SpecialParameter.IndexType(parameter))],
    };

    /// <summary>https://hl7.org/fhir/R4/search_filter.html</summary>
    SearchFilter Of(GivenParameter given, FilterExpression expression, string type, int depth) => expression switch
    {
        FilterExpression.And e => new AllFilter([Of(given, e.Left, type, depth), Of(given, e.Right, type, depth)]),
        FilterExpression.Or e => new AnyFilter([Of(given, e.Left, type, depth), Of(given, e.Right, type, depth)]),
        FilterExpression.Not e => new NotFilter(Of(given, e.Operand, type, depth)),
        FilterExpression.Comparison { Path: [var only] } e => Compare(given, e, type, only.Name),
        FilterExpression.Comparison e => Chain(given, type, e.Path[0].Name, e.Path[1].Name, depth, (target, deeper) =>
        {
            var rest = Of(given, e with { Path = e.Path[1..] }, target, deeper);
            return e.Path[0].Where is { } where ? new AllFilter([Of(given, where, target, deeper), rest]) : rest;
        }),
        _ => throw new InvalidOperationException($"There is no condition of {expression.GetType().Name}."),
    };

    /// <summary>The value of a filter is one value, so what separates values elsewhere is part of it.</summary>
    SearchFilter Compare(GivenParameter given, FilterExpression.Comparison test, string type, string code)
    {
        var parameter = Find(given, type, code);
        var text = test.Value.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal);
        return (parameter.Type, test.Operator) switch
        {
            (_, "pr") =>
                Missing(given, parameter, test.Value == "true" ? "false" : test.Value == "false" ? "true" : ""),
            (SearchParameterType.Date or SearchParameterType.Number or SearchParameterType.Quantity,
                "eq" or "ne" or "gt" or "lt" or "ge" or "le" or "ap" or "sa" or "eb") =>
                Values(given, parameter, type, null, test.Operator + text),
            (SearchParameterType.Date, "po") => Overlaps(Values(given, parameter, type, null, text)),
            (SearchParameterType.String, "eq") => Strings(given, parameter, test.Value, StringMatch.Equal),
            (SearchParameterType.String, "ne") => Other(Strings(given, parameter, test.Value, StringMatch.Equal)),
            (SearchParameterType.String, "co") => Strings(given, parameter, test.Value, StringMatch.Contains),
            (SearchParameterType.String, "sw") => Strings(given, parameter, test.Value, StringMatch.StartsWith),
            (SearchParameterType.String, "ew") => Strings(given, parameter, test.Value, StringMatch.EndsWith),
            (SearchParameterType.Token or SearchParameterType.Uri, "eq") => Values(given, parameter, type, null, text),
            (SearchParameterType.Token or SearchParameterType.Uri, "ne") =>
                Other(Values(given, parameter, type, null, text)),
            (SearchParameterType.Uri, "sw") => Values(given, parameter, type, "below", text),
            (SearchParameterType.Token, "in") => Values(given, parameter, type, "in", text),
            (SearchParameterType.Token, "ni") => new NotFilter(Values(given, parameter, type, "not-in", text)),
            // The value subsumes a concept of the resource, or is subsumed by one.
            (SearchParameterType.Token, "ss") => Values(given, parameter, type, "below", text),
            (SearchParameterType.Token, "sb") => Values(given, parameter, type, "above", text),
            (SearchParameterType.Reference, "eq" or "re") => Values(given, parameter, type, null, text),
            (SearchParameterType.Reference, "ne") => Other(Values(given, parameter, type, null, text)),
            _ => throw given.Unsupported($"The operator {test.Operator} is not one for '{code}'."),
        };
    }

    static IndexFilter Strings(GivenParameter given, SearchParameter parameter, string text, StringMatch match) =>
        StringSearch.Normalise(text) is { Length: > 0 } normal
            ? new(parameter.Url, [new StringValue(match, normal)])
            : throw given.Invalid("compares with an empty text");

    /// <summary>An entry with another value.</summary>
    static SearchFilter Other(SearchFilter filter) => filter switch
    {
        IndexFilter f => new IndexFilter(f.Index, [.. f.Values.Select(v => new OtherValue(v))]),
        _ => new NotFilter(filter),
    };

    static SearchFilter Overlaps(SearchFilter filter) => filter switch
    {
        IndexFilter f =>
            f with { Values = [.. f.Values.Select(v => v is DateValue d ? d with { Prefix = SearchPrefix.Ap } : v)] },
        LastUpdatedFilter f => f with { Values = [.. f.Values.Select(d => d with { Prefix = SearchPrefix.Ap })] },
        _ => filter,
    };

    SearchParameter Find(GivenParameter given, string type, string code) =>
        FindOrNull(type, code) is not { } found ? throw given.Unsupported($"{type} has no such parameter.")
        : parameters.IsIncomplete(found)
        ? throw given.Unsupported("It is new, and not all resources are indexed by it yet.")
        : found;

    SearchParameter? FindOrNull(string type, string code) =>
        parameters.Of(type).FirstOrDefault(p => p.Code == code && p.Expression is not null);

    /// <summary>What every type can be asked for without a parameter of its own.</summary>
    static bool IsUniversal(string code) => code is "_has" or "_list" or "_text" or "_content";

    static bool MayTarget(SearchParameter reference, string type) =>
        reference.Target.IsDefaultOrEmpty || reference.Target.Contains(type) || reference.Target.Contains("Resource");

    IEnumerable<string> TargetsOf(SearchParameter reference) =>
        reference.Target.IsDefaultOrEmpty || reference.Target.Contains("Resource")
            ? definitions.Types.Names.Where(n => definitions.Types.IsResource(n, out _)).Order(StringComparer.Ordinal)
            : reference.Target;

    static (string Code, string? Modifier) SplitModifier(string name) =>
        name.Split(':', 2) is [var code, var modifier] ? (code, modifier) : (name, null);
}
