using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Bundles;

/// <summary>FHIR batch and transaction — https://hl7.org/fhir/R4/http.html#transaction</summary>
static class ProcessBundle
{
    public static async Task<IResult> Handle(
        HttpRequest request, FhirBody body, ServerLimits limits, Batch batch, Transaction transaction,
        CancellationToken ct)
    {
        var read = await body.ReadWithIssues(request, ct);
        if (read.Resource is not { Type.Name: "Bundle" } bundle)
        {
            throw new FhirException(
                [
                    .. read.Issues,
                    Issue.Error(IssueCode.Invalid, "A Bundle of type batch or transaction is expected here."),
                ],
                StatusCodes.Status400BadRequest);
        }

        var entries = BundleEntry.All(bundle, FhirUrl.Base(request));
        if (entries.Length > limits.BundleEntries)
        {
            throw new FhirException(Issue.Error(
                IssueCode.TooLong, $"A Bundle may have at most {limits.BundleEntries} entries.", "Bundle.entry"));
        }

        var outside = read.Issues.Where(i => i.IsError && !entries.Any(e => Batch.IsWithin(i, e))).ToList();
        return bundle.ValueOf("type") switch
        {
            "transaction" when !read.IsValid => throw new FhirException(read.Issues, StatusCodes.Status400BadRequest),
            "transaction" => Answer(await transaction.Process(entries, request, ct)),
            "batch" when outside.Count > 0 => throw new FhirException(outside, StatusCodes.Status400BadRequest),
            "batch" => Answer(await batch.Process(entries, read.Issues, request, ct)),
            _ => throw new FhirException(
                Issue.Error(IssueCode.Value, "Bundle.type must be batch or transaction here.", "Bundle.type"),
                StatusCodes.Status400BadRequest),
        };
    }

    static FhirResult Answer(ReadOnlyMemory<byte> bundle) => new(StatusCodes.Status200OK, bundle);
}
