using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>Pieces of an OpenAPI document.</summary>
static class Describe
{
    /// <param name="answers">Status and what it means, success first.</param>
    public static JsonObject Operation(
        string tag, string id, string summary, JsonArray? parameters, JsonObject? body,
        params (string Status, string Meaning)[] answers)
    {
        var operation = new JsonObject
        {
            ["tags"] = new JsonArray(tag),
            ["operationId"] = id,
            ["summary"] = summary,
        };
        if (parameters is { Count: > 0 })
        {
            operation["parameters"] = parameters;
        }

        if (body is not null)
        {
            operation["requestBody"] = body;
        }

        var responses = new JsonObject();
        foreach (var (status, meaning) in answers)
        {
            responses[status] = status == "204"
                ? new JsonObject { ["description"] = meaning }
                : new JsonObject { ["description"] = meaning, ["content"] = Resource() };
        }

        operation["responses"] = responses;
        return operation;
    }

    /// <param name="example">What Swagger UI fills in; null leaves the field empty.</param>
    public static JsonObject Parameter(
        string name, string place, string description, string? example, bool required = false)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["description"] = description,
            ["required"] = required || place == "path",
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
        if (example is not null)
        {
            parameter["example"] = example;
        }

        return parameter;
    }

    /// <summary>A required body with one or more named examples.</summary>
    public static JsonObject Body(string mediaType, params (string Name, JsonNode Value)[] examples)
    {
        var content = Content(mediaType, null);
        content[mediaType]!["examples"] = new JsonObject(examples.Select(e =>
            KeyValuePair.Create(e.Name, (JsonNode?)new JsonObject { ["value"] = e.Value })));
        return new JsonObject { ["required"] = true, ["content"] = content };
    }

    /// <summary>A required body of one of several types, with an example of each.</summary>
    public static JsonObject Bodies(params (string MediaType, string Name, JsonNode Value)[] examples) => new()
    {
        ["required"] = true,
        ["content"] = new JsonObject(examples.Select(e => KeyValuePair.Create(
            e.MediaType, (JsonNode?)Body(e.MediaType, (e.Name, e.Value))["content"]![e.MediaType]!.DeepClone()))),
    };

    /// <summary>A resource, in either format.</summary>
    static JsonObject Resource() => new()
    {
        [FhirFormat.Json] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } },
        [FhirFormat.Xml] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } },
    };

    public static JsonObject Content(string mediaType, JsonNode? schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema ?? new JsonObject { ["type"] = "object" } } };
}
