using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirTrials.Server.Http;
using FhirTrials.Server.Matching;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;

namespace FhirTrials.Server.Operations;

/// <summary>A match in full as a GuidanceResponse (profile <c>trial-match</c>): the explanation as its note
/// and narrative, and in a contained Parameters grade, score, every arm and every criterion with verdict,
/// evidence and what is missing.</summary>
static class MatchDetail
{
    const string Profile = "http://fhirtrials.org/fhir/StructureDefinition/trial-match";

    public static ReadOnlyMemory<byte> ToJson(string studyUrl, MatchedStudy matched)
    {
        var match = matched.Match;
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, ResourceJson.Options);
        var explanation = MatchExplanation.Of(match);
        json.WriteStartObject();
        json.WriteString("resourceType", "GuidanceResponse");
        json.WriteStartObject("meta");
        json.WriteStartArray("profile");
        json.WriteStringValue(Profile);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("text");
        json.WriteString("status", "generated");
        json.WriteString("div", Narrative(match, explanation));
        json.WriteEndObject();
        json.WriteStartArray("contained");
        WriteParameters(json, matched, explanation);
        json.WriteEndArray();
        json.WriteString("moduleUri", studyUrl);
        json.WriteString("status", match.Grade == MatchGrade.PossiblyEligible ? "data-required" : "success");
        json.WriteStartArray("note");
        json.WriteStartObject();
        json.WriteString("text", explanation);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("outputParameters");
        json.WriteString("reference", "#detail");
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    static void WriteParameters(Utf8JsonWriter json, MatchedStudy matched, string explanation)
    {
        var match = matched.Match;
        json.WriteStartObject();
        json.WriteString("resourceType", "Parameters");
        json.WriteString("id", "detail");
        json.WriteStartArray("parameter");
        WriteGrade(json, match, explanation);
        WriteFlag(json, "conditionMentioned", matched.IsMentioned);
        if (matched.Distance is { } distance)
        {
            WriteDistance(json, distance);
        }

        WriteVerdicts(json, match);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Parameters: the study, grade, score, explanation.</summary>
    public static void WriteGrade(Utf8JsonWriter json, StudyMatch match, string explanation)
    {
        Write(json, "study", "valueString", match.StudyId);
        Write(json, "grade", "valueCode", GradeCode(match.Grade));
        WriteNumber(json, "score", "valueDecimal", match.Score);
        Write(json, "explanation", "valueString", explanation);
    }

    /// <summary>Parameters: every arm, every criterion.</summary>
    public static void WriteVerdicts(Utf8JsonWriter json, StudyMatch match)
    {
        foreach (var arm in match.Arms)
        {
            WriteArm(json, arm);
        }

        foreach (var verdict in match.Verdicts)
        {
            WriteCriterion(json, verdict);
        }
    }

    /// <summary>The nearest site, and whether one whose place is not known may be nearer.</summary>
    static void WriteDistance(Utf8JsonWriter json, StudyDistance distance)
    {
        if (distance.Nearest is { } site)
        {
            WriteParts(json, "nearestSite", () =>
            {
                Write(json, "location", "valueUri", $"Location/{site.Location}");
                WriteNumber(json, "kilometres", "valueDecimal", Math.Round((decimal)distance.Kilometres, 1));
            });
        }

        WriteFlag(json, "siteOfUnknownPlace", distance.MayBeNearer);
    }

    static void WriteArm(Utf8JsonWriter json, ArmMatch arm) => WriteParts(json, "arm", () =>
    {
        Write(json, "title", "valueString", arm.Arm);
        if (arm.Cohort is not null)
        {
            Write(json, "cohort", "valueString", arm.Cohort);
        }

        Write(json, "grade", "valueCode", GradeCode(arm.Grade));
        WriteNumber(json, "unknown", "valueInteger", arm.Unknown);
    });

    static void WriteCriterion(Utf8JsonWriter json, CriterionVerdict verdict) => WriteParts(json, "criterion", () =>
    {
        var criterion = verdict.Criterion;
        WriteNumber(json, "number", "valueInteger", criterion.Number);
        Write(json, "section", "valueCode", SectionCode(criterion.Section));
        Write(json, "text", "valueString", criterion.Text);
        Write(json, "verdict", "valueCode", VerdictCode(verdict));
        foreach (var arm in criterion.Scope.Arms)
        {
            Write(json, "arm", "valueString", arm);
        }

        foreach (var cohort in criterion.Scope.Cohorts)
        {
            Write(json, "cohort", "valueString", cohort);
        }

        foreach (var evidence in verdict.Evidence)
        {
            WriteParts(json, "evidence", () =>
            {
                Write(json, "reference", "valueString", evidence.Reference);
                Write(json, "text", "valueString", evidence.Text);
            });
        }

        foreach (var missing in verdict.Missing)
        {
            Write(json, "missing", "valueString", missing);
        }
    });

    static void WriteParts(Utf8JsonWriter json, string name, Action parts)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteStartArray("part");
        parts();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString(type, value);
        json.WriteEndObject();
    }

    static void WriteFlag(Utf8JsonWriter json, string name, bool value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteBoolean("valueBoolean", value);
        json.WriteEndObject();
    }

    static void WriteNumber(Utf8JsonWriter json, string name, string type, decimal value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber(type, value);
        json.WriteEndObject();
    }

    static string Narrative(StudyMatch match, string explanation)
    {
        var html = new StringBuilder("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>");
        html.Append(HtmlEncoder.Default.Encode(explanation)).Append("</p><table><tbody>");
        foreach (var verdict in match.Best.Verdicts)
        {
            html.Append("<tr><td>").Append(VerdictCode(verdict)).Append("</td><td>")
                .Append(HtmlEncoder.Default.Encode(verdict.Criterion.Text)).Append("</td><td>")
                .Append(HtmlEncoder.Default.Encode(
                    string.Join("; ", verdict.Evidence.Select(e => e.Text).Concat(verdict.Missing))))
                .Append("</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    static string GradeCode(MatchGrade grade) => grade switch
    {
        MatchGrade.Eligible => "eligible",
        MatchGrade.PossiblyEligible => "possibly-eligible",
        MatchGrade.NotEligible => "not-eligible",
    };

    static string SectionCode(CriterionSection section) => section switch
    {
        CriterionSection.Inclusion => "inclusion",
        CriterionSection.Exclusion => "exclusion",
    };

    static string VerdictCode(CriterionVerdict verdict) => verdict.Applies
        ? verdict.Verdict switch { Verdict.Met => "met", Verdict.NotMet => "not-met", Verdict.Unknown => "unknown" }
        : "not-applicable";
}
