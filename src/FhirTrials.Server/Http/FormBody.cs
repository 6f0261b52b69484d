using FhirTrials.Fhir.Outcomes;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Http;

/// <summary>Reads the parameters of a search by POST — https://hl7.org/fhir/R4/http.html#search</summary>
static class FormBody
{
    const string Type = "application/x-www-form-urlencoded";

    /// <summary>Throws (413, 415) for what is no form, or one that is malformed or too large.</summary>
    public static async Task<IEnumerable<KeyValuePair<string, string>>> Read(HttpRequest request, CancellationToken ct)
    {
        FhirFormat.CheckEncoding(request);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals(Type, StringComparison.OrdinalIgnoreCase))
        {
            throw FhirFormat.Unsupported($"The Content-Type of a search by POST must be {Type}.");
        }

        try
        {
            var form = await request.ReadFormAsync(ct);
            return form.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw new FhirException(
                Issue.Error(IssueCode.Structure, "The form ends early, or its chunks are malformed."));
        }
        catch (InvalidDataException)
        {
            // So the form reader calls what is beyond its limits, and a stream what cannot be decompressed.
            throw new FhirException(Issue.Error(
                IssueCode.TooLong, "The form has too many parameters, one is too long, or it is malformed."));
        }
    }
}
