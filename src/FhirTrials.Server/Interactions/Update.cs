using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR update and conditional update, which create what is not there —
/// https://hl7.org/fhir/R4/http.html#update</summary>
static class Update
{
    public static async Task<IResult> Handle(
        string type,
        string id,
        HttpRequest request,
        FhirBody body,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        var ifMatch = await EntityTag.IfMatch(request, type, id, store, ct);
        var resource = References.MakeRelative(await body.Read(request, type, ct, id), FhirUrl.Base(request));
        if (resource.Id != id)
        {
            throw new FhirException(
                Issue.Error(IssueCode.Invalid, $"The resource's id must be '{id}', as in the URL.", $"{type}.id"));
        }

        BeforeWrite.Check(validator, resource);
        var written = request.Headers.IfNoneMatch == "*"
            ? await New(resource, id, store, ct)
            : (await store.Write([new UpdateOperation(resource, id, ifMatch)], ct))[0];
        return Answer(request, written);
    }

    /// <summary><c>If-None-Match: *</c>: only where there is none yet — RFC 9110 §13.1.2.</summary>
    static async Task<WriteResult> New(Element resource, string id, ResourceStore store, CancellationToken ct)
    {
        try
        {
            return (await store.Write([new CreateOperation(resource, id)], ct))[0];
        }
        catch (FhirException e) when (e.Issues[0].Code == IssueCode.Duplicate)
        {
            throw new FhirException(e.Issues, StatusCodes.Status412PreconditionFailed);
        }
    }

    /// <summary>Updates the one resource that the search in the URL finds —
    /// https://hl7.org/fhir/R4/http.html#cond-update</summary>
    public static async Task<IResult> Conditional(
        string type,
        HttpRequest request,
        FhirBody body,
        Validator validator,
        SearchReader searches,
        ResourceStore store,
        CancellationToken ct)
    {
        var criteria = searches.Criteria(type, request);
        var ifMatch = EntityTag.IfMatch(request.Headers.IfMatch);
        var resource = References.MakeRelative(await body.Read(request, type, ct), FhirUrl.Base(request));
        BeforeWrite.Check(validator, resource);
        var written = await store.Write([new ConditionalUpdateOperation(resource, criteria, resource.Id, ifMatch)], ct);
        return Answer(request, written[0]);
    }

    /// <summary>The answer to a write of one resource under its id.</summary>
    public static FhirResult Answer(HttpRequest request, WriteResult written)
    {
        var resource = written.Resource!;
        var (status, done) = written.Outcome == WriteOutcome.Created ? (StatusCodes.Status201Created, "was created")
            : written.Outcome == WriteOutcome.Unchanged ? (StatusCodes.Status200OK, "is unchanged")
            : (StatusCodes.Status200OK, "was updated");
        return FhirResult.Written(request, resource, status, done);
    }
}
