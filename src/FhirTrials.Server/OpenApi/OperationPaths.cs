using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>The operations of the product itself.</summary>
static class OperationPaths
{
    const string Study = "ResearchStudy";

    // The day on which the example patient's record was taken, so that the answer stays the same as time goes by.
    const string ReferenceDate = "2026-11-21";

    /// <param name="studyId">A stored study to match alone; null where there is none.</param>
    public static void Add(JsonObject paths, string? studyId)
    {
        paths[$"/{Study}/$match"] = new JsonObject
        {
            ["post"] = Match("match", "Match a patient with all studies, the best first; nothing of the patient is kept", null),
        };
        paths[$"/{Study}/{{id}}/$match"] = new JsonObject
        {
            ["post"] = Match(
                "matchOne",
                "Match a patient with one study, criterion by criterion; nothing of the patient is kept",
                [Describe.Parameter("id", "path", "Logical id of the study: the registry's number", studyId)]),
        };
    }

    static JsonObject Match(string id, string summary, JsonArray? parameters) =>
        Describe.Operation(
            Study,
            id,
            summary,
            parameters,
            Describe.Body(
                FhirFormat.Json,
                ("parameters", Parameters()),
                ("record alone", ExampleResources.Read("match"))),
            ("200", "Each study with its grade and score, each criterion met, not met or unknown with its evidence, each arm"),
            ("400", "Neither Parameters with trialMatchClinicalData nor a Bundle"),
            ("422", "The record holds no patient, or several"));

    static JsonObject Parameters() => new()
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            new JsonObject { ["name"] = "recruitmentStatus", ["valueString"] = "active" },
            new JsonObject { ["name"] = "referenceDate", ["valueDate"] = ReferenceDate },
            new JsonObject { ["name"] = "trialMatchClinicalData", ["resource"] = ExampleResources.Read("match") }),
    };
}
