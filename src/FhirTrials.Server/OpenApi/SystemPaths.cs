using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>Interactions with the server as a whole.</summary>
static class SystemPaths
{
    public const string Tag = "System";

    /// <param name="searchParameter">The id of a stored one; null where there is none.</param>
    public static void Add(JsonObject paths, string? searchParameter)
    {
        paths["/SearchParameter/{id}/$reindex"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "reindexStatus", "Whether a search parameter is searched by, and whether its index is complete",
                [Describe.Parameter("id", "path", "Logical id of the SearchParameter", searchParameter), Pretty()],
                null, ("200", "Parameters: url, active, complete"), ("404", "There is no such SearchParameter")),
        };
        paths["/metadata"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "capabilities", "What this server can do (CapabilityStatement)",
                [Describe.Parameter("mode", "query", "full, normative or terminology", null), Pretty()], null,
                ("200", "The CapabilityStatement; of mode terminology, TerminologyCapabilities")),
        };
        paths["/package.tgz"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "package", "The profiles and all that belongs to them as one FHIR package",
                [Describe.Parameter("If-None-Match", "header", "The ETag of a download before", null)], null,
                ("200", "A .tgz, as package registries serve it"), ("304", "It is the same"),
                ("404", "There are no profiles")),
        };
        paths["/Binary/{id}"] = new JsonObject
        {
            ["put"] = Describe.Operation(
                Tag, "updateContent", "Keep content of any media type as it is; GET gives it back, byte for byte",
                [
                    Describe.Parameter("id", "path", "Logical id of the Binary", "example"),
                    Describe.Parameter(
                        "X-Security-Context", "header", "Reference to what decides who may see it", null),
                ],
                Describe.Body("text/plain", ("text", "A text to keep")),
                ("200", "The Binary that carries it"), ("201", "The same, created"), ("413", "Too large")),
        };
        paths["/$meta"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "meta", "Profiles, tags and security labels in use", [Pretty()], null,
                ("200", "Parameters with a meta of them all")),
        };
        paths["/$versions"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "versions", "The FHIR versions that are spoken", [Pretty()], null,
                ("200", "Parameters with each version")),
        };
        paths["/"] = new JsonObject
        {
            ["post"] = Describe.Operation(
                Tag,
                "transaction",
                "Several requests at once: all or none (transaction), or each on its own (batch)",
                [Pretty()],
                Describe.Body(
                    FhirFormat.Json,
                    ("transaction", ExampleResources.Read("Transaction")),
                    ("batch", ExampleResources.Read("Batch"))),
                ("200", "A Bundle with an answer for each entry"),
                ("400", "The Bundle is malformed; nothing was written"),
                ("422", "A resource is invalid; nothing was written")),
        };
        paths["/_history"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "historySystem", "Versions of all resources, newest first", HistoryParameters(), null,
                ("200", "A Bundle of versions")),
        };
    }

    public static JsonArray HistoryParameters() =>
    [
        Describe.Parameter("_count", "query", "Versions on a page", "5"),
        Describe.Parameter("_since", "query", "Only versions made since this instant", "2020-01-01T00:00:00Z"),
        Describe.Parameter("_at", "query", "Only versions that were current at some time of this date", null),
        Describe.Parameter("_summary", "query", "true, text, data or false", null),
        Describe.Parameter("_elements", "query", "Elements to show, separated by commas", null),
        Pretty(),
    ];

    public static JsonObject Pretty() => Describe.Parameter("_pretty", "query", "true for indented JSON", null);
}
