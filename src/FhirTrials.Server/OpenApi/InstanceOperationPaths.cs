using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>HL7's operations on single resources.</summary>
static class InstanceOperationPaths
{
    /// <param name="id">The resource that examples name; null where none is stored.</param>
    public static void Add(JsonObject paths, string type, string? id)
    {
        if (type == "ResearchStudy")
        {
            paths[$"/{type}/{{id}}/$everything"] = new JsonObject { ["get"] = Everything(type, id) };
            paths[$"/{type}/{{id}}/$to-registry"] = new JsonObject
            {
                ["get"] = Describe.Operation(
                    type, "toRegistry", "The study as a record of ClinicalTrials.gov's API v2, as stored now",
                    [Id(type, id)], null,
                    ("200", "The record, as application/json"),
                    ("404", "There is no such study, or it is not of that registry")),
            };
        }

        paths[$"/{type}/{{id}}/$meta"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                type, $"meta{type}", $"Profiles, tags and security labels of a {type}", [Id(type, id)], null,
                ("200", "Parameters with the meta"), ("404", "There never was one"), ("410", "Deleted")),
        };
        paths[$"/{type}/{{id}}/$meta-add"] = new JsonObject
        {
            ["post"] = Edit(type, $"metaAdd{type}", $"Add profiles, tags or security labels to a {type}", id),
        };
        paths[$"/{type}/{{id}}/$meta-delete"] = new JsonObject
        {
            ["post"] = Edit(type, $"metaDelete{type}", $"Delete profiles, tags or security labels of a {type}", id),
        };
    }

    static JsonObject Everything(string type, string? id) =>
        Describe.Operation(
            type,
            $"everything{type}",
            "All of a study: arms, interventions, eligibility, sites, parties, subjects",
            [
                Id(type, id),
                Describe.Parameter("_type", "query", "Only these types, separated by commas", null),
                Describe.Parameter("_since", "query", "Only what changed since this instant", null),
                Describe.Parameter("_count", "query", "Resources on a page", "10"),
                SystemPaths.Pretty(),
            ],
            null,
            ("200", "A Bundle (searchset) with a link to the next page"), ("404", "There is no such study"));

    static JsonObject Edit(string type, string operation, string summary, string? id) =>
        Describe.Operation(
            type, operation, summary, [TypePaths.Changed(type, id)],
            Describe.Body(FhirFormat.Json, ("a tag", new JsonObject
            {
                ["resourceType"] = "Parameters",
                ["parameter"] = new JsonArray(new JsonObject
                {
                    ["name"] = "meta",
                    ["valueMeta"] = new JsonObject
                    {
                        ["tag"] = new JsonArray(
                            new JsonObject { ["system"] = "http://example.org/tags", ["code"] = "tried" }),
                    },
                }),
            })),
            ("200", "Parameters with the meta as it is then"), ("400", "No Parameters with a meta"),
            ("404", "There never was one"), ("410", "Deleted"));

    static JsonObject Id(string type, string? example) =>
        Describe.Parameter("id", "path", $"Logical id of the {type}", example);
}
