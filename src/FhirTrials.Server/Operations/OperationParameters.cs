using FhirTrials.Fhir.Model;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Operations;

/// <summary>The simple parameters of an operation, of its URL and of a Parameters resource in its body —
/// https://hl7.org/fhir/R4/operations.html#request</summary>
static class OperationParameters
{
    /// <summary>By name; what the format of the answer needs is left out.</summary>
    public static async Task<ILookup<string, string>> Read(HttpRequest request, FhirBody body, CancellationToken ct)
    {
        var given = request.Query.SelectMany(p => p.Value.Select(v => (p.Key, Value: v ?? ""))).ToList();
        if (HttpMethods.IsPost(request.Method) && request.ContentLength is not 0)
        {
            var parameters = await body.Read(request, "Parameters", ct);
            given.AddRange(parameters["parameter"].Select(p => (p.ValueOf("name") ?? "", Value(p.Child("value")))));
        }

        return given.Where(p => p.Key is not ("_format" or "_pretty") && p.Value.Length > 0)
            .ToLookup(p => p.Key, p => p.Value, StringComparer.Ordinal);
    }

    /// <summary>Of a Reference that to which it refers.</summary>
    static string Value(Element? value) => value?.Value ?? value?.ValueOf("reference") ?? "";
}
