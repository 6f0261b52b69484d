using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Search;

/// <summary>One parameter of a query string → a condition; chains and <c>_has</c> nest.</summary>
sealed class SearchFilterParser(FhirDefinitions definitions, TimeProvider clock, string? baseUrl)
{
    const int MaxDepth = 5;

    /// <summary>A chain through references to any type would otherwise multiply.</summary>
    const int MaxSteps = 40;

    /// <summary>Exactly one of the two is null.</summary>
    public (SearchFilter? Filter, Issue? Issue) Parse(string resourceType, string name, string value)
    {
        if (value.Length == 0)
        {
            return (null, SearchIssue.Value(name, "has no value"));
        }

        try
        {
            return (Parse(new(name, value), resourceType, name, 0), null);
        }
        catch (NotUnderstoodException e)
        {
            return (null, e.Issue);
        }
    }

    SearchFilter Parse(Given given, string type, string name, int depth)
    {
        if (depth > MaxDepth || ++given.Steps > MaxSteps)
        {
            throw given.Unsupported(
                $"Chains may be {MaxDepth} deep and lead to {MaxSteps} types; name the type, as in subject:Patient.name.");
        }

        if (name.StartsWith("_has:", StringComparison.Ordinal))
        {
            return Has(given, type, name, depth);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? Simple(given, type, name) : Chain(given, type, name[..dot], name[(dot + 1)..], depth);
    }

    /// <summary><c>_has:Source:reference:parameter</c></summary>
    HasFilter Has(Given given, string type, string name, int depth)
    {
        if (name.Split(':', 4) is not [_, var source, var code, var rest] || !definitions.Types.IsResource(source, out _))
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
    SearchFilter Chain(Given given, string type, string head, string rest, int depth)
    {
        var (code, modifier) = SplitModifier(head);
        var reference = Find(given, type, code);
        if (reference.Type != SearchParameterType.Reference)
        {
            throw given.Unsupported($"'{code}' is no reference, so nothing can be chained to it.");
        }

        if (modifier is not null)
        {
            return definitions.Types.IsResource(modifier, out _) && MayTarget(reference, modifier)
                ? new ChainFilter(reference.Url, modifier, Parse(given, modifier, rest, depth + 1))
                : throw given.Unsupported($"'{code}' does not refer to the type named.");
        }

        var restCode = SplitModifier(rest.Split('.')[0]).Code;
        var chains = TargetsOf(reference)
            .Where(t => restCode == "_has" || FindOrNull(t, restCode) is not null)
            .Select(SearchFilter (t) => new ChainFilter(reference.Url, t, Parse(given, t, rest, depth + 1)))
            .ToImmutableArray();
        return chains.Length switch
        {
            0 => throw given.Unsupported($"No type that '{code}' refers to has the parameter chained."),
            1 => chains[0],
            _ => new AnyFilter(chains),
        };
    }

    SearchFilter Simple(Given given, string type, string name)
    {
        var (code, modifier) = SplitModifier(name);
        var parameter = Find(given, type, code);
        if (modifier == "missing")
        {
            return Missing(given, parameter);
        }

        var negated = modifier == "not";
        SearchFilter filter = code switch
        {
            "_id" => Id(given, modifier),
            "_lastUpdated" => new LastUpdatedFilter(
                [.. Values(given, ReaderFor(given, parameter, type, modifier)).Cast<DateValue>()]),
            _ => ByIndex(given, parameter, type, modifier),
        };
        return negated ? new NotFilter(filter) : filter;
    }

    static IdFilter Id(Given given, string? modifier) => modifier is null or "not"
        ? new([.. SearchText.Split(given.Value, ',').Where(id => id.Length > 0)])
        : throw given.Unsupported("_id takes the modifiers :not and :missing.");

    static SearchFilter Missing(Given given, SearchParameter parameter)
    {
        var isMissing = given.Value switch
        {
            "true" => true,
            "false" => false,
            _ => throw given.Invalid("takes true or false with the modifier :missing"),
        };
        return (parameter.Code, parameter.Type) switch
        {
            ("_id" or "_lastUpdated", _) => isMissing ? new AnyFilter([]) : new NotFilter(new AnyFilter([])),
            (_, SearchParameterType.Composite) => throw given.Unsupported("A composite does not take the modifier :missing."),
            _ => new MissingFilter(parameter.Url, parameter.Type, isMissing),
        };
    }

    IndexFilter ByIndex(Given given, SearchParameter parameter, string type, string? modifier)
    {
        var index = (parameter.Type, modifier) switch
        {
            (SearchParameterType.Token, "text") => IndexKey.Text(parameter.Url),
            (SearchParameterType.Token, "of-type") => IndexKey.OfType(parameter.Url),
            (SearchParameterType.Reference, "identifier") => IndexKey.Identifier(parameter.Url),
            _ => parameter.Url,
        };
        var read = ReaderFor(given, parameter, type, modifier);
        return new(index, [.. Values(given, read)]);
    }

    /// <summary>Reads one of the values, or gives null where it is not one.</summary>
    Func<string, SearchValue?> ReaderFor(Given given, SearchParameter parameter, string type, string? modifier) =>
        (parameter.Type, modifier) switch
        {
            (SearchParameterType.String, null) => Text(StringMatch.StartsWith),
            (SearchParameterType.String, "contains") => Text(StringMatch.Contains),
            (SearchParameterType.String, "exact") => Text(StringMatch.Exact),
            (SearchParameterType.Token, null or "not") => part => OrNull(TokenSearch.TryParse(part, out var v), v),
            (SearchParameterType.Token, "text") => Text(StringMatch.StartsWith),
            (SearchParameterType.Token, "of-type") => part => OrNull(TokenSearch.TryParseOfType(part, out var v), v),
            (SearchParameterType.Date, null) => part => OrNull(DateSearch.TryParse(part, clock.GetUtcNow(), out var v), v),
            (SearchParameterType.Number, null) => part => OrNull(NumberSearch.TryParse(part, out var v), v),
            (SearchParameterType.Quantity, null) => part => OrNull(QuantitySearch.TryParse(part, out var v), v),
            (SearchParameterType.Uri, null) => Uri(UriMatch.Exact),
            (SearchParameterType.Uri, "below") => Uri(UriMatch.Below),
            (SearchParameterType.Uri, "above") => Uri(UriMatch.Above),
            (SearchParameterType.Reference, "identifier") => part => OrNull(TokenSearch.TryParse(part, out var v), v),
            (SearchParameterType.Reference, null) => part => Reference(part, null),
            (SearchParameterType.Reference, { } target) when definitions.Types.IsResource(target, out _) =>
                part => Reference(part, target),
            (SearchParameterType.Composite, null) => Composite(given, parameter, type),
            (SearchParameterType.Special, null) when parameter.Code == "near" =>
                part => OrNull(NearSearch.TryParse(part, out var v), v),
            (_, null) => throw given.Unsupported("It is not one of those that can be searched."),
            _ => throw given.Unsupported("It does not take that modifier."),
        };

    static Func<string, SearchValue?> Text(StringMatch match) =>
        part => OrNull(StringSearch.TryParse(part, match, out var v), v);

    static Func<string, SearchValue?> Uri(UriMatch match) => part => OrNull(UriSearch.TryParse(part, match, out var v), v);

    SearchValue? Reference(string part, string? target)
    {
        var local = baseUrl is not null && part.StartsWith(baseUrl, StringComparison.OrdinalIgnoreCase)
            ? part[baseUrl.Length..].TrimStart('/')
            : part;
        return OrNull(ReferenceSearch.TryParse(local, target, definitions.Types, out var v), v);
    }

    Func<string, SearchValue?> Composite(Given given, SearchParameter composite, string type)
    {
        var readers = composite.Components
            .Select(c => definitions.SearchParameters(type).FirstOrDefault(p => p.Url == c.Definition)
                ?? throw given.Unsupported("One of its components is not known."))
            .Select(p => ReaderFor(given, p, type, null))
            .ToList();
        return part =>
        {
            var parts = SearchText.Split(part, '$');
            if (parts.Length != readers.Count)
            {
                return null;
            }

            var values = readers.Zip(parts, (read, p) => read(p)).OfType<SearchValue>().ToImmutableArray();
            return values.Length == readers.Count ? new CompositeValue(values) : null;
        };
    }

    static IEnumerable<SearchValue> Values(Given given, Func<string, SearchValue?> read) =>
        SearchText.Split(given.Value, ',').Select(p => read(p) ?? throw given.Invalid("has a value that is not of its form"));

    static SearchValue? OrNull(bool understood, SearchValue? value) => understood ? value : null;

    SearchParameter Find(Given given, string type, string code) =>
        FindOrNull(type, code) ?? throw given.Unsupported($"{type} has no such parameter.");

    SearchParameter? FindOrNull(string type, string code) =>
        definitions.SearchParameters(type).FirstOrDefault(p => p.Code == code && p.Expression is not null);

    static bool MayTarget(SearchParameter reference, string type) =>
        reference.Target.IsDefaultOrEmpty || reference.Target.Contains(type) || reference.Target.Contains("Resource");

    IEnumerable<string> TargetsOf(SearchParameter reference) =>
        reference.Target.IsDefaultOrEmpty || reference.Target.Contains("Resource")
            ? definitions.Types.Names.Where(n => definitions.Types.IsResource(n, out _)).Order(StringComparer.Ordinal)
            : reference.Target;

    static (string Code, string? Modifier) SplitModifier(string name) =>
        name.Split(':', 2) is [var code, var modifier] ? (code, modifier) : (name, null);

    /// <summary>The parameter as given, for the issue that names it.</summary>
    sealed class Given(string name, string value)
    {
        public string Name { get; } = name;

        public string Value { get; } = value;

        /// <summary>How many conditions it has come to so far.</summary>
        public int Steps { get; set; }

        public NotUnderstoodException Unsupported(string sentence) => new(SearchIssue.NotSupported(Name, sentence));

        public NotUnderstoodException Invalid(string sentence) => new(SearchIssue.Value(Name, sentence));
    }

    /// <summary>Leaves the recursion; it never leaves this class.</summary>
    sealed class NotUnderstoodException(Issue issue) : Exception
    {
        public Issue Issue { get; } = issue;
    }
}
