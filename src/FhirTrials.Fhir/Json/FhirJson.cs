using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Json;

/// <summary>A resource as read, with every structural issue found. <paramref name="Resource"/> is null where the text
/// is not JSON or has no known resource type; otherwise it holds all that could be understood.</summary>
public sealed record ReadResult(Element? Resource, ImmutableArray<Issue> Issues)
{
    public bool IsValid => Resource is not null && !Issues.Any(i => i.IsError);
}

/// <summary>FHIR's JSON format — https://hl7.org/fhir/R4/json.html</summary>
public static class FhirJson
{
    static readonly JsonWriterOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    static readonly JsonWriterOptions Pretty = Compact with { Indented = true, NewLine = "\n" };

    /// <summary>For those who take the JSON of a resource as any other: by default it is read less deep.</summary>
    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = ReadLimits.MaxJsonDepth };

    /// <summary>For those who write a JSON tree with resources in it.</summary>
    public static JsonSerializerOptions SerializerOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ReadLimits.MaxJsonDepth + 50,
    };

    /// <summary>Reads one resource in one pass and reports every structural issue with path, line and column.</summary>
    public static ReadResult Read(ReadOnlySpan<byte> utf8, FhirTypes types, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        if (utf8.Length > limits.Bytes)
        {
            return Refused(IssueCode.TooLong, $"The text is longer than {limits.Bytes} bytes.", default);
        }

        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(utf8))
        {
            return Refused(IssueCode.Structure, "The text is not UTF-8.", new LineCounter(utf8).At(FirstInvalid(utf8)));
        }

        return new ElementReader(utf8, types, limits).Read();
    }

    /// <summary>Reads a resource that is at hand as a JSON tree.</summary>
    public static ReadResult Read(JsonNode resource, FhirTypes types, ReadLimits? limits = null) =>
        Read(JsonSerializer.SerializeToUtf8Bytes(resource, SerializerOptions), types, limits);

    /// <summary>Writes a resource, <c>resourceType</c> first, decimals as they were written.</summary>
    public static void Write(Utf8JsonWriter writer, Element resource) => ElementWriter.WriteObject(writer, resource);

    /// <summary>The UTF-8 JSON of a resource: compact, or indented with <paramref name="pretty"/>.</summary>
    public static byte[] ToUtf8Bytes(Element resource, bool pretty = false)
    {
        using var buffer = new Utf8Buffer();
        using var writer = new Utf8JsonWriter(buffer, pretty ? Pretty : Compact);
        Write(writer, resource);
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>A resource as a JSON tree, to be changed.</summary>
    public static JsonObject ToJsonObject(Element resource) =>
        JsonNode.Parse(ToUtf8Bytes(resource), documentOptions: DocumentOptions)!.AsObject();

    /// <summary>Reads the JSON of a bare value, such as a definition's fixed value; null
    /// where it is not of that type.</summary>
    internal static Element? ReadFragment(ReadOnlySpan<byte> utf8, FhirType type) =>
        new ElementReader(utf8, new FhirTypes([], (_, _) => type), ReadLimits.Default).ReadFragment(type);

    static ReadResult Refused(IssueCode code, string diagnostics, SourcePosition position) =>
        new(null, [new Issue(IssueSeverity.Fatal, code, diagnostics, null, position)]);

    static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        while (System.Text.Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }
}
