using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Bundles;

/// <summary>What a transaction's entries must be, as far as they tell it themselves —
/// https://hl7.org/fhir/R4/http.html#trules</summary>
sealed class TransactionRules(ServedTypes types)
{
    public IEnumerable<Issue> Breaches(ImmutableArray<BundleEntry> entries) =>
        entries.SelectMany(Shape).Concat(Duplicates(entries));

    /// <summary>What fails within names the entry.</summary>
    public static async Task<T> At<T>(BundleEntry entry, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (FhirException e)
        {
            throw new FhirException(
                [.. e.Issues.Select(i => i with { Expression = $"{entry.Place}.request" })], e.Status);
        }
    }

    IEnumerable<Issue> Shape(BundleEntry entry)
    {
        foreach (var issue in entry.Issues())
        {
            yield return issue;
        }

        if (entry.Method is "GET" or "HEAD" or "")
        {
            yield break;
        }

        if (entry.Target is not var (type, id))
        {
            yield return Issue.Error(
                IssueCode.NotSupported,
                $"{entry.Method} {entry.Path} is not supported in a transaction: POST [type], PUT, PATCH and DELETE of "
                    + "[type]/[id] or [type]?[search], and reads are.",
                $"{entry.Place}.request");
            yield break;
        }

        if (!types.Contains(type))
        {
            yield return Issue.Error(
                IssueCode.NotSupported, $"'{type}' is not a resource type that is served here.",
                $"{entry.Place}.request.url");
        }
        else if (id is not null && !PrimitiveSyntax.IsId(id))
        {
            yield return Issue.Error(
                IssueCode.Value, "The url does not end in a valid id.", $"{entry.Place}.request.url");
        }
        else if (entry.Method is "POST" or "PUT" && entry.Resource is { } resource && resource.Type.Name != type)
        {
            yield return Issue.Error(
                IssueCode.Invalid, $"The url names {type}, but the resource is of type {resource.Type.Name}.",
                $"{entry.Place}.resource");
        }
        else if (entry.Method == "PUT" && id is not null && entry.Resource?.Id != id)
        {
            yield return Issue.Error(
                IssueCode.Invalid, "The resource's id must be the one in the url.", $"{entry.Place}.resource.id");
        }
    }

    /// <summary>A fullUrl may name one entry, and a condition decide on one.</summary>
    static IEnumerable<Issue> Duplicates(ImmutableArray<BundleEntry> entries)
    {
        var named = entries.Where(e => e.FullUrl is not null && e.Method is "PUT" or "POST" or "PATCH")
            .GroupBy(e => e.FullUrl, StringComparer.Ordinal);
        var conditional = entries.Where(e => e.Criteria is not null).GroupBy(e => (e.Path, e.Criteria));
        return named.SelectMany(g => g.Skip(1)).Select(e => Issue.Error(
                IssueCode.Duplicate, "Another entry has the same fullUrl.", $"{e.Place}.fullUrl"))
            .Concat(conditional.SelectMany(g => g.Skip(1)).Select(e => Issue.Error(
                IssueCode.Duplicate,
                "Another entry has the same condition.",
                $"{e.Place}.request.{(e.Method == "POST" ? "ifNoneExist" : "url")}")));
    }
}
