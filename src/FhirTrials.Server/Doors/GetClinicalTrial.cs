using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Doors;

/// <summary><c>POST /getClinicalTrial</c>: the protocol of MITRE's clinical trial matching service, for its app —
/// https://github.com/mcode/clinical-trial-matching-service. Nothing of the patient is kept or logged.</summary>
static class GetClinicalTrial
{
    /// <summary>The app shows far fewer.</summary>
    const int MaxStudies = 100;

    public static async Task<IResult> Post(
        HttpRequest request, JsonBody body, MatchEngine engine, ServiceStudies studies, TimeProvider clock,
        ILogger<JsonBody> log, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            var (bundle, faults) = Patient(await body.Read(request, ct), body);
            var read =
                PatientRecordReader.Read(bundle, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), faults: faults);
            var answer = await engine.Match(
                read.Record ?? throw new FhirException(read.Issues, StatusCodes.Status400BadRequest),
                Options(bundle), ct);
            return Json(
                Searchset(request, answer, await studies.Of([.. answer.Matches.Select(m => m.Study)], ct)),
                StatusCodes.Status200OK);
        }
        catch (FhirException e)
        {
            return Error(e.Issues[0].Diagnostics, e.Status);
        }
        catch (Exception e) when (e is not (OperationCanceledException or BadHttpRequestException))
        {
            log.LogError("Request {RequestId} failed: {Fault}", request.HttpContext.TraceIdentifier, FaultText.Of(e));
            return Error("Internal server error", StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>The record: in <c>patientData</c>, as an object or as text, or the body itself.</summary>
    static SentRecord Patient(JsonElement body, JsonBody reader)
    {
        var data = body.TryGetProperty("patientData", out var given) ? given : body;
        var read = data.ValueKind == JsonValueKind.String
            ? reader.Resource(Encoding.UTF8.GetBytes(data.GetString()!))
            : reader.Resource(data);
        return read.Resource is { Type.Name: "Bundle" }
            ? SentRecord.Of(read with { Issues = [.. read.Issues.Where(i => !IsOfName(i))] })
            : throw new FhirException(
                Issue.Error(IssueCode.Invalid, "Invalid patientBundle"), StatusCodes.Status400BadRequest);
    }

    /// <summary>The app names the patient in letters that no id of FHIR's may have.</summary>
    static bool IsOfName(Issue issue) => issue.Expression is { } at
        && (at.EndsWith(".id", StringComparison.Ordinal) || at.EndsWith(".fullUrl", StringComparison.Ordinal));

    /// <summary>What the Parameters among the entries ask for.</summary>
    static MatchOptions Options(Element bundle)
    {
        var asked = bundle["entry"].SelectMany(e => e["resource"]).Where(r => r.Type.Name == "Parameters")
            .SelectMany(r => r["parameter"])
            .ToLookup(p => p.ValueOf("name"), p => p.Child("value")?.Value, StringComparer.Ordinal);
        return new()
        {
            Phase = Value("phase"),
            RecruitmentStatus = Value("recruitmentStatus"),
            ZipCode = Value("zipCode"),
            TravelRadius = Value("travelRadius") is { } radius ? TravelRadius.Kilometres(radius) : null,
            Count = MaxStudies,
        };

        string? Value(string name) =>
            asked[name].LastOrDefault() is { } value && value.Trim().Length > 0 ? value.Trim() : null;
    }

    static JsonObject Searchset(HttpRequest request, MatchAnswer answer, IEnumerable<JsonObject> studies) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["total"] = answer.Total,
        ["entry"] = new JsonArray([.. answer.Matches.Zip(studies, (match, study) => new JsonObject
        {
            ["fullUrl"] = FhirUrl.Resource(request, match.Study.Type, match.Study.Id),
            ["resource"] = study,
            ["search"] = new JsonObject { ["mode"] = "match", ["score"] = match.Match.Score },
        })]),
    };

    static IResult Error(string message, int status) => Json(new() { ["error"] = message }, status);

    static IResult Json(JsonObject json, int status) =>
        Results.Text(json.ToJsonString(FhirJson.SerializerOptions), "application/json", Encoding.UTF8, status);
}
