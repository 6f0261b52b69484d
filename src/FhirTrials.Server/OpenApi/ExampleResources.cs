using System.Text.Json.Nodes;

namespace FhirTrials.Server.OpenApi;

/// <summary>Valid resources for the bodies of the examples: embedded files named <c>[type].json</c>.</summary>
static class ExampleResources
{
    /// <summary>A resource without an id, for a create.</summary>
    public static JsonObject New(string type) => Read(type);

    /// <summary>The same with an id, for an update.</summary>
    public static JsonObject WithId(string type, string id)
    {
        var resource = Read(type);
        resource.Insert(1, "id", id);
        return resource;
    }

    /// <summary>A JSON Patch that fits a resource of any type, as often as it is sent.</summary>
    public static JsonArray JsonPatch() =>
        new(new JsonObject { ["op"] = "add", ["path"] = "/language", ["value"] = "en" });

    /// <summary>A FHIRPath Patch that does the same: what is there already can only be
    /// added after it is deleted.</summary>
    public static JsonObject FhirPathPatch(string type) => new()
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            Operation(Part("type", "valueCode", "delete"), Part("path", "valueString", $"{type}.language")),
            Operation(
                Part("type", "valueCode", "add"),
                Part("path", "valueString", type),
                Part("name", "valueString", "language"),
                Part("value", "valueCode", "en"))),
    };

    static JsonObject Operation(params JsonNode[] parts) =>
        new() { ["name"] = "operation", ["part"] = new JsonArray(parts) };

    static JsonObject Part(string name, string property, string value) => new() { ["name"] = name, [property] = value };

    public static JsonObject Read(string name)
    {
        using var stream = typeof(ExampleResources).Assembly.GetManifestResourceStream($"Examples.{name}.json")
            ?? throw new InvalidOperationException($"There is no embedded example of the name {name}.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
