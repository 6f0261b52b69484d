using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FhirTrials.Fhir.Patch;

/// <summary>A place in a JSON document — https://www.rfc-editor.org/rfc/rfc6901</summary>
/// <param name="Tokens">Unescaped; none for the whole document.</param>
sealed record JsonPointer(ImmutableArray<string> Tokens)
{
    public bool IsRoot => Tokens.IsEmpty;

    public string Last => Tokens[^1];

    public static JsonPointer? TryParse(string text)
    {
        if (text.Length == 0)
        {
            return new(ImmutableArray<string>.Empty);
        }

        var tokens = text.Split('/');
        return tokens[0].Length == 0 && tokens.All(IsEscapedWell) ? new([.. tokens.Skip(1).Select(Unescape)]) : null;
    }

    /// <summary>Whether this is the other pointer or leads to what is within it.</summary>
    public bool IsWithin(JsonPointer other) =>
        Tokens.AsSpan().StartsWith(other.Tokens.AsSpan());

    /// <summary>The node here; <paramref name="node"/> is null for JSON's null too.</summary>
    public bool TryFind(JsonNode? root, out JsonNode? node) => TryFind(root, Tokens.AsSpan(), out node);

    /// <summary>What the last token is looked up in.</summary>
    public JsonNode? Container(JsonNode? root) => TryFind(root, Tokens.AsSpan()[..^1], out var node) ? node : null;

    /// <summary>An index that an array has: digits without leading zeros.</summary>
    public static bool TryIndex(string token, int count, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index)
        && index < count
        && (token[0] != '0' || token.Length == 1);

    static bool TryFind(JsonNode? root, ReadOnlySpan<string> tokens, out JsonNode? node)
    {
        node = root;
        foreach (var token in tokens)
        {
            switch (node)
            {
                case JsonObject members when members.TryGetPropertyValue(token, out var member):
                    node = member;
                    break;
                case JsonArray items when TryIndex(token, items.Count, out var index):
                    node = items[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    static bool IsEscapedWell(string token)
    {
        for (var i = token.IndexOf('~', StringComparison.Ordinal); i >= 0; i = token.IndexOf('~', i + 1))
        {
            if (i + 1 == token.Length || token[i + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }

    static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
