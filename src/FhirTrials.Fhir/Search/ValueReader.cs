using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Terminology;

namespace FhirTrials.Fhir.Search;

/// <summary>Reads the values of one parameter with its modifier —
/// https://hl7.org/fhir/R4/search.html#modifiers</summary>
sealed class ValueReader(
    FhirDefinitions definitions,
    SearchParameters parameters,
    TimeProvider clock,
    string? baseUrl,
    Func<string, ValueSet?> storedValueSets,
    RelatedCodes relatedCodes)
{
    /// <summary>As many codes as a search takes from a value set or a hierarchy.</summary>
    const int MaxCodes = 20_000;

    /// <summary>As many values as a composite is taken for, where codes in it stand for several.</summary>
    const int MaxCombinations = 500;

    /// <summary>How parameters name the resource above, in a hierarchy of one type.</summary>
    static readonly string[] ParentCodes = ["partof", "part-of", "parent"];

    /// <summary>All values of a parameter, separated by commas.</summary>
    public IndexFilter Filter(
        GivenParameter given, SearchParameter parameter, string type, string? modifier, string text)
    {
        var index = (parameter.Type, modifier) switch
        {
            (SearchParameterType.Token, "text") => IndexKey.Text(parameter.Url),
            (SearchParameterType.Token, "of-type") => IndexKey.OfType(parameter.Url),
            (SearchParameterType.Reference, "identifier") => IndexKey.Identifier(parameter.Url),
            _ => parameter.Url,
        };
        return new(index, [.. Values(given, For(given, parameter, type, modifier), text)]);
    }

    public LastUpdatedFilter LastUpdated(
        GivenParameter given, SearchParameter parameter, string type, string? modifier, string text) =>
        new([.. Values(given, For(given, parameter, type, modifier), text).Cast<DateValue>()]);

    static IEnumerable<SearchValue> Values(
        GivenParameter given, Func<string, IEnumerable<SearchValue>> read, string text) =>
        SearchText.Split(text, ',').SelectMany(part => read(part) is { } values && values.Any()
            ? values
            : throw given.Invalid("has a value that is not of its form"));

    /// <summary>Reads one of the values; none where it is not one.</summary>
    Func<string, IEnumerable<SearchValue>> For(
        GivenParameter given, SearchParameter parameter, string type, string? modifier) =>
        (parameter.Type, modifier) switch
        {
            (SearchParameterType.String, null) => Text(StringMatch.StartsWith),
            (SearchParameterType.String, "contains") => Text(StringMatch.Contains),
            (SearchParameterType.String, "exact") => Text(StringMatch.Exact),
            (SearchParameterType.Token, null or "not") => part => Tokens(parameter, part),
            (SearchParameterType.Token, "text") => Text(StringMatch.StartsWith),
            (SearchParameterType.Token, "of-type") => part => One(TokenSearch.TryParseOfType(part, out var v), v),
            (SearchParameterType.Token, "in" or "not-in") => part => InValueSet(given, part),
            (SearchParameterType.Token, "below") => part => Hierarchy(given, parameter, part, below: true),
            (SearchParameterType.Token, "above") => part => Hierarchy(given, parameter, part, below: false),
            (SearchParameterType.Date, null) => part => One(DateSearch.TryParse(part, clock.GetUtcNow(), out var v), v),
            (SearchParameterType.Number, null) => part => One(NumberSearch.TryParse(part, out var v), v),
            (SearchParameterType.Quantity, null) => part => One(QuantitySearch.TryParse(part, out var v), v),
            (SearchParameterType.Uri, null) => Uri(UriMatch.Exact),
            (SearchParameterType.Uri, "below") => Uri(UriMatch.Below),
            (SearchParameterType.Uri, "above") => Uri(UriMatch.Above),
            (SearchParameterType.Reference, "identifier") => part => One(TokenSearch.TryParse(part, out var v), v),
            (SearchParameterType.Reference, null) => part => Reference(part, null),
            (SearchParameterType.Reference, "below") => part => ReferenceHierarchy(given, parameter, part, below: true),
            (SearchParameterType.Reference, "above") =>
                part => ReferenceHierarchy(given, parameter, part, below: false),
            (SearchParameterType.Reference, { } target) when definitions.Types.IsResource(target, out _) =>
                part => Reference(part, target),
            (SearchParameterType.Composite, null) => Composite(given, parameter, type),
            (SearchParameterType.Special, null) when parameter.Code == SpecialParameter.Near =>
                part => One(NearSearch.TryParse(part, out var v), v),
            (SearchParameterType.Special, null) when parameter.Code == AgeSearch.Code =>
                part => One(AgeSearch.TryParse(part, out var v), v),
            (_, null) => throw given.Unsupported("It is not one of those that can be searched."),
            _ => throw given.Unsupported("It does not take that modifier."),
        };

    static Func<string, IEnumerable<SearchValue>> Text(StringMatch match) =>
        part => One(StringSearch.TryParse(part, match, out var v), v);

    static Func<string, IEnumerable<SearchValue>> Uri(UriMatch match) =>
        part => One(UriSearch.TryParse(part, match, out var v), v);

    /// <summary>A code, and what says the same in other systems. In place of the system may stand a value set of codes
    /// of one system, as France's register ECLAIRE asks for a status.</summary>
    IEnumerable<SearchValue> Tokens(SearchParameter parameter, string part)
    {
        if (!TokenSearch.TryParse(part, out var value))
        {
            return [];
        }

        if (value is not TokenValue { System: { } system, Code: { } code } token)
        {
            return [value];
        }

        var ofValueSet =
            definitions.CodeSystem(system) is null ? new ImpliedSystem(definitions).OfValueSet(system) : null;
        return
        [
            ofValueSet is null ? token : token with { System = ofValueSet },
            .. relatedCodes(parameter.Url, system, code, false)
                .SelectMany(r => r.Codes.Select(c => new TokenValue(TokenSystem.Given, r.System, c))),
        ];
    }

    IEnumerable<SearchValue> Reference(string part, string? target)
    {
        var local = baseUrl is not null && part.StartsWith(baseUrl, StringComparison.OrdinalIgnoreCase)
            ? part[baseUrl.Length..].TrimStart('/')
            : part;
        return One(ReferenceSearch.TryParse(local, target, definitions.Types, out var v), v);
    }

    IEnumerable<SearchValue> InValueSet(GivenParameter given, string part)
    {
        if (!SearchText.TryUnescape(part, out var valueSet))
        {
            return [];
        }

        var (sets, reason) = new ValueSetExpander(definitions, storedValueSets).Expand(valueSet);
        return sets is null ? throw given.Unsupported(reason!)
            : sets.OfSystem.IsEmpty ? [new TokenSetValue(null, [])]
            : sets.OfSystem.OrderBy(set => set.Key, StringComparer.Ordinal)
                .SelectMany(set => Codes(given, set.Key, set.Value));
    }

    /// <summary>The codes above or below one, itself included, by the hierarchy of its system.</summary>
    SearchValue[] Hierarchy(GivenParameter given, SearchParameter parameter, string part, bool below)
    {
        if (!TokenSearch.TryParse(part, out var token)
            || token is not TokenValue { System: { } system, Code: { } code })
        {
            throw given.Invalid("needs a code with its system, system|code, with the modifiers :below and :above");
        }

        if (below && relatedCodes(parameter.Url, system, code, true).ToList() is { Count: > 0 } related)
        {
            return [.. related.Select(r => new TokenSetValue(r.System, r.Codes))];
        }

        return definitions.CodeSystem(system)
            is not { Content: CodeSystemContent.Complete or CodeSystemContent.Fragment } known
            ? throw given.Unsupported("The hierarchy of that code system is not known here.")
            : Codes(given, system, known.Concepts.Select(c => c.Code)
                .Where(c => below ? known.IsA(c, code) : known.IsA(code, c)).Append(code)
                .ToImmutableHashSet(StringComparer.Ordinal));
    }

    static SearchValue[] Codes(GivenParameter given, string system, ImmutableHashSet<string>? codes) =>
        codes is null ? [new TokenValue(TokenSystem.Given, system, null)]
        : codes.Count > MaxCodes ? throw given.Unsupported($"It comes to more than {MaxCodes} codes.")
        : [new TokenSetValue(system.Length == 0 ? null : system, [.. codes.Order(StringComparer.Ordinal)])];

    /// <summary>https://hl7.org/fhir/R4/search.html#recursive</summary>
    SearchValue[] ReferenceHierarchy(GivenParameter given, SearchParameter parameter, string part, bool below)
    {
        if (Reference(part, parameter.Target is [var only] ? only : null)
            .SingleOrDefault() is not ReferenceValue { Version: null } value
            || value.Target.Contains(':', StringComparison.Ordinal))
        {
            return [];
        }

        if (value.Type is null)
        {
            throw given.Invalid("needs the type of the resource, as in Location/1");
        }

        var parent = definitions.SearchParameters(value.Type).FirstOrDefault(p =>
            p.Type == SearchParameterType.Reference && ParentCodes.Contains(p.Code) && p.Target.Contains(value.Type));
        return parent is null
            ? throw given.Unsupported($"Resources of type {value.Type} have no hierarchy.")
            : [new HierarchyValue(value.Type, value.Target, parent.Url, below)];
    }

    Func<string, IEnumerable<SearchValue>> Composite(GivenParameter given, SearchParameter composite, string type)
    {
        var readers = composite.Components
            .Select(c => parameters.Of(type).FirstOrDefault(p => p.Url == c.Definition)
                ?? definitions.SearchParameter(c.Definition)
                ?? throw given.Unsupported("One of its components is not known."))
            .Select(p => For(given, p, type, null))
            .ToList();
        return part =>
        {
            var parts = SearchText.Split(part, '$');
            if (parts.Length != readers.Count)
            {
                return [];
            }

            var values = readers.Zip(parts, (read, p) => read(p).ToList()).ToList();
            return values.Aggregate(1L, (all, v) => Math.Min(all, MaxCodes) * v.Count) > MaxCombinations
                ? throw given.Unsupported($"Its codes come to more than {MaxCombinations} combinations.")
                : Combinations(values).Select(v => new CompositeValue(v));
        };
    }

    /// <summary>One of each: a code may stand for several.</summary>
    static IEnumerable<ImmutableArray<SearchValue>> Combinations(IEnumerable<List<SearchValue>> values) =>
        values.Aggregate(
            (IEnumerable<ImmutableArray<SearchValue>>)[[]],
            (before, here) => before.SelectMany(b => here, (b, value) => b.Add(value)));

    static IEnumerable<SearchValue> One(bool understood, SearchValue? value) => understood ? [value!] : [];
}
