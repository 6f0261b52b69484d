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
    /// <summary><c>POST [type]/$validate</c>: a resource alone, or Parameters that hold
    /// it and how to validate it.</summary>
    public static async Task<IResult> Post(
        string type,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        Validator validator,
        CancellationToken ct)
    {
        var asked = ValidateParameters.Of(await body.ReadWithIssues(request, ct), request.Query, definitions);
        return asked.Mode is "update" or "delete" or "profile"
            ? throw Fault(IssueCode.Invalid, $"mode={asked.Mode} is for one instance: POST [type]/[id]/$validate.")
            : FhirResult.Of(Issues(asked, type, null, validator));
    }

    /// <summary><c>POST [type]/[id]/$validate</c>: the resource sent, or the one stored where none is.</summary>
    public static async Task<IResult> PostInstance(
        string type,
        string id,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        var sent = request.ContentLength == 0 ? ReadNothing : await body.ReadWithIssues(request, ct);
        return await Instance(
            ValidateParameters.Of(sent, request.Query, definitions), type, id, definitions, validator, store, ct);
    }

    /// <summary><c>GET [type]/[id]/$validate</c>: what is stored.</summary>
    public static Task<IResult> Get(
        string type,
        string id,
        HttpRequest request,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct) =>
        Instance(ValidateParameters.Of(ReadNothing, request.Query, definitions), type, id, definitions, validator,
            store, ct);

    static readonly ReadResult ReadNothing = new(null, []);

    static async Task<IResult> Instance(
        ValidateParameters asked,
        string type,
        string id,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        if (asked.Mode == "profile")
        {
            CheckProfileMode(asked);
        }

        // The content does not matter to a deletion; mode=profile is about what is stored.
        var isStored = asked.Mode is "delete" or "profile" || asked.Sent is { Resource: null, Issues.IsEmpty: true };
        if (!isStored)
        {
            return FhirResult.Of(Issues(asked, type, id, validator));
        }

        var stored = await store.Read(type, id, ct) ?? throw Read.NotFound(type, id);
        if (stored.IsDeleted)
        {
            throw Read.Deleted(type, id);
        }

        if (asked.Mode == "delete")
        {
            return FhirResult.Of([Issue.Information(IssueCode.Informational, $"{type}/{id} can be deleted.")]);
        }

        var sent = FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored);
        return FhirResult.Of(Issues(asked with { Sent = sent }, type, id, validator));
    }

    static void CheckProfileMode(ValidateParameters asked)
    {
        if (asked.Profiles.IsEmpty)
        {
            throw Fault(IssueCode.Required, "mode=profile needs a profile to hold the stored resource to.");
        }

        if (asked.Sent.Resource is not null || !asked.Sent.Issues.IsEmpty)
        {
            throw Fault(IssueCode.Invalid, "mode=profile is about the stored resource: send none.");
        }
    }

    static List<Issue> Issues(ValidateParameters asked, string type, string? id, Validator validator)
    {
        if (asked.Sent is { Resource: null, Issues.IsEmpty: true })
        {
            throw Fault(IssueCode.Required, "The parameter 'resource' is missing.", "Parameters.parameter");
        }

        List<Issue> issues = [.. asked.Remarks];
        if (asked.Sent.Resource is { } resource)
        {
            issues.AddRange(AgainstUrl(resource, type, id, asked.Mode));
        }

        issues.AddRange(validator.Validate(asked.Sent, new ValidationOptions { Profiles = asked.Profiles }));
        return issues;
    }

    static IEnumerable<Issue> AgainstUrl(Element resource, string type, string? id, string? mode)
    {
        var name = resource.Type.Name;
        if (name != type)
        {
            yield return Issue.Error(
                IssueCode.Invalid, $"The URL names {type}, but this is of type {name}.", name, resource.Position);
        }

        if (mode == "update" && resource.Id is null)
        {
            yield return Issue.Required($"{name}.id", resource.Position);
        }

        if (id is not null && mode != "create" && resource.Id is not null && resource.Id != id)
        {
            yield return Issue.Error(
                IssueCode.Invalid, $"The id must be '{id}', as in the URL.", $"{name}.id",
                resource.Child("id")!.Position);
        }
    }

    static FhirException Fault(IssueCode code, string text, string? expression = null) =>
        new(Issue.Error(code, text, expression), StatusCodes.Status400BadRequest);
}
