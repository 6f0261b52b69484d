using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>$match: which studies fit a patient, criterion by criterion. Nothing of the
/// patient is kept or logged.</summary>
static class Match
{
    /// <summary><c>POST ResearchStudy/$match</c>: all studies, the best first.</summary>
    public static async Task<IResult> Post(
        HttpRequest request,
        FhirBody body,
        SubjectRecord subjects,
        MatchEngine engine,
        ServerLimits limits,
        TimeProvider clock,
        CancellationToken ct)
    {
        var sent = await RecordBody.Read(body, request, ct);
        var asked = MatchRequest.Of(sent.Body, await subjects.Named(sent.Body, request, ct));
        var record = Record(asked, sent.Faults, clock);
        var options =
            asked.Options with { Count = Math.Min(asked.Options.Count ?? limits.PageSize, limits.MaxPageSize) };
        return Result(request, asked, record, await engine.Match(record, options, ct));
    }

    /// <summary><c>POST ResearchStudy/[id]/$match</c>: that study, whatever its phase and status.</summary>
    public static async Task<IResult> PostInstance(
        string id, HttpRequest request, FhirBody body, SubjectRecord subjects, MatchEngine engine, TimeProvider clock,
        CancellationToken ct)
    {
        var sent = await RecordBody.Read(body, request, ct);
        var asked = MatchRequest.Of(sent.Body, await subjects.Named(sent.Body, request, ct));
        var record = Record(asked, sent.Faults, clock);
        var answer = await engine.Match(record, new() { StudyId = id }, ct);
        return answer.Total > 0 ? Result(request, asked, record, answer) : throw Read.NotFound("ResearchStudy", id);
    }

    static PatientRecord Record(MatchRequest asked, ImmutableArray<Issue> faults, TimeProvider clock)
    {
        var day = asked.ReferenceDate ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var read = PatientRecordReader.Read(asked.Record, day, faults: faults);
        return read.Record ?? throw (faults.IsEmpty
            ? new FhirException(read.Issues)
            : new FhirException(read.Issues, StatusCodes.Status400BadRequest));
    }

    static FhirResult Result(HttpRequest request, MatchRequest asked, PatientRecord record, MatchAnswer answer)
    {
        var json = MatchBundle.ToJson(request, answer, [.. asked.Warnings, .. record.Notes, .. answer.Issues]);
        return new FhirResult(StatusCodes.Status200OK, asked.AsParameters ? MatchBundle.InParameters(json) : json);
    }
}
