using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>What is pulled in bulk.</summary>
static class BulkPaths
{
    public static void Add(JsonObject paths)
    {
        paths["/$export"] = new JsonObject
        {
            ["get"] = Export(
                "export", "Begin an export of everything as NDJSON; Content-Location leads to the manifest", null),
            ["post"] = Export(
                "exportByPost", "The same with the parameters in the body",
                Describe.Body(FhirFormat.Json, ("studies", Body()))),
        };
        paths["/Patient/$export"] = new JsonObject
        {
            ["get"] = Export(
                "exportPatients", "Begin an export of all that is in the compartments of patients", null,
                "Observation"),
        };
        paths["/$bulk-publish"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                SystemPaths.Tag, "bulkPublish", "The manifest of all public trials as NDJSON files, to be polled",
                [Describe.Parameter("If-None-Match", "header", "The ETag of the manifest already known", null)], null,
                ("200", "The manifest, as application/json"), ("304", "It is the one already known")),
        };
    }

    static JsonObject Export(string id, string summary, JsonObject? body, string type = "ResearchStudy") =>
        Describe.Operation(
            SystemPaths.Tag,
            id,
            summary,
            [
                Describe.Parameter("Prefer", "header", "respond-async", "respond-async", required: true),
                .. body is null ? Parameters(type) : [],
            ],
            body,
            ("202", "Begun: GET the URL in Content-Location until it is 200, and DELETE it when the files have been "
                + "fetched"),
            ("400", "A parameter is not understood"),
            ("429", "Too many exports are under way"));

    static IEnumerable<JsonNode> Parameters(string type) =>
    [
        Describe.Parameter("_type", "query", "Only these types, separated by commas", type),
        Describe.Parameter(
            "_since", "query", "Only what has changed since this instant, with deletions", "2020-01-01T00:00:00Z"),
        Describe.Parameter("_until", "query", "Only what last changed before this instant", null),
        Describe.Parameter("_typeFilter", "query", "Only what a search finds: ResearchStudy?status=active", null),
        Describe.Parameter("_elements", "query", "Only these elements, separated by commas", null),
        Describe.Parameter("_outputFormat", "query", "ndjson", "ndjson"),
    ];

    static JsonObject Body() => new()
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            new JsonObject { ["name"] = "_type", ["valueString"] = "ResearchStudy" },
            new JsonObject { ["name"] = "_typeFilter", ["valueString"] = "ResearchStudy?status=active" }),
    };
}
