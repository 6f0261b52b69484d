using System.Collections.Immutable;
using System.Linq.Expressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A place where a value matched: the resource, and which repetition of a composite.</summary>
sealed class Hit
{
    public long ResourceKey { get; init; }

    public int Group { get; init; }
}

/// <summary>A typed search → LINQ over the index tables. Every value travels as a parameter.</summary>
sealed class SearchTranslator(FhirContext context, FhirDefinitions definitions, InternedNames names)
{
    /// <summary>The current resources that match, without order.</summary>
    public IQueryable<ResourceRow> Matches(SearchQuery query) => Matches(query.ResourceType, query.Filters);

    IQueryable<ResourceRow> Matches(string resourceType, ImmutableArray<SearchFilter> filters)
    {
        var type = names.Type(resourceType);
        var rows = context.Resources.Where(r => r.Type == type && !r.IsDeleted);
        return filters.Aggregate(rows, (matches, filter) => matches.Where(Condition(resourceType, type, filter)));
    }

    Expression<Func<ResourceRow, bool>> Condition(string resourceType, short type, SearchFilter filter) => filter switch
    {
        IdFilter f => Id(f),
        LastUpdatedFilter f => Predicate.Any([.. f.Values.Select(DateQuery.Updated)]),
        IndexFilter f => In(Keys(type, names.Index(f.Index), f)),
        MissingFilter f => Missing(type, f),
        NotFilter f => Predicate.Not(Condition(resourceType, type, f.Filter)),
        AnyFilter f => Predicate.Any([.. f.Filters.Select(inner => Condition(resourceType, type, inner))]),
        ChainFilter f => Chain(type, f),
        HasFilter f => Has(resourceType, type, f),
        _ => throw new InvalidOperationException($"There is no translation of {filter.GetType().Name}."),
    };

    static Expression<Func<ResourceRow, bool>> Id(IdFilter filter)
    {
        if (filter.Ids is [var only])
        {
            return r => r.Id == only;
        }

        var ids = filter.Ids.ToArray();
        return r => ids.Contains(r.Id);
    }

    /// <summary>As IN over a subquery: the engine can then start from the few rows of the index.</summary>
    static Expression<Func<ResourceRow, bool>> In(IQueryable<long> keys) => r => keys.Contains(r.Key);

    IQueryable<long> Keys(short type, short parameter, IndexFilter filter) =>
        filter.Values[0] is CompositeValue
            ? filter.Values.Cast<CompositeValue>().Select(v => Composite(type, filter.Index, v)).Aggregate((a, b) => a.Concat(b))
            : Hits(type, parameter, filter.Values).Select(h => h.ResourceKey);

    /// <summary>All values of a filter are of one kind.</summary>
    IQueryable<Hit> Hits(short type, short parameter, ImmutableArray<SearchValue> values) => values[0] switch
    {
        TokenValue => Hits<TokenRow, TokenValue>(type, parameter, values, v => TokenQuery.Matches(v, names)),
        StringValue => Hits<StringRow, StringValue>(type, parameter, values, StringQuery.Matches),
        DateValue => Hits<DateRow, DateValue>(type, parameter, values, DateQuery.Matches),
        NumberValue => Hits<NumberRow, NumberValue>(type, parameter, values, NumberQuery.Matches<NumberRow>),
        QuantityValue => Hits<QuantityRow, QuantityValue>(type, parameter, values, v => QuantityQuery.Matches(v, names)),
        ReferenceValue => Hits<ReferenceRow, ReferenceValue>(type, parameter, values, v => ReferenceQuery.Matches(v, names)),
        UriValue => Hits<UriRow, UriValue>(type, parameter, values, UriQuery.Matches),
        NearValue => Hits<PositionRow, NearValue>(type, parameter, values, NearQuery.Matches),
        _ => throw new InvalidOperationException($"There is no translation of {values[0].GetType().Name}."),
    };

    IQueryable<Hit> Hits<TRow, TValue>(
        short type, short parameter, ImmutableArray<SearchValue> values, Func<TValue, Expression<Func<TRow, bool>>> matches)
        where TRow : IndexRow
        where TValue : SearchValue =>
        Rows<TRow>(type, parameter)
            .Where(Predicate.Any([.. values.Cast<TValue>().Select(matches)]))
            .Select(row => new Hit { ResourceKey = row.ResourceKey, Group = row.Group });

    IQueryable<TRow> Rows<TRow>(short type, short parameter)
        where TRow : IndexRow => context.Set<TRow>().Where(row => row.Type == type && row.Parameter == parameter);

    /// <summary>The components must match on the same repetition.</summary>
    IQueryable<long> Composite(short type, string index, CompositeValue value) => value.Components
        .Select((component, i) => Hits(type, names.Index(IndexKey.Component(index, i)), [component]))
        .Aggregate((first, next) => first.Where(h => next.Any(n => n.ResourceKey == h.ResourceKey && n.Group == h.Group)))
        .Select(h => h.ResourceKey);

    Expression<Func<ResourceRow, bool>> Missing(short type, MissingFilter filter)
    {
        var parameter = names.Index(filter.Index);
        var present = In(filter.Type switch
        {
            SearchParameterType.Token => KeysOf<TokenRow>(type, parameter),
            SearchParameterType.String => KeysOf<StringRow>(type, parameter),
            SearchParameterType.Date => KeysOf<DateRow>(type, parameter),
            SearchParameterType.Number => KeysOf<NumberRow>(type, parameter),
            SearchParameterType.Quantity => KeysOf<QuantityRow>(type, parameter),
            SearchParameterType.Reference => KeysOf<ReferenceRow>(type, parameter),
            SearchParameterType.Uri => KeysOf<UriRow>(type, parameter),
            SearchParameterType.Special or SearchParameterType.Composite => KeysOf<PositionRow>(type, parameter),
        });
        return filter.IsMissing ? Predicate.Not(present) : present;
    }

    IQueryable<long> KeysOf<TRow>(short type, short parameter)
        where TRow : IndexRow => Rows<TRow>(type, parameter).Select(row => row.ResourceKey);

    Expression<Func<ResourceRow, bool>> Chain(short type, ChainFilter filter)
    {
        var targetType = names.Type(filter.TargetType);
        var targets = Matches(filter.TargetType, [filter.Filter]);
        var ids = targets.Select(r => r.Id);
        var references = Rows<ReferenceRow>(type, names.Index(filter.Index));
        var byId = In(references.Where(x => x.TargetType == targetType && ids.Contains(x.Target)).Select(x => x.ResourceKey));
        if (UrlIndex(filter.TargetType) is not { } urlIndex)
        {
            return byId;
        }

        var keys = targets.Select(r => r.Key);
        var urls = Rows<UriRow>(targetType, urlIndex).Where(u => keys.Contains(u.ResourceKey)).Select(u => u.Value);
        var byUrl = In(references.Where(x => x.TargetType == 0 && urls.Contains(x.Target)).Select(x => x.ResourceKey));
        return Predicate.Any([byId, byUrl]);
    }

    Expression<Func<ResourceRow, bool>> Has(string resourceType, short type, HasFilter filter)
    {
        var sources = Matches(filter.SourceType, [filter.Filter]).Select(r => r.Key);
        var references = Rows<ReferenceRow>(names.Type(filter.SourceType), names.Index(filter.Index))
            .Where(x => sources.Contains(x.ResourceKey));
        var ids = references.Where(x => x.TargetType == type).Select(x => x.Target);
        Expression<Func<ResourceRow, bool>> byId = r => ids.Contains(r.Id);
        if (UrlIndex(resourceType) is not { } urlIndex)
        {
            return byId;
        }

        var urls = references.Where(x => x.TargetType == 0).Select(x => x.Target);
        var byUrl = In(Rows<UriRow>(type, urlIndex).Where(u => urls.Contains(u.Value)).Select(u => u.ResourceKey));
        return Predicate.Any([byId, byUrl]);
    }

    short? UrlIndex(string resourceType) =>
        CanonicalUrl.IndexOf(resourceType, definitions) is { } url ? names.Index(url) : null;
}
