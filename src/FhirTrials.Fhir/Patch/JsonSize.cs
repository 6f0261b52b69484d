using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Fhir.Patch;

/// <summary>How large and how deep a JSON value is.</summary>
/// <param name="Characters">About as many as it takes to write it.</param>
/// <param name="Depth">Objects and arrays within one another: 0 for a bare value.</param>
readonly record struct JsonSize(long Characters, int Depth)
{
    public static JsonSize Of(JsonNode? node)
    {
        var size = new JsonSize(2, 0);
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    size = size.Plus(Of(value), name.Length + 4);
                }

                return size;
            case JsonArray items:
                foreach (var item in items)
                {
                    size = size.Plus(Of(item), 1);
                }

                return size.Depth == 0 ? size with { Depth = 1 } : size;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                return new(value.GetValue<string>().Length + 2, 0);
            default:
                return new(node?.ToJsonString().Length ?? 4, 0);
        }
    }

    JsonSize Plus(JsonSize part, int more) =>
        new(Characters + part.Characters + more, Math.Max(Depth, part.Depth + 1));
}
