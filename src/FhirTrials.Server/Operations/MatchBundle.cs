using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>The answer of $match: a searchset of studies with score and match grade; after each study a
/// GuidanceResponse (profile <c>trial-match</c>) with the verdicts; at the end an OperationOutcome
/// where something was left out.</summary>
static class MatchBundle
{
    /// <summary>HL7's extension on <c>entry.search</c>.</summary>
    const string MatchGradeExtension = "http://hl7.org/fhir/StructureDefinition/match-grade";

    public static ReadOnlyMemory<byte> ToJson(
        HttpRequest request, MatchAnswer answer, ImmutableArray<Issue> issues) =>
        BundleWriter.ToJson("searchset", json =>
        {
            json.WriteNumber("total", answer.Total);
            json.WriteStartArray("entry");
            foreach (var match in answer.Matches)
            {
                WriteStudy(json, request, match);
                WriteDetail(json, FhirUrl.Resource(request, "ResearchStudy", match.Match.StudyId), match);
            }

            if (issues.Length > 0)
            {
                WriteEntry(json, null, "outcome", OperationOutcome.ToUtf8Bytes(issues));
            }
            else if (answer.Total == 0)
            {
                WriteEntry(json, null, "outcome", OperationOutcome.ToUtf8Bytes(
                    [Issue.Information(IssueCode.Informational, "No study is of those that were asked for.")]));
            }

            json.WriteEndArray();
        });

    /// <summary>The same as CodeX's output parameter.</summary>
    public static ReadOnlyMemory<byte> InParameters(ReadOnlyMemory<byte> bundle)
    {
        var buffer = new ArrayBufferWriter<byte>(bundle.Length + 128);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("resourceType", "Parameters");
        json.WriteStartArray("parameter");
        json.WriteStartObject();
        json.WriteString("name", "trialMatchOutput");
        BundleWriter.WriteRaw(json, "resource", bundle);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    static void WriteStudy(Utf8JsonWriter json, HttpRequest request, MatchedStudy match)
    {
        json.WriteStartObject();
        json.WriteString("fullUrl", FhirUrl.Resource(request, "ResearchStudy", match.Match.StudyId));
        BundleWriter.WriteRaw(json, "resource", match.Study.Json);
        json.WriteStartObject("search");
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", MatchGradeExtension);
        json.WriteString("valueCode", GradeCode(match.Match.Grade));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("mode", "match");
        json.WriteNumber("score", match.Match.Score);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteDetail(Utf8JsonWriter json, string studyUrl, MatchedStudy match) =>
        WriteEntry(json, UrnOf(match.Match.StudyId), "include", MatchDetail.ToJson(studyUrl, match));

    static void WriteEntry(Utf8JsonWriter json, string? fullUrl, string mode, ReadOnlyMemory<byte> resource)
    {
        json.WriteStartObject();
        if (fullUrl is not null)
        {
            json.WriteString("fullUrl", fullUrl);
        }

        BundleWriter.WriteRaw(json, "resource", resource);
        json.WriteStartObject("search");
        json.WriteString("mode", mode);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>https://hl7.org/fhir/R4/valueset-match-grade.html</summary>
    static string GradeCode(MatchGrade grade) => grade switch
    {
        MatchGrade.Eligible => "certain",
        MatchGrade.PossiblyEligible => "possible",
        MatchGrade.NotEligible => "certainly-not",
    };

    /// <summary>A name for a resource that is nowhere stored: the same for the same study.</summary>
    static string UrnOf(string study) =>
        $"urn:uuid:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes("trial-match:" + study)).AsSpan(0, 16))}";
}
