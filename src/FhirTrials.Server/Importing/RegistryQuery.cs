using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FhirTrials.Server.Importing;

/// <summary>What is asked of a registry: the address of an API like ClinicalTrials.gov's v2 and parameters of its
/// <c>/studies</c> — https://clinicaltrials.gov/data-api/api</summary>
/// <param name="Studies">The address of <c>/studies</c>, without parameters.</param>
/// <param name="Parameters">By name, in order: <c>query.cond</c> and the like.</param>
sealed record RegistryQuery(Uri Studies, ImmutableSortedDictionary<string, string> Parameters)
{
    const string Advanced = "filter.advanced";

    /// <summary>The names that the registry's API knows: <c>query.…</c> and <c>filter.…</c>.</summary>
    static readonly Dictionary<string, string[]> Names = new()
    {
        ["query"] = ["cond", "term", "locn", "titles", "intr", "outc", "spons", "lead", "id", "patient"],
        ["filter"] = ["overallStatus", "geo", "ids", "advanced", "synonyms"],
    };

    /// <summary>How many studies a page has.</summary>
    public int PageSize { get; init; } = 100;

    /// <param name="queries"><c>cond=leukemia</c>.</param>
    /// <param name="filters"><c>overallStatus=RECRUITING</c>.</param>
    /// <exception cref="FormatException">It is no query; the message says why.</exception>
    public static RegistryQuery Parse(string address, IEnumerable<string> queries, IEnumerable<string> filters)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            throw new FormatException($"{address} is no address of a registry: https://… or http://… is wanted.");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            throw new FormatException("Give the registry's address alone, and what to ask with --query and --filter.");
        }

        var path = url.AbsolutePath.TrimEnd('/');
        var studies = new UriBuilder(url)
        {
            Path = path.EndsWith("/studies", StringComparison.Ordinal) ? path : path + "/studies",
        };
        var parameters = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (kind, pair) in queries.Select(q => ("query", q)).Concat(filters.Select(f => ("filter", f))))
        {
            var (name, value) = pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (pair[..at].Trim(), pair[(at + 1)..].Trim()) : (pair, "");
            if (!Names[kind].Contains(name) || value.Length == 0 || !parameters.TryAdd($"{kind}.{name}", value))
            {
                throw new FormatException(
                    $"--{kind} {pair}: NAME=VALUE is wanted, each name once, of {string.Join(", ", Names[kind])}.");
            }
        }

        return new(studies.Uri, parameters.ToImmutable());
    }

    /// <summary>The same for the same address and parameters: the name under which a poll is remembered.</summary>
    public string Key
    {
        get
        {
            var text = string.Join('\n', Parameters.Select(p => $"{p.Key}={p.Value}").Prepend(Studies.AbsoluteUri));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        }
    }

    /// <summary>The address of a page: the studies whose last update was posted on a day or later, the oldest first, so
    /// that what changes meanwhile comes at the end.</summary>
    public Uri Page(DateOnly? since, string? token)
    {
        var parameters = Parameters.ToDictionary();
        if (since is { } day)
        {
            var range =
                string.Create(CultureInfo.InvariantCulture, $"AREA[LastUpdatePostDate]RANGE[{day:yyyy-MM-dd},MAX]");
            parameters[Advanced] = parameters.TryGetValue(Advanced, out var other) ? $"({other}) AND {range}" : range;
        }

        parameters["sort"] = "LastUpdatePostDate:asc";
        parameters["format"] = "json";
        parameters["pageSize"] = PageSize.ToString(CultureInfo.InvariantCulture);
        if (token is null)
        {
            parameters["countTotal"] = "true";
        }
        else
        {
            parameters["pageToken"] = token;
        }

        return new UriBuilder(Studies)
        {
            Query = string.Join('&', parameters.OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}")),
        }.Uri;
    }
}
