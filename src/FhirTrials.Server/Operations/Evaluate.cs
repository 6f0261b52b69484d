using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>$evaluate: whether one subject is whom a Group of eligibility describes, characteristic by characteristic.
/// The parameters are those of HL7's operation —
/// https://hl7.org/fhir/uv/cql/OperationDefinition-cql-group-evaluate.html — the answer is about one subject, so it is
/// Parameters rather than an actual Group. Nothing of the subject is kept or logged.</summary>
static class Evaluate
{
    /// <summary><c>POST Group/[id]/$evaluate</c>: a Bundle, or Parameters with <c>data</c> or <c>subject</c>.</summary>
    public static async Task<IResult> PostInstance(
        string id, HttpRequest request, FhirBody body, SubjectRecord subjects, ResourceStore store,
        FhirDefinitions definitions, TimeProvider clock, CancellationToken ct)
    {
        var sent = await RecordBody.Read(body, request, ct);
        var stored = await Read.Current("Group", id, store, ct);
        var group = FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;
        return await Answer(request, group, sent, subjects, clock, ct);
    }

    /// <summary><c>POST Group/$evaluate</c>: Parameters with <c>group</c>, and <c>data</c> or <c>subject</c>.</summary>
    public static async Task<IResult> Post(
        HttpRequest request, FhirBody body, SubjectRecord subjects, TimeProvider clock, CancellationToken ct)
    {
        var sent = await RecordBody.Read(body, request, ct);
        var group = Parameter(sent.Body, "group")?.Child("resource");
        return group?.Type.Name == "Group"
            ? await Answer(request, group, sent, subjects, clock, ct)
            : throw Missing("group", "a Group of eligibility");
    }

    static async Task<FhirResult> Answer(
        HttpRequest request, Element group, RecordBody sent, SubjectRecord subjects, TimeProvider clock,
        CancellationToken ct)
    {
        var data = sent.Body.Type.Name == "Bundle" ? sent.Body : Parameter(sent.Body, "data")?.Child("resource");
        var bundle = data ?? await subjects.Named(sent.Body, request, ct)
            ?? throw Missing("data", "a Bundle with the subject's record (or subject, a patient of this server)");
        var read = PatientRecordReader.Read(bundle, DayOf(sent.Body, clock), faults: sent.Faults);
        var record = read.Record ?? throw (sent.Faults.IsEmpty
            ? new FhirException(read.Issues)
            : new FhirException(read.Issues, StatusCodes.Status400BadRequest));
        var match = Matcher.Match(record, StudyEligibilityReader.Read(group), ct: ct);
        return new FhirResult(StatusCodes.Status200OK, ResourceJson.Write("Parameters", json =>
        {
            json.WriteStartArray("parameter");
            MatchDetail.WriteGrade(json, match, MatchExplanation.Of(match));
            MatchDetail.WriteVerdicts(json, match);
            if (!record.Notes.IsEmpty)
            {
                json.WriteStartObject();
                json.WriteString("name", "outcome");
                BundleWriter.WriteRaw(json, "resource", OperationOutcome.ToUtf8Bytes(record.Notes));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }

    static Element? Parameter(Element parameters, string name) =>
        parameters.Type.Name == "Parameters"
            ? parameters["parameter"].FirstOrDefault(p => p.ValueOf("name") == name)
            : null;

    static DateOnly DayOf(Element parameters, TimeProvider clock) =>
        Parameter(parameters, "referenceDate")?.ValueOf("value") is not { } text
            ? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new FhirException(Issue.Error(
            IssueCode.Value, "referenceDate must be a day: YYYY-MM-DD.",
            "Parameters.parameter.where(name = 'referenceDate')"));

    static FhirException Missing(string name, string what) => new(Issue.Error(
        IssueCode.Required, $"The parameter {name} is missing: {what}.",
        $"Parameters.parameter.where(name = '{name}')"));
}
