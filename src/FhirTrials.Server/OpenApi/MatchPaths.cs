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
                Tag, "match", "Match a patient's record against all studies; nothing of it is kept", null, Body(),
                ("200", "The studies, best first, each with grade, score and the verdict on every criterion"),
                ("400", "No Bundle, or one that is malformed"), ("422", "No patient, or more than one")),
        };
        paths["/ResearchStudy/{id}/$match"] = new JsonObject
        {
            ["post"] = Describe.Operation(
                Tag, "matchStudy", "Match a patient's record against one study; nothing of it is kept",
                [Describe.Parameter("id", "path", "Logical id of the study", studyId)], Body(),
                ("200", "The study with grade, score and the verdict on every criterion"),
                ("404", "There is no such study"), ("422", "No patient, or more than one")),
        };
    }

    static JsonObject Body() => Describe.Body(
        FhirFormat.Json,
        ("Parameters as CodeX has it", new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
                new JsonObject { ["name"] = "recruitmentStatus", ["valueString"] = "RECRUITING" },
                new JsonObject { ["name"] = "referenceDate", ["valueDate"] = ExampleDay },
                new JsonObject { ["name"] = "trialMatchClinicalData", ["resource"] = ExampleResources.Read("match") }),
        }),
        ("The patient's Bundle alone", ExampleResources.Read("match")));
}
