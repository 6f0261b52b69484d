using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>The record of a patient who is stored here: the compartment, and what its resources refer to.</summary>
sealed class SubjectRecord(ResourceStore store, FhirDefinitions definitions, ServedTypes types, TimeProvider clock)
{
    const string Patient = "Patient";
    const int PageSize = 500, MostResources = 50_000;

    /// <summary>The record of the patient that Parameters name as <c>subject</c>; null where they name none.</summary>
    public async Task<Element?> Named(Element parameters, HttpRequest request, CancellationToken ct) =>
        parameters.Type.Name == "Parameters"
        && parameters["parameter"].FirstOrDefault(p => p.ValueOf("name") == "subject")?.Child("value") is { } subject
            ? await Read(Relative(subject.ValueOf("reference") ?? subject.Value ?? "", FhirUrl.Base(request)), ct)
            : null;

    static string Relative(string subject, string server) =>
        subject.StartsWith(server + "/", StringComparison.Ordinal) ? subject[(server.Length + 1)..] : subject;

    /// <summary>A Bundle; throws (400, 404, 410, 422) where there is none.</summary>
    /// <param name="subject"><c>Patient/[id]</c></param>
    async Task<Element> Read(string subject, CancellationToken ct)
    {
        if (subject.Split('/') is not [Patient, var id])
        {
            throw new FhirException(Issue.Error(
                IssueCode.Value, "subject must be a patient of this server: Patient/[id].",
                "Parameters.parameter.where(name = 'subject')"));
        }

        FhirId.Check(id);
        var resources = new List<StoredResource> { await Interactions.Read.Current(Patient, id, store, ct) };
        var query = Query(id);
        string? next = null;
        do
        {
            var page = await store.Search(query, next, ct);
            resources.AddRange(page.Matches.Concat(page.Included).Where(r => r.Type != Patient));
            next = page.Next;
        }
        while (next is not null && resources.Count <= MostResources);

        var json = BundleWriter.ToJson("collection", writer => BundleWriter.WriteEntries(
            writer, [.. resources.DistinctBy(r => (r.Type, r.Id))],
            r => BundleWriter.WriteRaw(writer, "resource", r.Json)));
        return FhirJson.Read(json.Span, definitions.Types, ReadLimits.Stored).Resource
            ?? throw new InvalidOperationException("A stored record cannot be read.");
    }

    SearchQuery Query(string id)
    {
        var compartment = definitions.Compartment(Patient)!.Parameters.Keys
            .Where(t => t != Patient && types.Contains(t)).Order(StringComparer.Ordinal).ToImmutableArray();
        var parsed = new SearchQueryParser(definitions, clock)
            .Parse(compartment, [new("_include", "*")], lenient: false, (Patient, id));
        return parsed.IsValid ? parsed.Query with { Count = PageSize } : throw new FhirException(parsed.Issues);
    }
}
