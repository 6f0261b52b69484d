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
    Validator validator,
    TransactionRules rules,
    ConditionalReferences conditionals,
    TransactionReads reads,
    SearchReader searches,
    PatchBody patches,
    FhirSettings settings,
    ServerLimits limits,
    ResourceStore store,
    Batch batch,
    IdSource newIds)
{
    const int Attempts = 3;

    /// <summary>The response bundle; throws, with each issue's place in the Bundle,
    /// before anything is written.</summary>
    public async Task<ReadOnlyMemory<byte>> Process(
        ImmutableArray<BundleEntry> entries, HttpRequest request, CancellationToken ct)
    {
        for (var left = entries.Any(e => e.Criteria is not null || e.Method == "PATCH") ? Attempts - 1 : 0; ; left--)
        {
            try
            {
                return await Attempt(entries, request, ct);
            }
            catch (FhirException) when (left > 0)
            {
                // What a condition looked for may have come since, or what is patched may have changed: nothing was
                // written, and now it is found.
            }
        }
    }

    async Task<ReadOnlyMemory<byte>> Attempt(
        ImmutableArray<BundleEntry> entries, HttpRequest request, CancellationToken ct)
    {
        Require(rules.Breaches(entries), StatusCodes.Status400BadRequest);
        var found = await Found(entries, ct);
        var ids = entries.Where(e => e.Target is not null)
            .ToDictionary(e => e.Index, e => IdsOf(e, found.GetValueOrDefault(e.Index, [])));
        var targets = new TransactionTargets(entries, ids);
        Require(targets.WrittenTwice(), StatusCodes.Status400BadRequest);
        var resources = await conditionals.Resolve(
            entries,
            Resolved(entries, found, targets, FhirUrl.Base(request)),
            r => [.. Writes(entries, found, r, ids).Select(w => w.Operation)],
            ct);
        Require(resources.SelectMany(r => Invalid(entries[r.Key], r.Value)), StatusCodes.Status422UnprocessableEntity);
        await reads.Check(entries, targets, request, ct);

        var writes = Writes(entries, found, resources, ids);
        var results = await store.Write([.. writes.Select(w => w.Operation)], ct);
        var written = writes.Zip(results).ToLookup(w => w.First.Index, w => w.Second);
        var kept = entries.Where(e => IsKept(e, found)).ToDictionary(e => e.Index, e => found[e.Index][0]);
        return await Respond(entries, written, kept, request, ct);
    }

    /// <summary>What a conditional create found stays as it is.</summary>
    static bool IsKept(BundleEntry entry, Dictionary<int, ImmutableArray<StoredResource>> found) =>
        entry.Method == "POST" && found.ContainsKey(entry.Index);

    /// <summary>In the order in which they are done, with the entry that each is of.</summary>
    List<(int Index, WriteOperation Operation)> Writes(
        ImmutableArray<BundleEntry> entries,
        Dictionary<int, ImmutableArray<StoredResource>> found,
        SortedDictionary<int, Element> resources,
        Dictionary<int, ImmutableArray<string>> ids) =>
        [
            .. entries.Where(e => e.IsWrite && !IsKept(e, found))
                .OrderBy(e => ProcessingOrder.Of(e.Method))
                .SelectMany(e => Operations(e, found, resources, ids[e.Index]).Select(o => (e.Index, o))),
        ];

    /// <summary>What the conditions find there already and what is to be patched, by entry; nothing for an entry that
    /// finds nothing.</summary>
    async Task<Dictionary<int, ImmutableArray<StoredResource>>> Found(
        ImmutableArray<BundleEntry> entries, CancellationToken ct)
    {
        var found = new Dictionary<int, ImmutableArray<StoredResource>>();
        foreach (var entry in entries.Where(e => e.Criteria is not null || e is { Method: "PATCH", Target: not null }))
        {
            var matches = await TransactionRules.At(entry, () => Matches(entry, ct));
            if (!matches.IsEmpty)
            {
                found[entry.Index] = matches;
            }
        }

        return found;
    }

    async Task<ImmutableArray<StoredResource>> Matches(BundleEntry entry, CancellationToken ct)
    {
        var (type, id) = entry.Target!.Value;
        if (entry.Method == "DELETE" && settings.ConditionalDelete == ConditionalDelete.Multiple)
        {
            return await store.All(searches.Criteria(type, entry.Criteria!), limits.BundleEntries, ct);
        }

        var match = entry.Criteria is { } criteria
            ? await store.Single(searches.Criteria(type, criteria), ct)
            : await store.Read(type, id!, ct);
        if (entry.Method == "PATCH")
        {
            if (match is not { IsDeleted: false })
            {
                throw new FhirException(Issue.Error(IssueCode.NotFound, "There is nothing to patch."));
            }

            EntityTag.Check(EntityTag.IfMatch(entry.IfMatch), match);
        }

        return match is null ? [] : [match];
    }

    /// <summary>The ids that an entry names, finds by its condition, or will make.</summary>
    ImmutableArray<string> IdsOf(BundleEntry entry, ImmutableArray<StoredResource> found) =>
        entry.Target!.Value.Id is { } named ? [named]
        : !found.IsEmpty ? [.. found.Select(f => f.Id)]
        : entry.Method switch
        {
            "POST" => [newIds.Next()],
            "PUT" => [entry.Resource!.Id ?? newIds.Next()],
            _ => [],
        };

    /// <summary>The resources to write, by entry, their references pointing to the ids that will be.</summary>
    SortedDictionary<int, Element> Resolved(
        ImmutableArray<BundleEntry> entries,
        Dictionary<int, ImmutableArray<StoredResource>> found,
        TransactionTargets targets,
        string baseUrl)
    {
        var map = targets.ByUrl();
        var resources = new SortedDictionary<int, Element>();
        foreach (var entry in entries.Where(e => e.Method is "POST" or "PUT" or "PATCH"))
        {
            var resource = entry.Method == "PATCH" ? Patched(entry, found[entry.Index][0]) : entry.Resource!;
            resources[entry.Index] = TransactionReferences.Resolve(entry, resource, map, baseUrl);
        }

        return resources;
    }

    Element Patched(BundleEntry entry, StoredResource current)
    {
        var patch = entry.JsonPatch is { } json ? patches.Of(json) : patches.Of(entry.Resource!);
        var result = patch(current);
        return result.Resource
            ?? throw new FhirException(
                [.. result.Issues.Select(i => i with { Expression = $"{entry.Place}.resource" })]);
    }

    IEnumerable<Issue> Invalid(BundleEntry entry, Element resource)
    {
        var issues = validator.Validate(resource);
        return issues.Any(i => i.IsError) ? issues.Select(i => InBundle(i, entry)) : [];
    }

    IEnumerable<WriteOperation> Operations(
        BundleEntry entry,
        Dictionary<int, ImmutableArray<StoredResource>> found,
        SortedDictionary<int, Element> resources,
        ImmutableArray<string> ids)
    {
        var type = entry.Target!.Value.Type;
        var ifMatch = EntityTag.IfMatch(entry.IfMatch);
        if (entry is { Method: "DELETE", Criteria: not null }
            && settings.ConditionalDelete == ConditionalDelete.Multiple)
        {
            // Only what still is as it was when it matched.
            return found.GetValueOrDefault(entry.Index, []).Select(m => new DeleteOperation(type, m.Id, m.Version));
        }

        var criteria = entry.Criteria is null ? null : searches.Criteria(type, entry.Criteria);
        return
        [
            (entry.Method, criteria) switch
            {
                ("DELETE", { } condition) => new ConditionalDeleteOperation(condition, ifMatch),
                ("DELETE", null) => new DeleteOperation(type, ids[0], ifMatch),
                ("PATCH", _) => new UpdateOperation(resources[entry.Index], ids[0], found[entry.Index][0].Version),

                // A conditional create fails here, rather than give another id, where another client was faster: other
                // entries may refer to the id by now.
                (_, { } condition) =>
                    new ConditionalUpdateOperation(resources[entry.Index], condition, ids[0], ifMatch),
                ("POST", null) => new CreateOperation(resources[entry.Index], ids[0]),
                ("PUT", null) when entry.IfNoneMatch == "*" => new CreateOperation(resources[entry.Index], ids[0]),
                _ => new UpdateOperation(resources[entry.Index], ids[0], ifMatch),
            },
        ];
    }

    async Task<ReadOnlyMemory<byte>> Respond(
        ImmutableArray<BundleEntry> entries,
        ILookup<int, WriteResult> written,
        Dictionary<int, StoredResource> kept,
        HttpRequest request,
        CancellationToken ct)
    {
        var preferences = Preferences.Of(request);
        var responses = new List<EntryResponse>(entries.Length);
        foreach (var entry in entries)
        {
            responses.Add(
                kept.TryGetValue(entry.Index, out var found)
                    ? EntryResponse.Of([new WriteResult(WriteOutcome.Unchanged, found)], request, preferences)
                : entry.IsWrite ? EntryResponse.Of([.. written[entry.Index]], request, preferences)
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

    /// <summary><c>Patient.name[0]</c> becomes <c>Bundle.entry[2].resource.name[0]</c>.</summary>
    static Issue InBundle(Issue issue, BundleEntry entry)
    {
        var dot = issue.Expression?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return issue with { Expression = $"{entry.Place}.resource{(dot < 0 ? "" : issue.Expression![dot..])}" };
    }
}
