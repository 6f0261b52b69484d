using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Matching;

/// <summary>A study ready to be matched, and what a request may choose it by.</summary>
/// <param name="Phases">Codes of its phases: FHIR's and the registry's.</param>
/// <param name="Statuses">FHIR's status and the registry's recruitment status.</param>
sealed record MatchStudy(
    StoredResource Resource, StudyEligibility Eligibility, ImmutableArray<string> Phases, ImmutableArray<string> Statuses);

/// <summary>All stored studies with their criteria, read again when anything in the store has changed.</summary>
sealed class MatchIndex(ResourceStore store, FhirDefinitions definitions) : IDisposable
{
    const int PageSize = 500;

    const string ProgressStatus = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ResearchStudy.progressStatus";

    readonly SemaphoreSlim _reading = new(1);
    volatile Snapshot _snapshot = new(-1, []);

    /// <summary>The studies as of the latest change.</summary>
    public async Task<ImmutableArray<MatchStudy>> Studies(CancellationToken ct)
    {
        var change = await store.LastChange(ct);
        if (_snapshot.Change == change)
        {
            return _snapshot.Studies;
        }

        await _reading.WaitAsync(ct);
        try
        {
            if (_snapshot.Change < change)
            {
                _snapshot = new Snapshot(change, await Read(ct));
            }

            return _snapshot.Studies;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    async Task<ImmutableArray<MatchStudy>> Read(CancellationToken ct)
    {
        var groups = new Dictionary<string, Element>(StringComparer.Ordinal);
        await foreach (var stored in All("Group", ct))
        {
            groups[$"Group/{stored.Id}"] = Parse(stored);
        }

        var studies = ImmutableArray.CreateBuilder<MatchStudy>();
        await foreach (var stored in All("ResearchStudy", ct))
        {
            var study = Parse(stored);
            var enrolled = study["enrollment"].Select(e => e.ValueOf("reference")).OfType<string>().Where(groups.ContainsKey);
            studies.Add(new MatchStudy(
                stored,
                StudyEligibilityReader.Read(study, [.. enrolled.Select(r => groups[r])]),
                [.. Codes(study.Child("phase"))],
                [.. RegistryStatuses(study).Append(study.ValueOf("status")).OfType<string>()]));
        }

        return studies.ToImmutable();
    }

    async IAsyncEnumerable<StoredResource> All(string type, [EnumeratorCancellation] CancellationToken ct)
    {
        string? next = null;
        do
        {
            var page = await store.Search(new SearchQuery(type, []) { Count = PageSize }, next, ct);
            foreach (var resource in page.Matches)
            {
                yield return resource;
            }

            next = page.Next;
        }
        while (next is not null);
    }

    Element Parse(StoredResource stored) =>
        FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource
        ?? throw new InvalidOperationException($"{stored.Type}/{stored.Id} is stored but cannot be read.");

    static IEnumerable<string> RegistryStatuses(Element study) =>
        study["extension"].Where(e => e.ValueOf("url") == ProgressStatus).SelectMany(e => Codes(e.Extension("state")));

    static IEnumerable<string> Codes(Element? concept) =>
        concept?["coding"].Select(c => c.ValueOf("code")).OfType<string>() ?? [];

    sealed record Snapshot(long Change, ImmutableArray<MatchStudy> Studies);
}
