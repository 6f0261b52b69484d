using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>FHIR transaction: all entries or none — https://hl7.org/fhir/R4/http.html#transaction</summary>
sealed class Transaction(
    Validator validator, ServedTypes types, SearchReader searches, ResourceStore store, Batch batch, IdSource newIds)
{
    const int Attempts = 3;

    /// <summary>The response bundle; throws, with each issue's place in the Bundle, before anything is written.</summary>
    public async Task<ReadOnlyMemory<byte>> Process(
        ImmutableArray<BundleEntry> entries, HttpRequest request, CancellationToken ct)
    {
        for (var left = entries.Any(e => e.Criteria is not null) ? Attempts - 1 : 0; ; left--)
        {
            try
            {
                return await Attempt(entries, request, ct);
            }
            catch (FhirException) when (left > 0)
            {
                // What a condition looked for may have come since: nothing was written, and now it is found.
            }
        }
    }

    async Task<ReadOnlyMemory<byte>> Attempt(
        ImmutableArray<BundleEntry> entries, HttpRequest request, CancellationToken ct)
    {
        Require(entries.SelectMany(Shape).Concat(Duplicates(entries)), StatusCodes.Status400BadRequest);
        var found = await Found(entries, ct);
        var ids = entries.Where(e => e.Target is not null).ToDictionary(e => e.Index, e => IdOf(e, found));
        Require(WrittenTwice(entries, ids), StatusCodes.Status400BadRequest);
        var resources = await Resolved(entries, ids, FhirUrl.Base(request), ct);
        Require(resources.SelectMany(r => Invalid(entries[r.Key], r.Value)), StatusCodes.Status422UnprocessableEntity);
        await CheckReads(entries, ids, Preferences.Of(request).Lenient, ct);

        // What a conditional create found stays as it is.
        var kept = found.Where(f => entries[f.Key].Method == "POST").ToDictionary();
        var writes = entries
            .Where(e => e.Method is "POST" or "PUT" or "DELETE" && !kept.ContainsKey(e.Index))
            .OrderBy(e => ProcessingOrder.Of(e.Method))
            .ToList();
        var written = await store.Write([.. writes.Select(e => Operation(e, resources, ids))], ct);
        return await Respond(entries, writes.Select(e => e.Index).Zip(written).ToDictionary(), kept, request, ct);
    }

    /// <summary>The id that an entry names, finds by its condition, or will make.</summary>
    string? IdOf(BundleEntry entry, Dictionary<int, StoredResource> found) =>
        entry.Target!.Value.Id ?? found.GetValueOrDefault(entry.Index)?.Id ?? entry.Method switch
        {
            "POST" => newIds.Next(),
            "PUT" => entry.Resource!.Id ?? newIds.Next(),
            _ => null,
        };

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
                $"{entry.Method} {entry.Path} is not supported in a transaction: POST [type], PUT and DELETE of [type]/[id] or [type]?[search], and reads are.",
                $"{entry.Place}.request");
            yield break;
        }

        if (!types.Contains(type))
        {
            yield return Issue.Error(
                IssueCode.NotSupported, $"'{type}' is not a resource type that is served here.", $"{entry.Place}.request.url");
        }
        else if (id is not null && !PrimitiveSyntax.IsId(id))
        {
            yield return Issue.Error(IssueCode.Value, "The url does not end in a valid id.", $"{entry.Place}.request.url");
        }
        else if (entry.Method != "DELETE" && entry.Resource is { } resource && resource.Type.Name != type)
        {
            yield return Issue.Error(
                IssueCode.Invalid, $"The url names {type}, but the resource is of type {resource.Type.Name}.", $"{entry.Place}.resource");
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
        var named = entries.Where(e => e.FullUrl is not null && e.Method is "PUT" or "POST")
            .GroupBy(e => e.FullUrl, StringComparer.Ordinal);
        var conditional = entries.Where(e => e.Criteria is not null).GroupBy(e => (e.Path, e.Criteria));
        return named.SelectMany(g => g.Skip(1)).Select(e => Issue.Error(
                IssueCode.Duplicate, "Another entry has the same fullUrl.", $"{e.Place}.fullUrl"))
            .Concat(conditional.SelectMany(g => g.Skip(1)).Select(e => Issue.Error(
                IssueCode.Duplicate,
                "Another entry has the same condition.",
                $"{e.Place}.request.{(e.Method == "POST" ? "ifNoneExist" : "url")}")));
    }

    /// <summary>A resource may be written once.</summary>
    static IEnumerable<Issue> WrittenTwice(ImmutableArray<BundleEntry> entries, Dictionary<int, string?> ids) =>
        entries.Where(e => e.Method is "PUT" or "DELETE" && ids[e.Index] is not null)
            .GroupBy(e => Written(e, ids), StringComparer.Ordinal)
            .SelectMany(g => g.Skip(1))
            .Select(e => Issue.Error(
                IssueCode.Duplicate, "Another entry writes the same resource.", $"{e.Place}.request.url"));

    /// <summary><c>Type/id</c> of what an entry writes.</summary>
    static string Written(BundleEntry entry, Dictionary<int, string?> ids) =>
        $"{entry.Target!.Value.Type}/{ids[entry.Index]}";

    /// <summary>What the conditions find there already, by entry.</summary>
    async Task<Dictionary<int, StoredResource>> Found(ImmutableArray<BundleEntry> entries, CancellationToken ct)
    {
        var found = new Dictionary<int, StoredResource>();
        foreach (var entry in entries.Where(e => e.Criteria is not null))
        {
            if (await At(entry, () => searches.Single(entry.Target!.Value.Type, entry.Criteria!, store, ct)) is { } match)
            {
                found[entry.Index] = match;
            }
        }

        return found;
    }

    /// <summary>The resources to write, by entry, their references pointing to the ids that will be.</summary>
    async Task<SortedDictionary<int, Element>> Resolved(
        ImmutableArray<BundleEntry> entries, Dictionary<int, string?> ids, string baseUrl, CancellationToken ct)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e is { FullUrl: not null, Target: not null, Method: "POST" or "PUT" }))
        {
            map[entry.FullUrl!] = Written(entry, ids);
        }

        var resources = new SortedDictionary<int, Element>();
        foreach (var entry in entries.Where(e => e.Method is "POST" or "PUT"))
        {
            foreach (var (path, target) in References.Of(entry.Resource!, $"{entry.Place}.resource"))
            {
                if (target.Contains('?', StringComparison.Ordinal) && !map.ContainsKey(target))
                {
                    map[target] = await Conditional(target, path, ct);
                }
            }

            var resource = References.MakeRelative(References.Replace(entry.Resource!, map), baseUrl);
            var open = References.Of(resource, $"{entry.Place}.resource")
                .Where(r => r.Target.StartsWith("urn:", StringComparison.Ordinal))
                .Select(r => Issue.Error(IssueCode.NotFound, "The reference names no entry of the Bundle.", r.Path));
            Require(open, StatusCodes.Status400BadRequest);
            resources[entry.Index] = resource;
        }

        return resources;
    }

    /// <summary>What a conditional reference (<c>Organization?identifier=x</c>) stands for: exactly one resource.</summary>
    async Task<string> Conditional(string target, string path, CancellationToken ct)
    {
        var (type, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        types.Check(type, path);
        var match = await searches.Single(type, query, store, ct);
        return match is null
            ? throw new FhirException(
                Issue.Error(IssueCode.NotFound, "The conditional reference finds nothing.", path), StatusCodes.Status412PreconditionFailed)
            : BundleWriter.Reference(match);
    }

    IEnumerable<Issue> Invalid(BundleEntry entry, Element resource)
    {
        var issues = validator.Validate(resource);
        return issues.Any(i => i.IsError) ? issues.Select(i => InBundle(i, entry)) : [];
    }

    /// <summary>A read must not fail after the writes: what it asks for must be there before, or be put by the transaction,
    /// and a search must be understood.</summary>
    async Task CheckReads(
        ImmutableArray<BundleEntry> entries, Dictionary<int, string?> ids, bool lenient, CancellationToken ct)
    {
        foreach (var entry in entries.Where(e => e.SearchedType is not null))
        {
            types.Check(entry.SearchedType!, $"{entry.Place}.request.url");
            await At(entry, () => searches.Read(entry.SearchedType!, entry.Query, lenient, ct));
        }

        var put = entries.Where(e => e.Method == "PUT").Select(e => Written(e, ids)).ToHashSet(StringComparer.Ordinal);
        var deleted = entries.Where(e => e.Method == "DELETE").Select(e => Written(e, ids)).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e is { Method: "GET" or "HEAD", Target: not null } && !put.Contains(e.Path)))
        {
            var (type, id) = entry.Target!.Value;
            types.Check(type, $"{entry.Place}.request.url");
            if (deleted.Contains(entry.Path) || await store.Read(type, id!, ct) is not { IsDeleted: false })
            {
                throw new FhirException(
                    Issue.Error(IssueCode.NotFound, $"There is no {type}/{id} to read.", $"{entry.Place}.request.url"));
            }
        }
    }

    WriteOperation Operation(BundleEntry entry, SortedDictionary<int, Element> resources, Dictionary<int, string?> ids)
    {
        var type = entry.Target!.Value.Type;
        var criteria = entry.Criteria is null ? null : searches.Criteria(type, entry.Criteria);
        var id = ids[entry.Index];
        var ifMatch = EntityTag.IfMatch(entry.IfMatch);
        return (entry.Method, criteria) switch
        {
            ("DELETE", { } condition) => new ConditionalDeleteOperation(condition, ifMatch),
            ("DELETE", null) => new DeleteOperation(type, id!, ifMatch),

            // A conditional create fails here, rather than give another id, where another client was faster: other entries
            // may refer to the id by now.
            (_, { } condition) => new ConditionalUpdateOperation(resources[entry.Index], condition, id, ifMatch),
            ("POST", null) => new CreateOperation(resources[entry.Index], id),
            _ => new UpdateOperation(resources[entry.Index], id!, ifMatch),
        };
    }

    async Task<ReadOnlyMemory<byte>> Respond(
        ImmutableArray<BundleEntry> entries,
        Dictionary<int, WriteResult> written,
        Dictionary<int, StoredResource> kept,
        HttpRequest request,
        CancellationToken ct)
    {
        var preferences = Preferences.Of(request);
        var responses = new List<EntryResponse>(entries.Length);
        foreach (var entry in entries)
        {
            responses.Add(
                written.TryGetValue(entry.Index, out var result) ? EntryResponse.Of(result, request, preferences)
                : kept.TryGetValue(entry.Index, out var found)
                    ? EntryResponse.Of(new WriteResult(WriteOutcome.Unchanged, found), request, preferences)
                : await batch.Send(entry, request, ct));
        }

        return EntryResponse.ToBundle("transaction-response", responses);
    }

    static void Require(IEnumerable<Issue> issues, int status)
    {
        var all = issues.ToImmutableArray();
        if (all.Any(i => i.IsError))
        {
            throw new FhirException(all, status);
        }
    }

    static async Task<T> At<T>(BundleEntry entry, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (FhirException e)
        {
            throw new FhirException([.. e.Issues.Select(i => i with { Expression = $"{entry.Place}.request" })], e.Status);
        }
    }

    /// <summary><c>Patient.name[0]</c> becomes <c>Bundle.entry[2].resource.name[0]</c>.</summary>
    static Issue InBundle(Issue issue, BundleEntry entry)
    {
        var dot = issue.Expression?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return issue with { Expression = $"{entry.Place}.resource{(dot < 0 ? "" : issue.Expression![dot..])}" };
    }
}
