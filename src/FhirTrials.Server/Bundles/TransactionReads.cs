using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>A read of a transaction must not fail when the writes are done: it is tried before.</summary>
sealed class TransactionReads(ServedTypes types, SearchReader searches, ResourceStore store, Batch batch)
{
    /// <summary>Throws where a read would fail: what it asks for must be there before, or be put by the transaction,
    /// and a search must be understood.</summary>
    public async Task Check(
        ImmutableArray<BundleEntry> entries, TransactionTargets targets, HttpRequest request, CancellationToken ct)
    {
        var (put, deleted) = (targets.Written("PUT", "PATCH"), targets.Written("DELETE"));
        foreach (var entry in entries.Where(e => e.Method is "GET" or "HEAD"))
        {
            if (entry.SearchedType is { } searched)
            {
                types.Check(searched, $"{entry.Place}.request.url");
                await TransactionRules.At(
                    entry, () => searches.Read(
                        SearchScope.OfType(searched), entry.Query, Preferences.Of(request).Lenient, ct));
            }
            else if (entry.Target is var (type, id))
            {
                types.Check(type, $"{entry.Place}.request.url");
                if (deleted.Contains(entry.Path)
                    || (!put.Contains(entry.Path) && await store.Read(type, id!, ct) is not { IsDeleted: false }))
                {
                    throw new FhirException(
                        Issue.Error(
                            IssueCode.NotFound, $"There is no {type}/{id} to read.", $"{entry.Place}.request.url"));
                }
            }
            else if (await batch.Send(entry, request, ct) is { Status: >= 400 } failed)
            {
                throw new FhirException(
                    Issue.Error(
                        IssueCode.Processing, "What the entry reads cannot be read.", $"{entry.Place}.request.url"),
                    failed.Status);
            }
        }
    }
}
