using System.Text.Json.Nodes;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>Whether a value has everything that a pattern has; a display is for people and need not be the same. The pattern is
/// taken apart once, since the items of every array are held against it.</summary>
sealed class PatternTest
{
    readonly Func<JsonNode?, bool> _isHeld;

    public PatternTest(JsonObject pattern) => _isHeld = Of(pattern);

    public bool IsHeldBy(JsonObject item) => _isHeld(item);

    static Func<JsonNode?, bool> Of(JsonNode? pattern)
    {
        switch (pattern)
        {
            case JsonObject wanted:
                (string Name, Func<JsonNode?, bool> IsHeld)[] properties =
                    [.. wanted.Where(p => p.Key != "display").Select(p => (p.Key, Of(p.Value)))];
                return node => node is JsonObject there && Array.TrueForAll(properties, p => p.IsHeld(there[p.Name]));
            case JsonArray wanted:
                Func<JsonNode?, bool>[] items = [.. wanted.Select(Of)];
                return node => node is JsonArray there && Array.TrueForAll(items, there.Any);
            case JsonValue wanted when wanted.TryGetValue<string>(out var text):
                return node => node is JsonValue there && there.TryGetValue<string>(out var value) && value == text;
            default:
                return _ => false;
        }
    }
}
