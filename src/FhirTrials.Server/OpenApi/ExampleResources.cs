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

    public static JsonObject Read(string name)
    {
        using var stream = typeof(ExampleResources).Assembly.GetManifestResourceStream($"Examples.{name}.json")
            ?? throw new InvalidOperationException($"There is no embedded example of the name {name}.");
        return JsonNode.Parse(stream)!.AsObject();
    }
}
