using System.Text.Json.Nodes;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.OpenApi;

/// <summary>The operations on Groups of eligibility.</summary>
static class GroupPaths
{
    const string Tag = "Group";

    /// <summary>The day that the example patients were written for.</summary>
    const string ExampleDay = "2026-11-21";

    /// <param name="group">A stored Group, or null.</param>
    public static void Add(JsonObject paths, string? group)
    {
        paths["/Group/$evaluate"] = new JsonObject
        {
            ["post"] = Describe.Operation(
                Tag, "evaluate", "Evaluate a Group sent along for one subject; nothing of the subject is kept", null,
                Body(new JsonObject { ["name"] = "group", ["resource"] = Sample() }),
                ("200", "Parameters: grade, explanation, and the verdict on every criterion"),
                ("400", "No Parameters, or malformed"), ("422", "No Group or record, or more than one patient")),
        };
        paths["/Group/{id}/$evaluate"] = new JsonObject
        {
            ["post"] = Describe.Operation(
                Tag, "evaluateGroup", "Evaluate a stored Group for one subject; nothing of the subject is kept",
                [Id(group)], Body(),
                ("200", "Parameters: grade, explanation, and the verdict on every criterion"),
                ("404", "There is no such Group"), ("422", "No record, or more than one patient")),
        };
        paths["/Group/{id}/$as-expression"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "asExpression",
                "A Group of eligibility as one FHIRPath expression (HL7's characteristicExpression)", [Id(group)], null,
                ("200", "The derived Group; it is not stored"), ("404", "There is no such Group")),
        };
        paths["/Group/{id}/$criteria-diff"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                Tag, "criteriaDiff", "What changed between two versions of criteria, one by one",
                [
                    Id(group),
                    Describe.Parameter("from", "query", "The earlier version; the one before to if absent", "1"),
                    Describe.Parameter("to", "query", "The later version; the current one if absent", null),
                ],
                null,
                ("200", "Parameters with the changes"), ("404", "There is no such Group or version")),
        };
    }

    static JsonObject Body(params JsonObject[] first) => Describe.Body(
        FhirFormat.Json,
        ("Parameters", new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(
            [
                .. first,
                new JsonObject { ["name"] = "referenceDate", ["valueDate"] = ExampleDay },
                new JsonObject { ["name"] = "data", ["resource"] = ExampleResources.Read("match") },
            ]),
        }));

    static JsonObject Sample() => new()
    {
        ["resourceType"] = "Group",
        ["type"] = "person",
        ["actual"] = false,
        ["characteristic"] = new JsonArray(new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = "http://fhirtrials.org/fhir/StructureDefinition/criterion-expression",
                ["valueExpression"] = new JsonObject
                {
                    ["language"] = "text/fhirpath",
                    ["expression"] = "entry.resource.ofType(Patient).birthDate <= today() - 18 years",
                },
            }),
            ["code"] = new JsonObject { ["text"] = "Adult" },
            ["valueBoolean"] = true,
            ["exclude"] = false,
        }),
    };

    static JsonObject Id(string? example) => Describe.Parameter("id", "path", "Logical id of the Group", example);
}
