using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>$match: which studies fit a patient, criterion by criterion. Nothing of the patient is kept or
/// logged.</summary>
static class Match
{
    /// <summary><c>POST ResearchStudy/$match</c>: all studies, the best first.</summary>
    public static async Task<IResult> Post(
        HttpRequest request, FhirBody body, MatchIndex index, TimeProvider clock, CancellationToken ct)
    {
        var asked = MatchRequest.Of(await body.Read(request, ct));
        var studies = await index.Studies(ct);
        return Answer(request, asked, studies.Where(asked.Wants), clock);
    }

    /// <summary><c>POST ResearchStudy/[id]/$match</c>: that study, whatever its phase and status.</summary>
    public static async Task<IResult> PostInstance(
        string id, HttpRequest request, FhirBody body, MatchIndex index, TimeProvider clock, CancellationToken ct)
    {
        var asked = MatchRequest.Of(await body.Read(request, ct));
        var study = (await index.Studies(ct)).FirstOrDefault(s => s.Resource.Id == id)
            ?? throw Read.NotFound("ResearchStudy", id);
        return Answer(request, asked, [study], clock);
    }

    static FhirResult Answer(HttpRequest request, MatchRequest asked, IEnumerable<MatchStudy> studies, TimeProvider clock)
    {
        var day = asked.ReferenceDate ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var read = PatientRecordReader.Read(asked.Record, day);
        if (read.Record is not { } record)
        {
            throw new FhirException(read.Issues);
        }

        var matched = studies
            .Select(s => new MatchedStudy(s, Matcher.Match(record, s.Eligibility)))
            .OrderBy(m => m.Match.Grade)
            .ThenByDescending(m => m.Match.Score)
            .ThenBy(m => m.Match.StudyId, StringComparer.Ordinal)
            .ToImmutableArray();
        var json = MatchBundle.ToJson(request, matched, [.. asked.Warnings, .. record.Notes]);
        return new FhirResult(StatusCodes.Status200OK, asked.AsParameters ? MatchBundle.InParameters(json) : json);
    }
}
