using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Storage;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Hosting;

/// <summary>What became of one registry record.</summary>
/// <param name="NctId">Null where the text is no record.</param>
/// <param name="Issues">Why it was refused, or warnings.</param>
sealed record Imported(string? NctId, ImmutableArray<WriteResult> Results, ImmutableArray<Issue> Issues)
{
    public bool IsRefused => Issues.Any(i => i.IsError);

    /// <summary>How many resources were written.</summary>
    public int Written => Results.Count(r => r.Outcome is WriteOutcome.Created or WriteOutcome.Updated);

    /// <summary>How many resources were deleted because the record does not name them any more.</summary>
    public int Removed => Results.Count(r => r.Outcome is WriteOutcome.Deleted);

    public bool IsNew => Results.Any(r => r is { Outcome: WriteOutcome.Created, Resource.Type: "ResearchStudy" });

    /// <summary>The first reason of a refusal, with its place.</summary>
    public string Reason => Issues.First(i => i.IsError) is var issue
        ? $"{issue.Diagnostics}{(issue.Expression is null ? "" : $" [{issue.Expression}]")}"
        : "";
}

/// <summary>Registry record → resources → store: all resources of a study in one commit, or none. Parts of the study
/// that the record names no more are deleted with it.</summary>
sealed class TrialImport(FhirDefinitions definitions, Validator validator, ResourceStore store)
{
    public async Task<Imported> Import(ReadOnlyMemory<byte> record, CancellationToken ct)
    {
        var read = RegistryReader.Read(record);
        if (read.Record is null)
        {
            return new Imported(null, [], read.Issues);
        }

        var study = StudyMapper.Map(read.Record, definitions.Types);
        ImmutableArray<Issue> issues = [.. read.Issues, .. study.Issues, .. study.Resources.SelectMany(Invalid)];
        if (issues.Any(i => i.IsError))
        {
            return new Imported(read.Record.NctId, [], issues);
        }

        WriteOperation[] writes =
        [
            .. study.Resources.Select(r => new UpdateOperation(r, r.Id!)),
            .. await Leftovers(read.Record.NctId, study.Resources, ct),
        ];
        return new Imported(read.Record.NctId, await store.Write(writes, ct), issues);
    }

    /// <summary>What an earlier version of the record made and this one does not. Should another import of the same study
    /// run at the same time, what either leaves goes with the next import.</summary>
    async Task<List<DeleteOperation>> Leftovers(string nctId, ImmutableArray<Element> mapped, CancellationToken ct)
    {
        var leftovers = new List<DeleteOperation>();
        foreach (var type in StudyParts.Types)
        {
            var ids = await store.Ids(type, StudyParts.IdPrefix(nctId), ct);
            foreach (var id in ids.Except(mapped.Where(r => r.Type.Name == type).Select(r => r.Id!)))
            {
                if (await store.Read(type, id, ct) is { IsDeleted: false } stored
                    && FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource is { } resource
                    && StudyParts.Contains(nctId, resource))
                {
                    leftovers.Add(new DeleteOperation(type, id));
                }
            }
        }

        return leftovers;
    }

    /// <summary>The errors of a mapped resource, each with the resource that it is in.</summary>
    IEnumerable<Issue> Invalid(Element resource) =>
        validator.Validate(resource)
            .Where(i => i.IsError)
            .Select(i => i with { Diagnostics = $"{resource.Type.Name}/{resource.Id}: {i.Diagnostics}" });
}
