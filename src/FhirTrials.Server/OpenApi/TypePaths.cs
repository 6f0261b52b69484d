using System.Globalization;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;

namespace FhirTrials.Server.OpenApi;

/// <summary>The interactions with one resource type.</summary>
static class TypePaths
{
    /// <summary>What the examples of update and delete write and remove: never what was imported.</summary>
    const string OwnId = "example";

    /// <param name="stored">A resource that reads can name; null where none of the type is stored.</param>
    public static void Add(JsonObject paths, string type, FhirDefinitions definitions, StoredResource? stored)
    {
        paths[$"/{type}"] = new JsonObject
        {
            ["get"] = Search(type, definitions, stored),
            ["post"] = Create(type),
            ["put"] = ConditionalUpdate(type),
            ["patch"] = ConditionalPatch(type, stored),
            ["delete"] = ConditionalDelete(type),
        };
        paths[$"/{type}/_search"] = new JsonObject { ["post"] = SearchByPost(type, stored) };
        paths[$"/{type}/_history"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                type, $"historyOf{type}s", $"Versions of all {type} resources, newest first",
                SystemPaths.HistoryParameters(), null, ("200", "A Bundle of versions")),
        };
        paths[$"/{type}/$meta"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                type, $"metaOf{type}s", $"Profiles, tags and security labels in use on {type} resources",
                [SystemPaths.Pretty()], null, ("200", "Parameters with a meta of them all")),
        };
        paths[$"/{type}/$validate"] = new JsonObject { ["post"] = Validate(type) };
        paths[$"/{type}/{{id}}"] = new JsonObject
        {
            ["get"] = Read(type, stored),
            ["put"] = Update(type),
            ["patch"] = Patch(type, stored),
            ["delete"] = Describe.Operation(
                type, $"delete{type}", $"Delete a {type}; deleting what is not there succeeds", [Id(type, OwnId)], null,
                ("204", "It is not there any more"), ("412", "If-Match names another version")),
        };
        paths[$"/{type}/{{id}}/_history"] = new JsonObject
        {
            ["get"] = Describe.Operation(
                type, $"historyOf{type}", $"Versions of a {type}, newest first",
                [Id(type, stored?.Id), .. Others(SystemPaths.HistoryParameters())], null,
                ("200", "A Bundle of versions"), ("404", "There never was one")),
        };
        paths[$"/{type}/{{id}}/_history/{{version}}"] = new JsonObject { ["get"] = VRead(type, stored) };
        InstanceOperationPaths.Add(paths, type, stored?.Id);
    }

    static JsonObject Search(string type, FhirDefinitions definitions, StoredResource? stored) =>
        Describe.Operation(
            type, $"search{type}", $"Search {type} resources", SearchParameters(type, definitions, stored), null,
            ("200", "A Bundle (searchset) with a link to the next page"),
            ("400", "A parameter is unknown or its value malformed"));

    static JsonArray SearchParameters(string type, FhirDefinitions definitions, StoredResource? stored) =>
    [
        .. Capabilities.Searchable(new(definitions), type).Select(p =>
            Describe.Parameter(p.Code, "query", About(p), p.Code == "_id" ? stored?.Id : null)),
        Describe.Parameter("_count", "query", "Matches on a page", "5"),
        Describe.Parameter(
            "_sort", "query", "Parameters to sort by, separated by commas; a minus sign for descending", null),
        Describe.Parameter("_total", "query", "none, estimate or accurate", "accurate"),
        Describe.Parameter(
            "_include", "query", $"Resources that matches refer to: {type}:parameter, or {type}:*", null),
        Describe.Parameter("_revinclude", "query", "Resources that refer to matches: Type:parameter", null),
        Describe.Parameter("_summary", "query", "true, text, data, count or false", null),
        Describe.Parameter("_elements", "query", "Elements to show, separated by commas", null),
        SystemPaths.Pretty(),
        Describe.Parameter("Prefer", "header", "handling=lenient ignores unknown parameters and says so", null),
    ];

    static JsonObject SearchByPost(string type, StoredResource? stored)
    {
        const string Form = "application/x-www-form-urlencoded";
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["_id"] = new JsonObject { ["type"] = "string", ["example"] = stored?.Id ?? "none" },
                ["_count"] = new JsonObject { ["type"] = "string", ["example"] = "5" },
            },
        };
        var body = new JsonObject { ["required"] = true, ["content"] = Describe.Content(Form, schema) };
        return Describe.Operation(
            type,
            $"searchByPost{type}", $"Search {type} resources with parameters in the body, out of logs", null, body,
            ("200", "A Bundle (searchset)"), ("400", "A parameter is unknown or its value malformed"));
    }

    static JsonObject Create(string type) =>
        Describe.Operation(
            type, $"create{type}", $"Create a {type}; the server gives the id",
            [
                Describe.Parameter("If-None-Exist", "header", "Create only where this search finds nothing", null),
                Return(),
            ],
            Describe.Body(FhirFormat.Json, ("new", ExampleResources.New(type))),
            ("201", "Created"), ("200", "If-None-Exist found it there already"), ("400", "Malformed"),
            ("422", "Invalid"));

    static JsonObject Read(string type, StoredResource? stored) =>
        Describe.Operation(
            type, $"read{type}", $"Read a {type}",
            [
                Id(type, stored?.Id), SystemPaths.Pretty(),
                Describe.Parameter("If-None-Match", "header", "A version already known: W/\"1\"", null),
            ],
            null,
            ("200", "The resource"), ("304", "The version is the one already known"), ("404", "There never was one"),
            ("410", "Deleted"));

    static JsonObject VRead(string type, StoredResource? stored) =>
        Describe.Operation(
            type, $"vread{type}", $"Read one version of a {type}",
            [
                Id(type, stored?.Id),
                Describe.Parameter(
                    "version", "path", "Version, from 1", stored?.Version.ToString(CultureInfo.InvariantCulture)),
                SystemPaths.Pretty(),
            ],
            null,
            ("200", "The version"), ("404", "There is no such version"), ("410", "The version is a deletion"));

    static JsonObject Update(string type) =>
        Describe.Operation(
            type, $"update{type}", $"Update a {type}, or create it under an id of one's own",
            [
                Id(type, OwnId),
                Describe.Parameter("If-Match", "header", "The version that must be current: W/\"1\"", null), Return(),
            ],
            Describe.Body(FhirFormat.Json, ("own id", ExampleResources.WithId(type, OwnId))),
            ("200", "Updated, or unchanged"), ("201", "Created"), ("400", "Malformed"),
            ("412", "If-Match names another version"), ("422", "Invalid"));

    static JsonObject Patch(string type, StoredResource? stored) =>
        Patch(
            type, $"patch{type}", $"Change parts of a {type} by JSON Patch or FHIRPath Patch: all operations or none",
            Changed(type, stored?.Id));

    static JsonObject ConditionalPatch(string type, StoredResource? stored) =>
        Patch(
            type, $"conditionalPatch{type}", $"Change parts of the one {type} that a search finds",
            Condition(stored?.Id));

    static JsonObject Patch(string type, string id, string summary, JsonObject which) =>
        Describe.Operation(
            type, id, summary,
            [
                which, Describe.Parameter("If-Match", "header", "The version that must be current: W/\"1\"", null),
                Return(),
            ],
            Describe.Bodies(
                (FhirFormat.JsonPatch, "JSON Patch", ExampleResources.JsonPatch()),
                (FhirFormat.Json, "FHIRPath Patch", ExampleResources.FhirPathPatch(type))),
            ("200", "Patched, or unchanged"), ("400", "The patch is malformed"), ("404", "There is no such resource"),
            ("409", "A test of the patch fails, or others write at the same time"), ("410", "It has been deleted"),
            ("412", "The search finds several, or If-Match names another version"),
            ("415", "No patch of a type that is read"),
            ("422", "The patch does not fit the resource, or would make it invalid"));

    static JsonObject ConditionalUpdate(string type) =>
        Describe.Operation(
            type, $"conditionalUpdate{type}",
            $"Update the one {type} that a search finds, or create it where it finds none",
            [
                Condition(),
                Describe.Parameter("If-Match", "header", "The version that must be current: W/\"1\"", null), Return(),
            ],
            Describe.Body(FhirFormat.Json, ("own id", ExampleResources.WithId(type, OwnId))),
            ("200", "Updated, or unchanged"), ("201", "Created"), ("400", "Malformed"),
            ("409", "The search finds nothing, but the resource's id is taken"),
            ("412", "The search finds several, or If-Match names another version"), ("422", "Invalid"));

    static JsonObject ConditionalDelete(string type) =>
        Describe.Operation(
            type, $"conditionalDelete{type}", $"Delete the one {type} that a search finds, if any", [Condition()], null,
            ("204", "It is not there any more"), ("412", "The search finds several"));

    static JsonObject Condition(string? stored = null) => Describe.Parameter(
        "_id", "query", "This or any other search parameter that finds at most one resource", stored ?? OwnId,
        required: true);

    static JsonObject Validate(string type) =>
        Describe.Operation(
            type, $"validate{type}", $"Validate a {type}; nothing is stored",
            [
                Describe.Parameter("profile", "query", "Canonical URL of a profile to hold it to", null),
                Describe.Parameter("mode", "query", "create, update, delete or profile", null),
            ],
            Describe.Body(FhirFormat.Json, ("resource", ExampleResources.New(type))),
            ("200", "An OperationOutcome with every issue found"), ("400", "Nothing that can be validated"));

    /// <summary>The id of what is changed in part, which must be there: one that is stored, to which the examples do no
    /// harm. They say the language it is in, or put a tag on it, which the next import of it takes away.</summary>
    /// <param name="stored">Null where none is.</param>
    public static JsonObject Changed(string type, string? stored) =>
        stored is null
            ? Describe.Parameter(
                "id", "path", $"Logical id of the {type}. None is stored: Execute of PUT makes this one", OwnId)
            : Id(type, stored);

    static JsonObject Id(string type, string? example) =>
        Describe.Parameter("id", "path", $"Logical id of the {type}", example);

    static JsonObject Return() =>
        Describe.Parameter("Prefer", "header", "return=representation (default), minimal or OperationOutcome", null);

    static IEnumerable<JsonNode?> Others(JsonArray parameters) => parameters.Select(p => p!.DeepClone());

    static string About(SearchParameter parameter) =>
        parameter.Description is { } said ? $"{said} Searches {parameter.Expression}." : parameter.Type switch
        {
            SearchParameterType.Number => "A number; prefixes eq ne gt lt ge le",
            SearchParameterType.Date => "A date or time, as precise as wanted; prefixes eq ne gt lt ge le sa eb",
            SearchParameterType.String => "The beginning of a text, case and accents aside; :exact and :contains",
            SearchParameterType.Token => "A code, or system|code; :not",
            SearchParameterType.Reference => $"A reference: id, Type/id or URL{Targets(parameter)}",
            SearchParameterType.Composite => "Values of its components, joined by $",
            SearchParameterType.Quantity => "number|system|unit; prefixes eq ne gt lt ge le",
            SearchParameterType.Uri => "A URI, whole; :below and :above",
            SearchParameterType.Special => "latitude|longitude|distance|unit",
        } + $". Searches {parameter.Expression}.";

    static string Targets(SearchParameter parameter) =>
        parameter.Target.Length is > 0 and <= 6 ? $", to {string.Join(", ", parameter.Target)}" : "";
}
