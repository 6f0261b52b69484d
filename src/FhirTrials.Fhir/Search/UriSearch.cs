using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

public sealed record UriEntry(string Index, int Group, string Uri) : IndexEntry(Index, Group);

public enum UriMatch
{
    Exact,

    /// <summary>The resource's URI starts with the one given.</summary>
    Below,

    /// <summary>The one given starts with the resource's URI, at a boundary of a path segment.</summary>
    Above,
}

public sealed record UriValue(UriMatch Match, string Uri) : SearchValue;

/// <summary>Uri parameters — https://hl7.org/fhir/R4/search.html#uri</summary>
static class UriSearch
{
    /// <summary>A canonical with a version is found with and without it.</summary>
    public static IEnumerable<IndexEntry> Extract(string index, int group, object item)
    {
        if (item is not Element { Value: { Length: > 0 } uri })
        {
            yield break;
        }

        yield return new UriEntry(index, group, uri);
        var version = uri.IndexOf('|', StringComparison.Ordinal);
        if (version > 0)
        {
            yield return new UriEntry(index, group, uri[..version]);
        }
    }

    public static bool TryParse(string text, UriMatch match, [NotNullWhen(true)] out SearchValue? value)
    {
        value = SearchText.TryUnescape(text, out var uri) && uri.Length > 0 ? new UriValue(match, uri) : null;
        return value is not null;
    }
}
