using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Patch;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR patch and conditional patch — https://hl7.org/fhir/R4/http.html#patch</summary>
static class Patch
{
    public static Task<IResult> Handle(
        string type,
        string id,
        HttpRequest request,
        PatchBody body,
        Validator validator,
        ResourceStore store,
        CancellationToken ct) =>
        Apply(() => Read.Current(type, id, store, ct), request, body, validator, store, ct);

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
        return Update.Answer(request, await Change.Write(
            read,
            ifMatch,
            current => Patched(patch(current)),
            FhirUrl.Base(request),
            validator,
            store,
            ct));
    }

    static Element Patched(PatchResult result) => result.Resource ?? throw new FhirException(result.Issues);
}
