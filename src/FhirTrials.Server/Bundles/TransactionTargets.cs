using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Bundles;

/// <summary>Which resources the entries of a transaction read and write, when all ids are known.</summary>
/// <param name="ids">By entry: none where a conditional deletion finds nothing, several where it finds several.</param>
sealed class TransactionTargets(ImmutableArray<BundleEntry> entries, Dictionary<int, ImmutableArray<string>> ids)
{
    /// <summary>A resource may be written once.</summary>
    public IEnumerable<Issue> WrittenTwice() =>
        entries.Where(e => e.Method is "PUT" or "PATCH" or "DELETE")
            .SelectMany(e => Of(e).Select(target => (Entry: e, Target: target)))
            .GroupBy(w => w.Target, StringComparer.Ordinal)
            .SelectMany(g => g.Skip(1))
            .Select(w => Issue.Error(
                IssueCode.Duplicate, "Another entry writes the same resource.", $"{w.Entry.Place}.request.url"));

    /// <summary><c>Type/id</c> of what the entries of these methods write.</summary>
    public HashSet<string> Written(params ReadOnlySpan<string> methods)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (methods.Contains(entry.Method))
            {
                written.UnionWith(Of(entry));
            }
        }

        return written;
    }

    /// <summary>What references to entries stand for: by fullUrl, and by the condition that entries share with a
    /// conditional reference.</summary>
    public Dictionary<string, string> ByUrl()
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e is { Target: not null, Method: "POST" or "PUT" or "PATCH" }))
        {
            var target = Of(entry).First();
            if (entry.FullUrl is not null)
            {
                map[entry.FullUrl] = target;
            }

            if (entry.Criteria is not null)
            {
                map[$"{entry.Path}?{entry.Criteria}"] = target;
            }
        }

        return map;
    }

    IEnumerable<string> Of(BundleEntry entry) =>
        ids.GetValueOrDefault(entry.Index, []).Select(id => $"{entry.Target!.Value.Type}/{id}");
}
