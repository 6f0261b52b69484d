using System.Text;
using System.Text.Json;

namespace FhirTrials.Server.Importing;

/// <summary>A page of studies as the registry's API answers it.</summary>
/// <param name="Total">How many studies the query finds; the first page may say it.</param>
sealed record RegistryPage(IReadOnlyList<ReadOnlyMemory<byte>> Studies, string? NextToken, int? Total)
{
    const int MaxToken = 4096;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <exception cref="JsonException">The text is no page.</exception>
    public static RegistryPage Parse(ReadOnlyMemory<byte> utf8)
    {
        using var json = JsonDocument.Parse(utf8, Options);
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("studies", out var studies) || studies.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The answer has no list of studies.");
        }

        return new(
            [.. studies.EnumerateArray().Select(s => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(s.GetRawText()))],
            Token(json.RootElement),
            json.RootElement.TryGetProperty("totalCount", out var total) && total.ValueKind == JsonValueKind.Number
                && total.TryGetInt32(out var count) && count >= 0 ? count : null);
    }

    static string? Token(JsonElement page)
    {
        if (!page.TryGetProperty("nextPageToken", out var token) || token.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 and <= MaxToken } text
            ? text : throw new JsonException("The answer's nextPageToken is no token.");
    }
}
