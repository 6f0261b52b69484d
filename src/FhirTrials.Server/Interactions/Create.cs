using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR create and conditional create — https://hl7.org/fhir/R4/http.html#create</summary>
static class Create
{
    public static async Task<IResult> Handle(
        string type,
        HttpRequest request,
        FhirBody body,
        Validator validator,
        SearchReader searches,
        ResourceStore store,
        CancellationToken ct)
    {
        var resource = References.MakeRelative(await body.Read(request, type, ct), FhirUrl.Base(request));
        BeforeWrite.Check(validator, resource);
        var written = await store.Write([Operation(resource, request.Headers["If-None-Exist"], searches)], ct);
        return Answer(request, written[0]);
    }

    static CreateOperation Operation(Element resource, string? ifNoneExist, SearchReader searches) =>
        new(
            resource,
            IfNoneExist: string.IsNullOrEmpty(ifNoneExist) ? null : searches.Criteria(resource.Type.Name, ifNoneExist));

    /// <summary>201 where it was made; 200 where a condition found it there already.</summary>
    static FhirResult Answer(HttpRequest request, WriteResult written)
    {
        var resource = written.Resource!;
        var created = written.Outcome == WriteOutcome.Created;
        return FhirResult.Written(
            request,
            resource,
            created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            created ? "was created" : "exists already");
    }
}
