using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>A change that depends on the current version: read, changed, and written if nobody wrote
/// meanwhile.</summary>
static class Change
{
    /// <summary>How often a change is made anew because another write came between; that says
    /// nothing of the version then.</summary>
    const int Attempts = 5;

    /// <param name="read">Reads the current version; throws where there is none.</param>
    /// <param name="ifMatch">The version that must be current, or null.</param>
    public static async Task<WriteResult> Write(
        Func<Task<StoredResource>> read,
        int? ifMatch,
        Func<StoredResource, Element> change,
        string baseUrl,
        Validator validator,
        ResourceStore store,
        CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var current = await read();
            EntityTag.Check(ifMatch, current);
            var resource = References.MakeRelative(change(current), baseUrl);
            BeforeWrite.Check(validator, resource);
            try
            {
                return (await store.Write([new UpdateOperation(resource, current.Id, current.Version)], ct))[0];
            }
            catch (FhirException e) when (e.Status == StatusCodes.Status412PreconditionFailed && ifMatch is null)
            {
                if (attempt == Attempts)
                {
                    throw new FhirException(
                        Issue.Error(
                            IssueCode.Conflict, "Others are writing this resource at the same time. Try again."));
                }
            }
        }
    }
}
