using System.Security.Cryptography;
using System.Text.Json;
using FhirTrials.Fhir.Outcomes;
using Microsoft.AspNetCore.DataProtection;

namespace FhirTrials.Server.Http;

/// <summary>The place of a page with all that is needed to go on from there.</summary>
/// <param name="Scope">What is paged: a resource type, or the URL path of a history.</param>
/// <param name="Parameters">The parameters of the first page, as name and value in turn.</param>
/// <param name="Next">The store's own token.</param>
sealed record PagePlace(string Scope, string[] Parameters, string Next);

/// <summary>Seals a place into the only parameter of a <c>next</c> link, so that a link neither shows what was searched
/// for nor can be altered.</summary>
sealed class PageToken(IDataProtectionProvider protection)
{
    public const string Parameter = "_page";

    readonly IDataProtector _protector = protection.CreateProtector("FhirTrials.PageToken.v1");

    public string Seal(PagePlace place) => _protector.Protect(JsonSerializer.Serialize(place));

    /// <summary>The place in a token made for the same scope; throws (400) for anything else.</summary>
    public PagePlace Open(string token, string scope)
    {
        try
        {
            var place = JsonSerializer.Deserialize<PagePlace>(_protector.Unprotect(token));
            return place?.Scope == scope ? place : throw Invalid();
        }
        catch (CryptographicException)
        {
            throw Invalid();
        }
    }

    static FhirException Invalid() =>
        new(Issue.Error(IssueCode.Value, "The page token is not one of this server for this URL; start again from the first page."));
}
