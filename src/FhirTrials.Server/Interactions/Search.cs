using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Interactions;

/// <summary>FHIR search of a type, of all types and of a compartment, by GET and by POST —
/// https://hl7.org/fhir/R4/http.html#search</summary>
sealed class Search(
    FhirDefinitions definitions,
    SearchReader searches,
    ResourceStore store,
    Subset subset,
    PageToken tokens,
    ServedTypes served,
    StateTag state)
{
    readonly ServedTypes _served = served;

    public static Task<IResult> OfType(string type, HttpRequest request, Search search, CancellationToken ct) =>
        search.Answer(SearchScope.OfType(type), request, ct);

    public static Task<IResult> OfSystem(HttpRequest request, Search search, CancellationToken ct) =>
        search.Answer(SearchScope.OfSystem(search._served), request, ct);

    /// <summary>https://hl7.org/fhir/R4/http.html#vsearch</summary>
    /// <param name="member">The type of the resources sought in the compartment, or <c>*</c>.</param>
    public static Task<IResult> OfCompartment(
        string type, string id, string member, HttpRequest request, Search search, CancellationToken ct)
    {
        search.CheckCompartment(type, member);
        return search.Answer(SearchScope.OfCompartment(type, id, member, search._served), request, ct);
    }

    void CheckCompartment(string type, string member)
    {
        if (definitions.Compartment(type) is null)
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotFound, $"There is nothing at this URL: {type} has no compartment."));
        }

        if (member != "*")
        {
            _served.Check(member);
        }
    }

    async Task<IResult> Answer(SearchScope scope, HttpRequest request, CancellationToken ct)
    {
        if (await state.Known(request, ct) is { } known)
        {
            return known;
        }

        var search = await searches.Read(scope, await Parameters(request, ct), Preferences.Of(request).Lenient, ct);
        var page = await store.Search(search.Query, search.Page, ct);
        var next =
            page.Next is null ? null : await tokens.Seal(new PagePlace(scope.Path, search.Flat(), page.Next), ct);
        return new FhirResult(StatusCodes.Status200OK, SearchsetBundle.ToJson(request, search, page, next, subset))
        {
            Tag = state.Of(request, page.Change),
        };
    }

    /// <summary>Those of the URL and, with POST, those of the form.</summary>
    static async Task<IReadOnlyList<KeyValuePair<string, string>>> Parameters(HttpRequest request, CancellationToken ct)
    {
        var url = request.Query.SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")));
        return HttpMethods.IsPost(request.Method) ? [.. url, .. await FormBody.Read(request, ct)] : [.. url];
    }
}
