using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Doors;

/// <summary>CDS Hooks 2.0 — https://cds-hooks.hl7.org/2.0/: when a chart is opened (<c>patient-view</c>) the EHR is
/// told which studies that recruit may fit. Nothing of the patient is kept or logged; of feedback only outcomes and
/// reasons are counted.</summary>
static class CdsHooks
{
    public const string Service = "trial-match";

    const string Hook = "patient-view";

    /// <summary>Of the status that FHIR calls active; among so many of the best are
    /// those that cards are made of.</summary>
    static readonly MatchOptions Recruiting = new() { RecruitmentStatus = "active", Count = 50 };

    static readonly string[] Outcomes = ["accepted", "overridden"];

    static readonly Counter<long> Feedbacks = new Meter("FhirTrials.Server").CreateCounter<long>(
        "fhirtrials.cds.feedback", description: "What clinicians did with cards, by outcome and coded reason");

    /// <summary><c>GET /cds-services</c></summary>
    public static IResult Discovery() => Json(new JsonObject
    {
        ["services"] = new JsonArray(new JsonObject
        {
            ["id"] = Service,
            ["hook"] = Hook,
            ["title"] = "Clinical trials that may fit this patient",
            ["description"] = "Recruiting studies of a disease that the patient has or may have, without a criterion "
                + "that the record fails, with what is met and what is still unknown.",
            ["usageRequirements"] = "Data are taken from prefetch alone; this service does not call the EHR.",
            ["prefetch"] = new JsonObject(
                CdsRecord.Prefetch.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Template))),
        }),
    });

    /// <summary><c>POST /cds-services/trial-match</c></summary>
    public static async Task<IResult> Call(
        string id, HttpRequest request, JsonBody body, MatchEngine engine, TimeProvider clock, CancellationToken ct)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        CheckService(id);
        var call = await body.Read(request, ct);
        var instance = Context(call);
        var ((bundle, faults), notes) = CdsRecord.Of(call, body);
        var read =
            PatientRecordReader.Read(bundle, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), faults: faults);
        var answer = await engine.Match(
            read.Record ?? throw new FhirException(read.Issues, StatusCodes.Status400BadRequest), Recruiting, ct);
        return Json(new JsonObject { ["cards"] = new JsonArray([.. CdsCards.Of(request, instance, answer, notes)]) });
    }

    /// <summary><c>POST /cds-services/trial-match/feedback</c></summary>
    public static async Task<IResult> Feedback(string id, HttpRequest request, JsonBody body, CancellationToken ct)
    {
        CheckService(id);
        var given = (await body.Read(request, ct)).TryGetProperty("feedback", out var list)
            && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().ToList() : throw Refused("feedback", "feedback must be an array.");
        var counted = given.Select((f, i) => Outcome(f, $"feedback[{i}]")).ToList();
        foreach (var (outcome, reason) in counted)
        {
            Feedbacks.Add(1, new("outcome", outcome), new("reason", reason));
        }

        return Results.Ok();
    }

    /// <summary>A reason is told where it is one that was offered: anything may stand there.</summary>
    static (string Outcome, string Reason) Outcome(JsonElement feedback, string at)
    {
        if (Text(feedback, "card") is null || Text(feedback, "outcome") is not { } outcome
            || !Outcomes.Contains(outcome))
        {
            throw Refused(at, "Feedback names its card, and an outcome: accepted or overridden.");
        }

        var reason = feedback.TryGetProperty("overrideReason", out var given) && given.ValueKind == JsonValueKind.Object
            && given.TryGetProperty("reason", out var coding) ? Text(coding, "code") : null;
        return (outcome, CdsCards.OverrideReasons.Any(r => r.Code == reason) ? reason! : "none");
    }

    /// <summary>The instance of the hook; throws (400) where the call is not one of this hook's.</summary>
    static string Context(JsonElement call)
    {
        var instance = Text(call, "hookInstance") ?? throw Refused("hookInstance", "hookInstance is missing.");
        if (Text(call, "hook") != Hook)
        {
            throw Refused("hook", $"The hook must be {Hook}.");
        }

        var context = call.TryGetProperty("context", out var given) ? given : default;
        foreach (var name in (string[])["userId", "patientId"])
        {
            if (Text(context, name) is null)
            {
                throw Refused($"context.{name}", $"context.{name} is missing.");
            }
        }

        return instance;
    }

    static void CheckService(string id)
    {
        if (id != Service)
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotFound, "There is no such service; GET /cds-services lists them."));
        }
    }

    /// <summary>A text that is not empty.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { Length: > 0 } text ? text : null;

    public static FhirException Refused(string at, string why, int status = StatusCodes.Status400BadRequest) =>
        new(Issue.Error(IssueCode.Required, why, at), status);

    static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");
}
