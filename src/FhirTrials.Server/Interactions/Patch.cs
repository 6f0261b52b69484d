using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR patch and conditional patch — https://hl7.org/fhir/R4/http.html#patch</summary>
static class Patch
{
    /// <summary>How often a patch is applied anew because another write came between; it says nothing of the version
    /// then.</summary>
    const int Attempts = 5;

    public static Task<IResult> Handle(
        string type,
        string id,
        HttpRequest request,
        PatchBody body,
        Validator validator,
        ResourceStore store,
        CancellationToken ct) =>
        Apply(() => Current(type, id, store, ct), request, body, validator, store, ct);

    /// <summary>Patches the one resource that the search in the URL finds.</summary>
    public static Task<IResult> Conditional(
        string type,
        HttpRequest request,
        PatchBody body,
        Validator validator,
        SearchReader searches,
        ResourceStore store,
        CancellationToken ct)
    {
        var criteria = searches.Criteria(type, request);
        return Apply(() => Matching(), request, body, validator, store, ct);

        async Task<StoredResource> Matching() =>
            await store.Single(criteria, ct)
            ?? throw new FhirException(Issue.Error(IssueCode.NotFound, $"No {type} matches the criteria."));
    }

    static async Task<IResult> Apply(
        Func<Task<StoredResource>> read,
        HttpRequest request,
        PatchBody body,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        // Any version will do for *, and there must be one in any case.
        var ifMatch = request.Headers.IfMatch == "*" ? null : EntityTag.IfMatch(request.Headers.IfMatch);
        var patch = await body.Read(request, ct);
        for (var attempt = 1; ; attempt++)
        {
            var current = await read();
            EntityTag.Check(ifMatch, current);
            try
            {
                return Update.Answer(request, await Write(current, patch(current), FhirUrl.Base(request), validator, store, ct));
            }
            catch (FhirException e) when (e.Status == StatusCodes.Status412PreconditionFailed && ifMatch is null)
            {
                if (attempt == Attempts)
                {
                    throw new FhirException(
                        Issue.Error(IssueCode.Conflict, "Others are writing this resource at the same time. Try again."));
                }
            }
        }
    }

    static async Task<StoredResource> Current(string type, string id, ResourceStore store, CancellationToken ct)
    {
        var current = await store.Read(type, id, ct) ?? throw Read.NotFound(type, id);
        return current.IsDeleted ? throw Read.Deleted(type, id) : current;
    }

    /// <summary>Writes the result, if the resource is still as it was when the patch was applied.</summary>
    static async Task<WriteResult> Write(
        StoredResource current,
        PatchResult result,
        string baseUrl,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        var resource = References.MakeRelative(result.Resource ?? throw new FhirException(result.Issues), baseUrl);
        BeforeWrite.Check(validator, resource);
        return (await store.Write([new UpdateOperation(resource, current.Id, current.Version)], ct))[0];
    }
}
