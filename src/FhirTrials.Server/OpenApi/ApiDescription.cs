using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.OpenApi;

/// <summary>The API as OpenAPI 3.1 — https://spec.openapis.org/oas/v3.1.0. The routes are generic, so
/// the operations are written out for the types that trials and matching are made of; examples of reads
/// name what is in the store.</summary>
static class ApiDescription
{
    static readonly (string Type, string About)[] Described =
    [
        ("ResearchStudy", "Studies: one for each registry record; the id is the registry's number"),
        ("PlanDefinition", "Arms: what the participants of an arm are given"),
        ("ActivityDefinition", "Interventions"),
        ("Group", "Eligibility: one characteristic for each criterion"),
        ("Organization", "Sponsors and collaborators"),
        ("Practitioner", "Investigators and contacts"),
        ("PractitionerRole", "What a practitioner is to a study"),
        ("Location", "Sites"),
    ];

    /// <summary>The study that reads name where it is stored: recruiting, with arms and cohorts of its own.</summary>
    const string Preferred = "NCT04521231";

    public static async Task<IResult> Handle(
        FhirDefinitions definitions, ServedTypes served, ResourceStore store, CancellationToken ct)
    {
        var paths = new JsonObject();
        DoorPaths.Add(paths);
        SystemPaths.Add(paths, (await Example("SearchParameter", store, ct))?.Id);
        BulkPaths.Add(paths);
        var types = Described.Where(d => served.Contains(d.Type)).ToList();
        foreach (var (type, _) in types)
        {
            var stored = await Example(type, store, ct);
            TypePaths.Add(paths, type, definitions, stored);
            if (type == "ResearchStudy")
            {
                MatchPaths.Add(paths, stored?.Id);
            }

            if (type == "Group")
            {
                GroupPaths.Add(paths, stored?.Id);
            }
        }

        return Results.Text(Document(types, paths).ToJsonString(), "application/json");
    }

    static JsonObject Document(List<(string Type, string About)> types, JsonObject paths) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "FhirTrials",
            ["version"] = ProductVersion.Text,
            ["description"] =
                "Clinical trials as computable FHIR R4. Every resource type of R4 is served the same way; "
                + "described here are those that trials and matching are made of. What else there is: /fhir/metadata.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = FhirUrl.Path }),
        ["tags"] = new JsonArray(
        [
            new JsonObject { ["name"] = SystemPaths.Tag, ["description"] = "The server as a whole" },
            new JsonObject
            {
                ["name"] = DoorPaths.Tag, ["description"] = "Matching for those who do not speak FHIR's operations",
            },
            .. types.Select(t => new JsonObject { ["name"] = t.Type, ["description"] = t.About }),
        ]),
        ["paths"] = paths,
    };

    /// <summary>A stored resource of the type, for reads to name; null where there is none.</summary>
    static async Task<StoredResource?> Example(string type, ResourceStore store, CancellationToken ct)
    {
        var page = await store.Search(new SearchQuery(type, []) { Count = 1 }, page: null, ct);
        return await store.Read(type, Preferred, ct) is { IsDeleted: false } preferred
            ? preferred
            : page.Matches.FirstOrDefault();
    }
}
