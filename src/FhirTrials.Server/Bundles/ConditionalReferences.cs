using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>References of a transaction that are searches (<c>Patient?identifier=x</c>). Each must find exactly one
/// resource, among those that are there when the transaction is done —
/// https://hl7.org/fhir/R4/http.html#trules</summary>
sealed class ConditionalReferences(ServedTypes types, SearchReader searches, ResourceStore store)
{
    /// <summary>The resources with what the searches find in place of them; throws (412) where
    /// one finds none or several.</summary>
    /// <param name="operations">All writes of the transaction, with given resources.</param>
    public async Task<SortedDictionary<int, Element>> Resolve(
        ImmutableArray<BundleEntry> entries,
        SortedDictionary<int, Element> resources,
        Func<SortedDictionary<int, Element>, IReadOnlyList<WriteOperation>> operations,
        CancellationToken ct)
    {
        var asked = resources.SelectMany(r => References.Of(r.Value, $"{entries[r.Key].Place}.resource"))
            .Where(r => IsConditional(r.Target)).DistinctBy(r => r.Target, StringComparer.Ordinal)
            .Select(r => (r.Target, r.Path, Criteria: Criteria(r.Target, r.Path))).ToList();
        if (asked.Count == 0)
        {
            return resources;
        }

        // Of what the transaction does not write, all is there already.
        var written = entries.Where(e => e.IsWrite && e.Target is not null)
            .Select(e => e.Target!.Value.Type).ToHashSet();
        var parts = asked.ToLookup(r => Types(r.Criteria).Any(written.Contains));
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (target, path, criteria) in parts[false])
        {
            var page = await store.Search(criteria with { Count = 2 }, page: null, ct);
            map[target] = Only([.. page.Matches.Select(m => m.Id)], criteria, path);
        }

        if (parts[true].ToList() is { Count: > 0 } foreseen)
        {
            var found = await store.Foresee(operations(resources), [.. foreseen.Select(r => r.Criteria)], ct);
            foreach (var ((target, path, criteria), ids) in foreseen.Zip(found))
            {
                map[target] = Only(ids, criteria, path);
            }
        }

        return new(resources.ToDictionary(
            r => r.Key, r => References.Replace(r.Value, target => map.GetValueOrDefault(target, target))));
    }

    /// <summary><c>Organization?identifier=x</c></summary>
    static bool IsConditional(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is > 0 and var at && target.AsSpan(0, at).IndexOfAny("/:#") < 0;

    SearchQuery Criteria(string target, string path)
    {
        var (type, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        types.Check(type, path);
        try
        {
            return searches.Criteria(type, query);
        }
        catch (FhirException e)
        {
            throw new FhirException([.. e.Issues.Select(i => i with { Expression = path })], e.Status);
        }
    }

    static string Only(IReadOnlyList<string> ids, SearchQuery criteria, string path) => ids switch
    {
        [var id] => $"{criteria.ResourceType}/{id}",
        [] => throw new FhirException(
            Issue.Error(IssueCode.NotFound, "The conditional reference finds nothing.", path),
            StatusCodes.Status412PreconditionFailed),
        _ => throw new FhirException(Issue.Error(
            IssueCode.MultipleMatches,
            $"The conditional reference finds more than one {criteria.ResourceType}.", path)),
    };

    /// <summary>The types of the resources on which a search depends.</summary>
    static IEnumerable<string> Types(SearchQuery query) =>
        query.Types.SelectMany(t => t.Filters).SelectMany(Types).Append(query.ResourceType);

    static IEnumerable<string> Types(SearchFilter filter) => filter switch
    {
        ChainFilter f => Types(f.Filter).Append(f.TargetType),
        HasFilter f => Types(f.Filter).Append(f.SourceType),
        NotFilter f => Types(f.Filter),
        AnyFilter f => f.Filters.SelectMany(Types),
        AllFilter f => f.Filters.SelectMany(Types),
        _ => [],
    };
}
