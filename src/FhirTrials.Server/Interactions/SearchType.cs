using FhirTrials.Server.Bundles;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR search of a type, by GET and by POST — https://hl7.org/fhir/R4/http.html#search</summary>
static class SearchType
{
    public static async Task<IResult> Handle(
        string type,
        HttpRequest request,
        SearchReader searches,
        ResourceStore store,
        Subset subset,
        PageToken tokens,
        CancellationToken ct)
    {
        var search = await searches.Read(type, await Parameters(request, ct), Preferences.Of(request).Lenient, ct);
        var page = await store.Search(search.Query, search.Page, ct);
        var next = page.Next is null ? null : await tokens.Seal(new PagePlace(type, search.Flat(), page.Next), ct);
        return new FhirResult(StatusCodes.Status200OK, SearchsetBundle.ToJson(request, search, page, next, subset));
    }

    /// <summary>Those of the URL and, with POST, those of the form.</summary>
    static async Task<IReadOnlyList<KeyValuePair<string, string>>> Parameters(HttpRequest request, CancellationToken ct)
    {
        var url = request.Query.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")));
        if (!HttpMethods.IsPost(request.Method))
        {
            return [.. url];
        }

        if (!request.HasFormContentType)
        {
            throw FhirFormat.Unsupported("The Content-Type of a search by POST must be application/x-www-form-urlencoded.");
        }

        var form = await request.ReadFormAsync(ct);
        return [.. url, .. form.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")))];
    }
}
