using System.Text.Json.Nodes;

namespace FhirTrials.Fhir.Compiler;

/// <summary>Short ways into a JSON tree whose shape is known: HL7's own package.</summary>
static class Nodes
{
    public static string? Text(this JsonNode node, string name) => (string?)node[name];

    public static bool Flag(this JsonNode node, string name) => (bool?)node[name] ?? false;

    public static IReadOnlyList<JsonObject> Objects(this JsonNode node, string name) =>
        node[name] is JsonArray array ? [.. array.Select(item => item!.AsObject())] : [];

    public static IReadOnlyList<string> Texts(this JsonNode node, string name) =>
        node[name] is JsonArray array ? [.. array.Select(item => (string)item!)] : [];

    /// <summary>The value of the first extension whose URL ends so.</summary>
    public static string? Extension(this JsonNode node, string urlEnd) =>
        node.Objects("extension")
            .Where(e => e.Text("url")!.EndsWith(urlEnd, StringComparison.Ordinal))
            .Select(e => (string?)e.First(p => p.Key.StartsWith("value", StringComparison.Ordinal)).Value)
            .FirstOrDefault();
}
