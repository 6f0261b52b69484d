using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>$everything of a study, after the patient's: the study with its arms, interventions, eligibility, sites and
/// parties, and what refers to it.</summary>
static class StudyEverything
{
    const string Study = "ResearchStudy";

    /// <summary>A study with more is refused rather than cut.</summary>
    const int MaxResources = 10_000;

    static readonly string[] Known = ["_since", "_type", "_count"];

    /// <summary>The types that belong to one study, so that what they refer to belongs to it too. Others are shared
    /// among studies.</summary>
    static readonly string[] Parts =
        ["PlanDefinition", "ActivityDefinition", "Group", "PractitionerRole", "MeasureReport"];

    public static async Task<IResult> Handle(
        string id,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        ServedTypes types,
        ResourceStore store,
        PageToken tokens,
        ServerLimits limits,
        CancellationToken ct)
    {
        var study = await Read.Current(Study, id, store, ct);
        var scope = $"{Study}/{id}/$everything";
        var asked = await EverythingRequest.Read(request, scope, Known, body, tokens, types, limits, ct);
        var since = asked.Since is null ? (DateTimeOffset?)null : Instants.Parse(asked.Since, "_since");
        var all = await Gather(study, definitions, store, ct);
        var rest = all.Where(r => asked.Wants(r.Type) && (since is null || r.LastUpdated >= since))
            .OrderBy(Key, StringComparer.Ordinal)
            .SkipWhile(r => asked.Place is not null && string.CompareOrdinal(Key(r), asked.Place) <= 0)
            .ToList();

        // One Bundle is one study, unless pages are asked for.
        var page = rest.Take(asked.Given.Contains("_count") ? asked.Count : MaxResources).ToList();
        var next = rest.Count > page.Count ? await asked.Seal(tokens, Key(page[^1]), ct) : null;
        var tag = StateTag.Of(
        [
            FhirUrl.Base(request), request.QueryString.Value, FhirFormat.Of(request).ToString(), $"{next is null}",
            .. page.Select(BundleWriter.VersionReference),
        ]);
        return HttpMethods.IsPost(request.Method)
            ? EverythingBundle.Of(request, scope, page, [], next)
            : Conditional.Answer(request, tag, null, () => EverythingBundle.Of(request, scope, page, [], next));

        // The study comes first.
        string Key(StoredResource r) => r.Type == Study && r.Id == id ? "" : BundleWriter.Reference(r);
    }

    static async Task<IReadOnlyCollection<StoredResource>> Gather(
        StoredResource study, FhirDefinitions definitions, ResourceStore store, CancellationToken ct)
    {
        var found =
            new Dictionary<string, StoredResource>(StringComparer.Ordinal) { [BundleWriter.Reference(study)] = study };
        var open = new Queue<StoredResource>([study]);
        foreach (var resource in await Indexed(study.Id, definitions, store, ct))
        {
            Add(resource);
        }

        while (open.TryDequeue(out var source))
        {
            foreach (var target in Literal(source, definitions).Where(t => !found.ContainsKey(t)))
            {
                var (type, id) = target.Split('/') is [var t, var i, ..] ? (t, i) : ("", "");
                if (await store.Read(type, id, ct) is { IsDeleted: false } resource)
                {
                    Add(resource);
                }
            }
        }

        return found.Values;

        void Add(StoredResource resource)
        {
            if (!found.TryAdd(BundleWriter.Reference(resource), resource))
            {
                return;
            }

            if (found.Count > MaxResources)
            {
                throw new FhirException(Issue.Error(
                    IssueCode.TooCostly,
                    $"More than {MaxResources} resources belong to the study. Search for them type by type."));
            }

            if (Parts.Contains(resource.Type))
            {
                open.Enqueue(resource);
            }
        }
    }

    /// <summary>What search parameters lead to, canonicals included, and what refers to the study.</summary>
    static async Task<IEnumerable<StoredResource>> Indexed(
        string id, FhirDefinitions definitions, ResourceStore store, CancellationToken ct)
    {
        var includes = Parts.Select(p => new KeyValuePair<string, string>("_include:iterate", $"{p}:*"))
            .Append(new("_include", $"{Study}:*"))
            .Append(new("_revinclude", "ResearchSubject:study"))
            .Append(new("_id", id));
        var query = new SearchQueryParser(definitions).Parse(Study, includes, lenient: false).Query;
        return (await store.Search(query, page: null, ct)).Included;
    }

    /// <summary>The literal references of a resource, also those that no search parameter knows; patients are no part
    /// of a study, nor are other studies.</summary>
    static IEnumerable<string> Literal(StoredResource resource, FhirDefinitions definitions) =>
        References.Of(FhirJson.Read(resource.Json.Span, definitions.Types, ReadLimits.Stored).Resource!, resource.Type)
            .Select(r =>
                r.Target.Split('/') is [var type, var id, ..] && PrimitiveSyntax.IsId(id) ? $"{type}/{id}" : "")
            .Where(t => t.Length > 0 && !t.StartsWith("Patient/", StringComparison.Ordinal)
                && !t.StartsWith($"{Study}/", StringComparison.Ordinal));
}
