using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Matching;

namespace FhirTrials.Server.Doors;

/// <summary>The patient's record as it comes in <c>prefetch</c> —
/// https://cds-hooks.hl7.org/2.0/#providing-fhir-resources-to-a-cds-service</summary>
static class CdsRecord
{
    const string Patient = "patient";

    /// <summary>Without the patient and the conditions nothing can be said; what else is
    /// absent is unknown, and said so.</summary>
    public static ImmutableArray<(string Key, string Template, bool IsNeeded)> Prefetch { get; } =
    [
        (Patient, "Patient/{{context.patientId}}", true),
        ("conditions", "Condition?patient={{context.patientId}}", true),
        ("observations", "Observation?patient={{context.patientId}}", false),
        ("medicationRequests", "MedicationRequest?patient={{context.patientId}}", false),
        ("medicationStatements", "MedicationStatement?patient={{context.patientId}}", false),
        ("medicationAdministrations", "MedicationAdministration?patient={{context.patientId}}", false),
        ("procedures", "Procedure?patient={{context.patientId}}", false),
        ("allergies", "AllergyIntolerance?patient={{context.patientId}}", false),
    ];

    /// <summary>One Bundle of all, and what is not in it. Throws where something needed is absent (412), and where it
    /// is of another patient or beyond reading (400).</summary>
    public static (SentRecord Record, ImmutableArray<string> Notes) Of(JsonElement call, JsonBody body)
    {
        var prefetch = call.TryGetProperty("prefetch", out var given) ? given : default;
        var parts = Prefetch.Select(p => (p.Key, p.IsNeeded, Json: Part(prefetch, p.Key))).ToList();
        var needed = parts.Where(p => p is { IsNeeded: true, Json.ValueKind: JsonValueKind.Undefined })
            .Select(p => p.Key).ToList();
        if (needed.Count > 0)
        {
            throw new FhirException(
                [.. needed.Select(key => Issue.Error(
                    IssueCode.Required, $"The prefetch '{key}' is needed; this service does not call the EHR for it.",
                    $"prefetch.{key}"))],
                StatusCodes.Status412PreconditionFailed);
        }

        var patient = parts[0].Json;
        if (CdsHooks.Text(patient, "id") != CdsHooks.Text(call.GetProperty("context"), "patientId"))
        {
            throw CdsHooks.Refused("prefetch.patient.id", "The Patient in prefetch is not the one of the context.");
        }

        var read = body.Resource(
            Bundle(parts.Where(p => p.Json.ValueKind == JsonValueKind.Object).Select(p => (p.Key, p.Json))));
        var record = SentRecord.Of(read);
        ImmutableArray<string> notes = [.. parts.SelectMany(p => Note(p.Key, p.Json))];
        return (record,
            record.Faults.IsEmpty ? notes : notes.Add("parts of the record have errors and could not be read"));
    }

    /// <summary>Undefined where it is absent, or the EHR put an error in its place; null
    /// where the EHR has no such data.</summary>
    static JsonElement Part(JsonElement prefetch, string key) =>
        prefetch.ValueKind == JsonValueKind.Object && prefetch.TryGetProperty(key, out var part)
        && (CdsHooks.Text(part, "resourceType") == (key == Patient ? "Patient" : "Bundle")
            || (part.ValueKind == JsonValueKind.Null && key != Patient))
            ? part : default;

    static IEnumerable<string> Note(string key, JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Undefined => [$"{key} were not sent"],
        JsonValueKind.Object when part.TryGetProperty("link", out var links) && links.ValueKind == JsonValueKind.Array
            && links.EnumerateArray().Any(l => CdsHooks.Text(l, "relation") == "next") =>
                [$"of {key} only the first page was sent"],
        _ => [],
    };

    static ReadOnlySpan<byte> Bundle(IEnumerable<(string Key, JsonElement Json)> parts)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("resourceType", "Bundle");
        json.WriteString("type", "collection");
        json.WriteStartArray("entry");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in parts.SelectMany(p => p.Key == Patient ? [p.Json] : Resources(p.Json)))
        {
            // A resource may come by two searches.
            if (CdsHooks.Text(resource, "id") is not { } id
                || known.Add($"{CdsHooks.Text(resource, "resourceType")}/{id}"))
            {
                json.WriteStartObject();
                json.WritePropertyName("resource");
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(resource), skipInputValidation: true);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>Without what a search adds: another patient, and what it has to say.</summary>
    static IEnumerable<JsonElement> Resources(JsonElement bundle) =>
        bundle.TryGetProperty("entry", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? entries.EnumerateArray()
                .Select(e => e.ValueKind == JsonValueKind.Object && e.TryGetProperty("resource", out var resource)
                    ? resource
                    : default)
                .Where(r => CdsHooks.Text(r, "resourceType") is { } type and not ("Patient" or "OperationOutcome"))
            : [];
}
