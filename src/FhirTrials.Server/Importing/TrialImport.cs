using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Storage;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>Registry record → resources → store: all resources of a study in one commit, or none. Parts of the study
/// that the record names no more are deleted with it.</summary>
sealed class TrialImport(FhirDefinitions definitions, Validator validator, ResourceStore store, ImportVersion version)
{
    /// <summary>The study, and what may be its parts.</summary>
    static readonly string[] Types = ["ResearchStudy", .. StudyParts.Types];

    static readonly ValidationOptions Errors = new() { ErrorsOnly = true };

    public Task<Imported> Import(ReadOnlyMemory<byte> record, CancellationToken ct) =>
        Import(RegistryReader.Read(record), record, ct);

    /// <param name="content">What the record was read from.</param>
    /// <param name="mayWait">Whether the write may wait a moment for those of other studies.</param>
    public async Task<Imported> Import(
        RegistryReadResult read, ReadOnlyMemory<byte> content, CancellationToken ct, bool mayWait = false)
    {
        if (read.Record is not { NctId: var nctId } record)
        {
            return new Imported(null, [], read.Issues);
        }

        var note = new NewNote($"import {nctId}", version.HashOf(content.Span));
        var before = await store.Note(note.Name, ct);
        var stored = (await store.Keys(Types, nctId, ct))
            .RemoveAll(k => k.Id != nctId && !k.Id.StartsWith(StudyParts.IdPrefix(nctId), StringComparison.Ordinal));
        if (before is not null && before.Value.Span.SequenceEqual(note.Value.Span)
            && stored.All(k => k.Change <= before.Change))
        {
            // The same record was imported in the same way, and nobody has touched the study since.
            return new Imported(nctId, [], read.Issues);
        }

        var study = StudyMapper.Map(record, definitions.Types);
        var (resources, reviewed) = await WithReviews(nctId, study.Resources, ct);
        ImmutableArray<Issue> issues = [.. read.Issues, .. study.Issues, .. resources.SelectMany(Invalid)];
        if (issues.Any(i => i.IsError))
        {
            return new Imported(nctId, [], issues);
        }

        WriteOperation[] writes =
        [
            .. resources.Select(r => new UpdateOperation(r, r.Id!, VersionOf(r, reviewed))),
            .. await Leftovers(nctId, stored, resources, ct),
        ];
        return new Imported(nctId, await store.Write(writes, note, ct, mayWait), issues);
    }

    /// <summary>The resources with the criteria that a person has reviewed, and the version that has them: should
    /// someone review on while this is written, the import fails rather than undo it.</summary>
    async Task<(ImmutableArray<Element> Resources, StoredResource? Reviewed)> WithReviews(
        string nctId, ImmutableArray<Element> mapped, CancellationToken ct)
    {
        var group = mapped.FirstOrDefault(r => r.Type.Name == "Group" && r.Id == EligibilityModule.IdOf(nctId));
        if (group is null || await store.Read("Group", group.Id!, ct) is not { IsDeleted: false } stored
            || FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource is not { } before)
        {
            return (mapped, null);
        }

        var kept = ReviewedCriteria.Keep(group, before, definitions.Types);
        return ReferenceEquals(kept, group) ? (mapped, null) : (mapped.Replace(group, kept), stored);
    }

    static int? VersionOf(Element resource, StoredResource? reviewed) =>
        reviewed is not null && resource.Type.Name == reviewed.Type && resource.Id == reviewed.Id
            ? reviewed.Version
            : null;

    /// <summary>What an earlier version of the record made and this one does not. Should another import of the same
    /// study run at the same time, what either leaves goes with the next import.</summary>
    async Task<IEnumerable<DeleteOperation>> Leftovers(
        string nctId, ImmutableArray<StoredKey> stored, ImmutableArray<Element> mapped, CancellationToken ct)
    {
        var named = stored.Where(k => !k.IsDeleted).Select(k => (k.Type, k.Id))
            .Except(mapped.Select(r => (r.Type.Name, r.Id!))).ToList();
        return from resource in named.Count == 0 ? [] : await store.Read(named, ct)
            where !resource.IsDeleted
                && FhirJson.Read(resource.Json.Span, definitions.Types, ReadLimits.Stored).Resource is { } read
                && StudyParts.Contains(nctId, read)
            select new DeleteOperation(resource.Type, resource.Id);
    }

    /// <summary>The errors of a mapped resource, each with the resource that it is in.</summary>
    IEnumerable<Issue> Invalid(Element resource) =>
        validator.Validate(resource, Errors)
            .Select(i => i with { Diagnostics = $"{resource.Type.Name}/{resource.Id}: {i.Diagnostics}" });
}
