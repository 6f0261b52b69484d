using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FhirTrials.Fhir.Outcomes;

/// <summary>Issues as FHIR states them — https://hl7.org/fhir/R4/operationoutcome.html</summary>
public static class OperationOutcome
{
    const string Line = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line";
    const string Column = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col";

    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The UTF-8 JSON of an OperationOutcome. Without issues it says that there are
    /// none, since one is required.</summary>
    public static byte[] ToUtf8Bytes(params IReadOnlyCollection<Issue> issues)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        Write(writer, issues);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes an OperationOutcome, for instance into a Bundle entry.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyCollection<Issue> issues)
    {
        writer.WriteStartObject();
        writer.WriteString("resourceType"u8, "OperationOutcome"u8);
        writer.WriteStartArray("issue"u8);
        foreach (var issue in issues.Count > 0
            ? issues
            : [Issue.Information(IssueCode.Informational, "No issues were found.")])
        {
            WriteIssue(writer, issue);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteIssue(Utf8JsonWriter writer, Issue issue)
    {
        writer.WriteStartObject();
        if (issue.Position != default)
        {
            writer.WriteStartArray("extension"u8);
            WriteInteger(writer, Line, issue.Position.Line);
            WriteInteger(writer, Column, issue.Position.Column);
            writer.WriteEndArray();
        }

        writer.WriteString("severity"u8, issue.Severity.ToFhirCode());
        writer.WriteString("code"u8, issue.Code.ToFhirCode());
        writer.WriteString("diagnostics"u8, issue.Diagnostics);
        if (issue.Expression is not null)
        {
            writer.WriteStartArray("expression"u8);
            writer.WriteStringValue(issue.Expression);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    static void WriteInteger(Utf8JsonWriter writer, string url, int value)
    {
        writer.WriteStartObject();
        writer.WriteString("url"u8, url);
        writer.WriteNumber("valueInteger"u8, value);
        writer.WriteEndObject();
    }
}
