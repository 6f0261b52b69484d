using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR capabilities: what is really served — https://hl7.org/fhir/R4/http.html#capabilities</summary>
sealed class Capabilities(
    FhirDefinitions definitions,
    SearchParameters searchParameters,
    ServedTypes types,
    Profiles profiles,
    FhirSettings settings,
    StartTime started)
{
    static readonly string[] OfType =
        ["read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type"];

    /// <summary>Parameters of every type that have no expression.</summary>
    static readonly (string Name, string Type)[] OfEveryType =
        [("_text", "string"), ("_content", "string"), ("_list", "string"), ("_filter", "special"), ("_type", "token")];

    /// <summary>https://hl7.org/fhir/uv/bulkdata/STU2/CapabilityStatement-bulk-data.html</summary>
    const string BulkData = "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data";

    volatile Made? _made;

    bool HasOperators => settings.OperatorToken is not null;

    /// <summary>Made anew where search parameters were posted.</summary>
    byte[] Json
    {
        get
        {
            var (made, posted) = (_made, searchParameters.Posted);
            if (made is null || made.Posted != posted)
            {
                _made = made = new Made(posted, Utf8(Statement()));
            }

            return made.Json;
        }
    }

    /// <summary><c>/metadata?mode=full|normative|terminology</c>; what is normative is a
    /// part of what is told in full.</summary>
    public static IResult Handle(HttpRequest request, Capabilities capabilities, Subset subset) =>
        new FhirResult(StatusCodes.Status200OK, subset.Of(request.Query, request.Query["mode"].LastOrDefault() switch
        {
            null or "" or "full" or "normative" => capabilities.Json,
            "terminology" => capabilities.Terminology(),
            _ => throw new FhirException(
                Issue.Error(IssueCode.Value, "mode must be full, normative or terminology.", "http.mode")),
        }));

    /// <summary>$versions — https://hl7.org/fhir/R4/capabilitystatement-operation-versions.html</summary>
    public static IResult Versions() => new FhirResult(StatusCodes.Status200OK, Utf8(new JsonObject
    {
        ["resourceType"] = "Parameters",
        ["parameter"] = new JsonArray(
            new JsonObject { ["name"] = "version", ["valueCode"] = "4.0" },
            new JsonObject { ["name"] = "default", ["valueCode"] = "4.0" }),
    }));

    /// <summary>Codes are checked when resources are validated, by the code systems that are known; there are no
    /// operations on them.</summary>
    byte[] Terminology() => Utf8(new JsonObject
    {
        ["resourceType"] = "TerminologyCapabilities",
        ["status"] = "active",
        ["date"] = BundleWriter.Instant(started.Instant),
        ["kind"] = "instance",
        ["software"] = new JsonObject { ["name"] = "FhirTrials", ["version"] = ProductVersion.Text },
        ["implementation"] = Implementation(),
        ["codeSearch"] = "explicit",
    });

    static JsonObject Implementation() => new() { ["description"] = "Clinical trials as computable FHIR R4" };

    static byte[] Utf8(JsonObject resource) => System.Text.Encoding.UTF8.GetBytes(resource.ToJsonString());

    JsonObject Statement() => new()
    {
        ["resourceType"] = "CapabilityStatement",
        ["status"] = "active",
        ["date"] = BundleWriter.Instant(started.Instant),
        ["kind"] = "instance",
        ["instantiates"] = new JsonArray(BulkData),
        ["software"] = new JsonObject { ["name"] = "FhirTrials", ["version"] = ProductVersion.Text },
        ["implementation"] = Implementation(),
        ["fhirVersion"] = "4.0.1",
        ["format"] = new JsonArray("json", "xml", FhirFormat.Json, FhirFormat.Xml),
        ["patchFormat"] = new JsonArray(FhirFormat.JsonPatch, FhirFormat.Json, FhirFormat.Xml),
        ["rest"] = new JsonArray(Rest()),
    };

    JsonObject Rest()
    {
        var rest = new JsonObject
        {
            ["mode"] = "server",
            ["resource"] = new JsonArray([.. types.Names.Select(Resource)]),
            ["interaction"] = Codes("transaction", "batch", "history-system", "search-system"),
            ["searchParam"] = new JsonArray(
                [.. OfEveryType.Select(p => new JsonObject { ["name"] = p.Name, ["type"] = p.Type })]),
            ["operation"] = Operations(OfferedOperations.OfSystem(HasOperators)),
        };
        Add(rest, "compartment", types.Names.Select(definitions.Compartment).OfType<Compartment>().Select(c => c.Url));
        return rest;
    }

    JsonObject Resource(string type)
    {
        var resource = new JsonObject { ["type"] = type, ["profile"] = FhirDefinitions.CoreUrl(type) };
        Add(resource, "supportedProfile", profiles.Of(type));
        resource["interaction"] = Codes(OfType);
        resource["versioning"] = "versioned-update";
        resource["readHistory"] = true;
        resource["updateCreate"] = true;
        resource["conditionalCreate"] = true;
        resource["conditionalRead"] = "full-support";
        resource["conditionalUpdate"] = true;
        resource["conditionalDelete"] = settings.ConditionalDelete == ConditionalDelete.Single ? "single" : "multiple";
        resource["referencePolicy"] = new JsonArray("literal", "logical");
        var parameters = Searchable(searchParameters, type).ToList();
        Add(resource, "searchInclude", parameters
            .Where(p => p.Type == SearchParameterType.Reference).Select(p => $"{type}:{p.Code}").Prepend($"{type}:*"));
        Add(resource, "searchRevInclude", types.Names.SelectMany(source => Referring(source, type)));
        resource["searchParam"] = new JsonArray([.. parameters.Select(Parameter)]);
        resource["operation"] = Operations(OfferedOperations.Of(type, HasOperators));
        return resource;
    }

    /// <summary>The parameters that a search of a type takes; of the special ones those that are known here.</summary>
    public static IEnumerable<SearchParameter> Searchable(SearchParameters parameters, string type) =>
        parameters.Of(type)
            .Where(p => !parameters.IsIncomplete(p) && p.Expression is { Length: > 0 } && SpecialParameter.IsKnown(p))
            .DistinctBy(p => p.Code)
            .OrderBy(p => p.Code, StringComparer.Ordinal);

    IEnumerable<string> Referring(string source, string type) =>
        Searchable(searchParameters, source)
            .Where(p => p.Type == SearchParameterType.Reference && p.Target.Contains(type))
            .Select(p => $"{source}:{p.Code}");

    static JsonObject Parameter(SearchParameter parameter) => new()
    {
        ["name"] = parameter.Code,
        ["definition"] = parameter.Url,
        ["type"] = parameter.Type.ToString().ToLowerInvariant(),
    };

    static JsonArray Operations(IEnumerable<OfferedOperation> operations) =>
        new([.. operations.Select(o => new JsonObject { ["name"] = o.Name, ["definition"] = o.Definition })]);

    static JsonArray Codes(params string[] codes) =>
        new([.. codes.Select(c => new JsonObject { ["code"] = c })]);

    // FHIR knows no empty array.
    static void Add(JsonObject to, string name, IEnumerable<string> values)
    {
        var array = new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
        if (array.Count > 0)
        {
            to[name] = array;
        }
    }

    sealed record Made(ImmutableArray<PostedParameter> Posted, byte[] Json);
}
