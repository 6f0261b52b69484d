using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Storage;
using FhirTrials.Storage.Exports;
using FhirTrials.Storage.Jobs;

namespace FhirTrials.Server.Operations;

/// <summary>$export of everything, of all patients, or of a Group's members: a job that writes NDJSON files —
/// https://hl7.org/fhir/uv/bulkdata/STU2/export.html</summary>
sealed class Export(ExportParameters parameters, BulkExports exports, ResourceStore store, FhirDefinitions definitions)
{
    const string Async = "respond-async";

    public static Task<IResult> OfSystem(HttpRequest request, Export export, CancellationToken ct) =>
        export.Begin(request, null, ct);

    public static Task<IResult> OfPatients(HttpRequest request, Export export, CancellationToken ct) =>
        export.Begin(request, new ExportedPatients(Ids: null), ct);

    public static async Task<IResult> OfGroup(string id, HttpRequest request, Export export, CancellationToken ct) =>
        await export.Begin(request, await export.Members(request, id, ct), ct);

    /// <summary>202 with <c>X-Progress</c> while it runs, then 200 with the manifest.</summary>
    public static async Task<IResult> Status(
        string id, HttpResponse response, BulkExports exports, TimeProvider clock, CancellationToken ct)
    {
        var state = await exports.Read(id, ct) ?? throw NotFound();
        switch (state.Job.Status)
        {
            case JobStatus.Completed:
                response.Headers.Expires = state.Expires.ToString("R", CultureInfo.InvariantCulture);
                return Results.Text(ExportManifest.Of(state).ToJsonString(), "application/json");
            case JobStatus.Failed:
                throw new FhirException(Issue.Error(IssueCode.Exception, $"The export failed. {state.Job.Error}"));
            default:
                var seconds = (clock.GetUtcNow() - state.Job.Created).TotalSeconds;
                response.Headers.RetryAfter = Math.Clamp((int)(seconds / 5), 1, 30)
                    .ToString(CultureInfo.InvariantCulture);
                response.Headers["X-Progress"] = Progress(state);
                return Results.StatusCode(StatusCodes.Status202Accepted);
        }
    }

    /// <summary>Stops it, or removes what it has written; from then on it is not there.</summary>
    public static async Task<IResult> Cancel(string id, BulkExports exports, CancellationToken ct) =>
        await exports.Cancel(id, ct)
            ? FhirResult.Of(
                [Issue.Information(IssueCode.Informational, "The export is given up, and its files are removed.")],
                StatusCodes.Status202Accepted)
            : throw NotFound();

    /// <summary>A file, as it is stored or unpacked, whole or in ranges.</summary>
    /// <param name="file"><c>1.ndjson</c></param>
    public static async Task<IResult> File(
        string id, string file, HttpRequest request, BulkExports exports, CancellationToken ct)
    {
        var name = file.Split('.');
        var content = name is [var digits, "ndjson"]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await exports.File(id, number, ct)
            : null;
        return content is null ? throw NotFound() : NdjsonFile.Of(request, content, $"{id}-{name[0]}");
    }

    static FhirException NotFound() =>
        new(Issue.Error(IssueCode.NotFound, "There is no such export, or it has been given up or has expired."));

    async Task<IResult> Begin(HttpRequest request, ExportedPatients? patients, CancellationToken ct)
    {
        if (!Preferences.Has(request, Async))
        {
            throw new FhirException(Issue.Error(
                IssueCode.NotSupported, $"An export takes its time: ask for it with the header 'Prefer: {Async}'.",
                "http.Prefer"));
        }

        var (export, ignored) = await parameters.Read(request, patients, ct);
        var id = await exports.Queue(export, ct);
        request.HttpContext.Response.Headers.ContentLocation = $"{FhirUrl.Base(request)}/$export/{id}";
        return FhirResult.Of(
            [Issue.Information(IssueCode.Informational, "The export has begun; Content-Location tells how far it is."),
                .. ignored],
            StatusCodes.Status202Accepted);
    }

    /// <summary>The patients who are members of a Group now.</summary>
    async Task<ExportedPatients> Members(HttpRequest request, string id, CancellationToken ct)
    {
        var stored = await Interactions.Read.Current("Group", id, store, ct);
        var group = FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;
        if (group.ValueOf("actual") == "false")
        {
            throw new FhirException(Issue.Error(
                IssueCode.BusinessRule, "The Group describes whom it would be for and has no members.",
                "Group.actual"));
        }

        var members = group["member"].Where(m => m.ValueOf("inactive") != "true")
            .Select(m => m.At("entity", "reference")?.Value ?? "").ToList();
        if (members.Any(m => m.StartsWith("Group/", StringComparison.Ordinal)))
        {
            throw new FhirException(Issue.Error(
                IssueCode.NotSupported, "A member of the Group is a Group itself. Export that one.", "Group.member"));
        }

        return new([.. members.Select(m => ExportParameters.LocalId(m, FhirUrl.Base(request)))
            .OfType<string>().Distinct()]);
    }

    static string Progress(ExportState state) => string.Create(
        CultureInfo.InvariantCulture,
        $"{state.Job.Done} of at most {Math.Max(state.Job.Done, state.Job.Total)} resources");
}
