using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>$validate — https://hl7.org/fhir/R4/resource-operation-validate.html. The answer is 200 with an
/// OperationOutcome, whatever was found; only what cannot be validated at all fails.</summary>
static class Validate
{
    static readonly string[] Modes = ["create", "update", "delete", "profile"];

    /// <summary><c>POST [type]/$validate</c></summary>
    public static Task<IResult> Post(
        string type,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct) =>
        Posted(type, null, request, body, definitions, validator, store, ct);

    /// <summary><c>POST [type]/[id]/$validate</c></summary>
    public static Task<IResult> PostInstance(
        string type,
        string id,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct) =>
        Posted(type, id, request, body, definitions, validator, store, ct);

    static async Task<IResult> Posted(
        string type,
        string? id,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        var read = await body.ReadWithIssues(request, ct);
        var asked = Asked.Of(read.Resource, request.Query);
        Check(asked, definitions);
        if (asked.Mode == "delete")
        {
            return id is null ? throw NeedsInstance() : FhirResult.Of(await Deletable(type, id, store, ct));
        }

        return FhirResult.Of(Issues(read, asked, type, id, validator));
    }

    /// <summary><c>GET [type]/[id]/$validate</c>: what is stored.</summary>
    public static async Task<IResult> Get(
        string type,
        string id,
        HttpRequest request,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        var stored = await store.Read(type, id, ct) is { IsDeleted: false } found ? found : throw Read.NotFound(type, id);
        var read = FhirJson.Read(stored.Json.Span, definitions.Types);
        var asked = Asked.Of(read.Resource, request.Query);
        Check(asked, definitions);
        return FhirResult.Of(
            asked.Mode == "delete" ? await Deletable(type, id, store, ct) : Issues(read, asked, type, id, validator));
    }

    static IReadOnlyList<Issue> Issues(ReadResult read, Asked asked, string type, string? id, Validator validator)
    {
        var resource = asked.Resource;
        if (resource is null)
        {
            return read.Issues.IsEmpty
                ? [Issue.Error(IssueCode.Required, "The parameter 'resource' is missing.", "Parameters.parameter")]
                : read.Issues;
        }

        var issues = read.Issues.ToList();
        if (resource.Type.Name != type)
        {
            issues.Add(Issue.Error(IssueCode.Invalid, $"A resource of type {type} is expected.", resource.Type.Name, resource.Position));
        }

        if (asked.Mode == "update" && resource.Id is null)
        {
            issues.Add(Issue.Required($"{resource.Type.Name}.id", resource.Position));
        }

        if (id is not null && resource.Id is not null && resource.Id != id)
        {
            issues.Add(Issue.Error(IssueCode.Invalid, $"The id must be '{id}', as in the URL.", $"{resource.Type.Name}.id"));
        }

        issues.AddRange(validator.Validate(resource, new ValidationOptions { Profiles = asked.Profiles }));
        return issues.Count > 0 ? issues : [Issue.Information(IssueCode.Informational, "No issues were found.")];
    }

    static async Task<IReadOnlyList<Issue>> Deletable(string type, string id, ResourceStore store, CancellationToken ct) =>
        await store.Read(type, id, ct) is { IsDeleted: false }
            ? [Issue.Information(IssueCode.Informational, $"{type}/{id} can be deleted.")]
            : throw Read.NotFound(type, id);

    static void Check(Asked asked, FhirDefinitions definitions)
    {
        if (asked.Mode is not null && !Modes.Contains(asked.Mode, StringComparer.Ordinal))
        {
            throw new FhirException(Issue.Error(IssueCode.Value, "mode must be one of create, update, delete and profile."));
        }

        if (asked.Profiles.FirstOrDefault(p => definitions.StructureDefinition(p) is null) is { } unknown)
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotFound, $"The profile '{unknown}' is not known here."), StatusCodes.Status400BadRequest);
        }
    }

    static FhirException NeedsInstance() =>
        new(Issue.Error(IssueCode.Invalid, "mode=delete is for a stored resource: [type]/[id]/$validate."));

    /// <summary>What to validate and how: from a Parameters resource, from the URL, or a resource alone.</summary>
    sealed record Asked(Element? Resource, string? Mode, ImmutableArray<string> Profiles)
    {
        public static Asked Of(Element? body, IQueryCollection query)
        {
            var parameters = body is { Type.Name: "Parameters" } ? body["parameter"].ToList() : [];
            var profiles = query["profile"].Concat(Values(parameters, "profile")).OfType<string>().Where(p => p.Length > 0);
            return new Asked(
                body is not { Type.Name: "Parameters" }
                    ? body
                    : parameters.FirstOrDefault(p => p.ValueOf("name") == "resource")?.Child("resource"),
                query["mode"].FirstOrDefault() ?? Values(parameters, "mode").FirstOrDefault(),
                [.. profiles.Distinct(StringComparer.Ordinal)]);
        }

        static IEnumerable<string?> Values(List<Element> parameters, string name) =>
            parameters.Where(p => p.ValueOf("name") == name).Select(p => p.ValueOf("value"));
    }
}
