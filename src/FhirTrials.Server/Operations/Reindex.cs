using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;
using FhirTrials.Storage.Jobs;

namespace FhirTrials.Server.Operations;

/// <summary><c>$reindex</c>, for operators: indexes all resources, or those of one SearchParameter's types, anew in a
/// job; and how far a job is. New search parameters are indexed without being asked.</summary>
sealed class Reindex(
    ResourceStore store, FhirDefinitions definitions, SearchParameters parameters, OperatorAccess operators)
{
    public static async Task<IResult> OfSystem(HttpRequest request, Reindex reindex, CancellationToken ct)
    {
        reindex.CheckOperator(request);
        return await reindex.Queue(request, ["Resource"], reindex.Posted(), ct);
    }

    public static async Task<IResult> OfParameter(string id, HttpRequest request, Reindex reindex, CancellationToken ct)
    {
        reindex.CheckOperator(request);
        var parameter = await reindex.Parameter(id, ct);
        return await reindex.Queue(request, parameter.Base, [parameter.Url], ct);
    }

    /// <summary>Whether a search parameter is searched by, and whether its index is complete.</summary>
    public static async Task<IResult> Status(string id, Reindex reindex, CancellationToken ct)
    {
        var parameter = await reindex.Parameter(id, ct);
        var posted = reindex.Posted(parameter);
        return Parameters(
            ("url", "valueUri", parameter.Url),
            ("active", "valueBoolean", posted is not null || reindex.IsOfDefinitions(parameter)),
            ("complete", "valueBoolean", posted?.IsComplete ?? reindex.IsOfDefinitions(parameter)));
    }

    /// <summary>202 with <c>X-Progress</c> while it runs, then 200.</summary>
    public static async Task<IResult> Job(string id, HttpResponse response, Reindex reindex, CancellationToken ct)
    {
        var job = await reindex.Job(id, ct);
        var isRunning = job.Status is JobStatus.Queued or JobStatus.Running;
        if (isRunning)
        {
            response.Headers["X-Progress"] = string.Create(CultureInfo.InvariantCulture, $"{job.Done} of {job.Total}");
            response.Headers.RetryAfter = "1";
        }

        return Parameters(
            ("kind", "valueCode", job.Kind),
            ("status", "valueCode", job.Status.ToString().ToLowerInvariant()),
            ("done", "valueDecimal", job.Done),
            ("total", "valueDecimal", job.Total),
            ("skipped", "valueDecimal", job.Skipped),
            ("updated", "valueInstant", BundleWriter.Instant(job.Updated)),
            ("error", "valueString", job.Error)) with
        {
            Status = isRunning ? StatusCodes.Status202Accepted : StatusCodes.Status200OK,
        };
    }

    void CheckOperator(HttpRequest request) => operators.Check(request);

    PostedParameter? Posted(SearchParameter parameter) =>
        parameters.Posted.FirstOrDefault(p => p.Parameter.Url == parameter.Url);

    bool IsOfDefinitions(SearchParameter parameter) => definitions.SearchParameter(parameter.Url) is not null;

    async Task<JobState> Job(string id, CancellationToken ct) =>
        await store.Job(id, ct) ?? throw new FhirException(Issue.Error(IssueCode.NotFound, "There is no such job."));

    IEnumerable<string> Posted() => parameters.Posted.Select(p => p.Parameter.Url);

    async Task<IResult> Queue(
        HttpRequest request, IReadOnlyCollection<string> bases, IEnumerable<string> posted, CancellationToken ct)
    {
        var types =
            definitions.Types.Names.Where(n => definitions.Types.IsResource(n, out var type) && bases.Any(type.IsA));
        var job = await store.QueueReindex(types, posted, ct);
        request.HttpContext.Response.Headers.ContentLocation = $"{FhirUrl.Base(request)}/$job/{job}";
        return FhirResult.Of(
            [Issue.Information(
                IssueCode.Informational, "The resources are indexed anew; see Content-Location for how far that is.")],
            StatusCodes.Status202Accepted);
    }

    async Task<SearchParameter> Parameter(string id, CancellationToken ct) =>
        await store.Read("SearchParameter", id, ct) is { IsDeleted: false } stored
            ? SearchParameter.Of(FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource!)
            : throw new FhirException(Issue.Error(IssueCode.NotFound, $"There is no SearchParameter/{id}."));

    static FhirResult Parameters(params IEnumerable<(string Name, string Type, object? Value)> values) => new(
        StatusCodes.Status200OK,
        Encoding.UTF8.GetBytes(new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray([.. values.Where(v => v.Value is not null)
                .Select(v => new JsonObject { ["name"] = v.Name, [v.Type] = JsonValue.Create(v.Value) })]),
        }.ToJsonString()));
}
