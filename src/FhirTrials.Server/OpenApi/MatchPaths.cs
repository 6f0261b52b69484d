using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>$match, with a whole patient to try it on.</summary>
static class MatchPaths
{
    const string Tag = "ResearchStudy";

    /// <summary>The day that the example patients were written for.</summary>
    const string ExampleDay = "2026-11-21";

    /// <param name="studyId">A stored study, or null.</param>
    public static void Add(JsonObject paths, string? studyId)
    {
        paths["/ResearchStudy/$match"] = new JsonObject
        {
            ["post"] = Describe.Operation(
                Tag, "match", "Match a patient's record against all studies; nothing of it is kept", null,
                Describe.Body(FhirFormat.Json, [CodeX(), .. Filters(), Bundle()]),
                ("200", "The studies, best first, each with grade, score and the verdict on every criterion"),
                ("400", "No Bundle, or one that is malformed"), ("422", "No patient, or more than one")),
        };
        paths["/ResearchStudy/{id}/$match"] = new JsonObject
        {
            ["post"] = Describe.Operation(
                Tag, "matchStudy", "Match a patient's record against one study; nothing of it is kept",
                [Describe.Parameter("id", "path", "Logical id of the study", studyId)],
                Describe.Body(FhirFormat.Json, CodeX(), Bundle()),
                ("200", "The study with grade, score and the verdict on every criterion"),
                ("404", "There is no such study"), ("422", "No patient, or more than one")),
        };
    }

    static (string, JsonNode) CodeX() => ("Parameters as CodeX has it", Parameters(
        "match", Text("recruitmentStatus", "RECRUITING"),
        new JsonObject { ["name"] = "referenceDate", ["valueDate"] = ExampleDay }));

    static (string, JsonNode) Bundle() => ("The patient's Bundle alone", ExampleResources.Read("match"));

    /// <summary>One for each thing that studies are chosen by.</summary>
    static (string, JsonNode)[] Filters() =>
    [
        ("Studies of a phase", Brief(Text("phase", "phase-3"))),
        ("Studies that recruit", Brief(Text("recruitmentStatus", "RECRUITING"))),
        ("Studies in a country", Brief(Text("country", "Germany"))),
        ("Studies of a condition", Brief(Text("condition", "acute lymphoblastic leukemia"))),
        ("Studies within 100 km of a place", Brief(Text("near", "48.14|11.58|100|km"))),
        ("Studies within 50 miles of a postal code", Brief(Text("zipCode", "77030"), Text("travelRadius", "50"))),
        ("Also studies of diseases that the record does not mention",
            Brief(new JsonObject { ["name"] = "unmentioned", ["valueBoolean"] = true })),
        ("The two best", Brief(new JsonObject { ["name"] = "_count", ["valueInteger"] = 2 })),
    ];

    static JsonObject Brief(params JsonObject[] parameters) => Parameters("MatchBrief", parameters);

    /// <summary>The record of an example with what is asked of it.</summary>
    static JsonObject Parameters(string record, params JsonObject[] parameters) => new()
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            [
                .. parameters,
                new JsonObject { ["name"] = "trialMatchClinicalData", ["resource"] = ExampleResources.Read(record) },
            ]),
    };

    static JsonObject Text(string name, string value) => new() { ["name"] = name, ["valueString"] = value };
}
