using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>The value sets in the store that a search names with <c>:in</c> and <c>:not-in</c>, by canonical or as
/// <c>ValueSet/id</c>, and those that these include.</summary>
sealed partial class StoredValueSets(FhirDefinitions definitions, ResourceStore store)
{
    /// <summary>How many a search may need.</summary>
    const int MaxValueSets = 50;

    /// <summary>The value sets by the names used; those that the definitions have are not among them.</summary>
    public async Task<Func<string, ValueSet?>> Read(
        IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken ct)
    {
        var read = new Dictionary<string, ValueSet?>(StringComparer.Ordinal);
        var open = new Queue<string>(parameters.SelectMany(Named));
        while (open.TryDequeue(out var name) && read.Count < MaxValueSets)
        {
            if (read.ContainsKey(name) || definitions.ValueSet(name) is not null)
            {
                continue;
            }

            read[name] = await Find(name, ct) is { } resource ? ValueSet.Of(resource) : null;
            foreach (var imported in (read[name]?.Includes ?? []).Concat(read[name]?.Excludes ?? [])
                .SelectMany(i => i.ValueSets))
            {
                open.Enqueue(imported);
            }
        }

        return name => read.GetValueOrDefault(name);
    }

    static IEnumerable<string> Named(KeyValuePair<string, string> parameter) =>
        parameter.Key.EndsWith(":in", StringComparison.Ordinal)
            || parameter.Key.EndsWith(":not-in", StringComparison.Ordinal)
            ? parameter.Value.Split(',')
            : parameter.Key == "_filter" ? InFilter().Matches(parameter.Value).Select(m => m.Groups[1].Value) : [];

    async Task<Element?> Find(string name, CancellationToken ct)
    {
        if (name.StartsWith("ValueSet/", StringComparison.Ordinal))
        {
            return await store.Read("ValueSet", name["ValueSet/".Length..], ct) is { IsDeleted: false } stored
                ? Resource(stored)
                : null;
        }

        var query = new SearchQueryParser(definitions)
            .Parse("ValueSet", [new("url", name.Split('|')[0])], lenient: false).Query;
        return (await store.Search(query with { Count = 1 }, page: null, ct)).Matches is [var match, ..]
            ? Resource(match)
            : null;
    }

    Element Resource(StoredResource stored) =>
        FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;

    [GeneratedRegex(@"\b(?:in|ni)\s+""?([^\s"")\]]+)", RegexOptions.CultureInvariant)]
    private static partial Regex InFilter();
}
