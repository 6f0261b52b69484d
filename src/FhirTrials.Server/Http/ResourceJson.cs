using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FhirTrials.Server.Http;

/// <summary>Writes a resource of the server's own making as JSON.</summary>
static class ResourceJson
{
    /// <summary>What is read by people is not escaped: <c>&lt; 5 %</c>.</summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="content">Writes the properties after <c>resourceType</c>.</param>
    public static ReadOnlyMemory<byte> Write(string type, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("resourceType", type);
        content(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
