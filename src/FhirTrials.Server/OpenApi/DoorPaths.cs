using System.Text.Json.Nodes;

namespace FhirTrials.Server.OpenApi;

/// <summary>The other ways to ask for matches: they are JSON, and stand beside FHIR.</summary>
static class DoorPaths
{
    public const string Tag = "Matching elsewhere";

    const string Json = "application/json";

    public static void Add(JsonObject paths)
    {
        paths["/getClinicalTrial"] = Path("post", Describe.Operation(
            Tag, "getClinicalTrial",
            "Match as MITRE's clinical trial matching service does; nothing of the record is kept", null,
            Describe.Body(Json, ("a patient", new JsonObject { ["patientData"] = ExampleResources.Read("match") })),
            ("200", "A Bundle (searchset) of studies with scores, what they refer to contained"),
            ("400", "{ error }: no Bundle of one patient")));
        paths["/cds-services"] = Path("get", Describe.Operation(
            Tag, "cdsServices", "CDS Hooks: the services and what they need", null, null, ("200", "services")));
        paths["/cds-services/{id}"] = Path("post", Describe.Operation(
            Tag, "cdsService", "CDS Hooks, patient-view: a card for each study that recruits and may fit", [Service()],
            Describe.Body(Json, ("a chart is opened", Call(ExampleResources.Read("match")))),
            ("200", "cards"), ("400", "No call of that hook"), ("404", "No such service"),
            ("412", "The patient or the conditions are not in prefetch")));
        paths["/cds-services/{id}/feedback"] = Path("post", Describe.Operation(
            Tag, "cdsFeedback",
            "CDS Hooks: what became of a card; outcomes and reasons are counted, comments are dropped", [Service()],
            Describe.Body(Json, ("set aside", Feedback())), ("200", "Counted"), ("400", "No feedback")));
    }

    static JsonObject Path(string method, JsonObject operation)
    {
        operation["servers"] = new JsonArray(new JsonObject { ["url"] = "/" });
        operation["responses"]!["200"]!["content"] = Describe.Content(Json, null);
        return new() { [method] = operation };
    }

    static JsonObject Service() => Describe.Parameter("id", "path", "Id of the service", "trial-match");

    static JsonObject Call(JsonObject record)
    {
        var resources = record["entry"]!.AsArray().Select(e => e!["resource"]!)
            .ToLookup(r => r["resourceType"]!.GetValue<string>());
        var patient = resources["Patient"].Single();
        return new()
        {
            ["hook"] = "patient-view",
            ["hookInstance"] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
            ["context"] = new JsonObject
            {
                ["userId"] = "Practitioner/example", ["patientId"] = patient["id"]!.DeepClone(),
            },
            ["prefetch"] = new JsonObject
            {
                ["patient"] = patient.DeepClone(),
                ["conditions"] = Searchset(resources["Condition"]),
                ["observations"] = Searchset(resources["Observation"]),
                ["medicationAdministrations"] = Searchset(resources["MedicationAdministration"]),
            },
        };
    }

    static JsonObject Searchset(IEnumerable<JsonNode> resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["entry"] = new JsonArray([.. resources.Select(r => new JsonObject { ["resource"] = r.DeepClone() })]),
    };

    static JsonObject Feedback() => new()
    {
        ["feedback"] = new JsonArray(new JsonObject
        {
            ["card"] = "ef21fcf8-0b32-0e99-107a-1385b6b70e01",
            ["outcome"] = "overridden",
            ["overrideReason"] = new JsonObject
            {
                ["reason"] = new JsonObject
                {
                    ["code"] = "too-far", ["system"] = "http://fhirtrials.org/fhir/CodeSystem/match-override-reason",
                },
            },
            ["outcomeTimestamp"] = "2026-11-21T10:00:00Z",
        }),
    };
}
