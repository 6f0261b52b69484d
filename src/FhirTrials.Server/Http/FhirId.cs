using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Http;

/// <summary>A logical id: 1 to 64 of A–Z a–z 0–9 - . — https://hl7.org/fhir/R4/datatypes.html#id</summary>
static class FhirId
{
    /// <summary>Throws (400) for what is no id, and (404) for an operation that nobody took.</summary>
    public static void Check(string id, string? expression = null)
    {
        if (id.StartsWith('$'))
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotSupported, "There is no such operation here.", expression),
                StatusCodes.Status404NotFound);
        }

        if (!PrimitiveSyntax.IsId(id))
        {
            throw new FhirException(
                Issue.Error(
                    IssueCode.Value, "An id has 1 to 64 characters of A-Z, a-z, 0-9, '-' and '.'.", expression));
        }
    }
}
