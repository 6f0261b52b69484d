using System.Security.Cryptography;
using System.Text;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Http;

/// <summary>What only an operator may do: who sends <c>Authorization: Bearer</c> with the token of the configuration
/// (<c>Fhir:OperatorToken</c>). Without one nobody may.</summary>
sealed class OperatorAccess
{
    const int MinLength = 20;

    const string Scheme = "Bearer ";

    readonly byte[]? _token;

    public OperatorAccess(FhirSettings settings)
    {
        if (settings.OperatorToken is { Length: < MinLength })
        {
            throw new InvalidOperationException($"Fhir:OperatorToken must have {MinLength} characters at least.");
        }

        _token = settings.OperatorToken is { } token ? Hash(token) : null;
    }

    /// <summary>Throws (401, 403) for anyone else.</summary>
    public void Check(HttpRequest request)
    {
        if (_token is null)
        {
            throw new FhirException(Issue.Error(
                IssueCode.Forbidden, "No operator's token is configured here, so nobody may do this."));
        }

        var given = request.Headers.Authorization.ToString();
        if (!given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = Scheme.Trim();
            throw new FhirException(
                Issue.Error(IssueCode.Login, "This is for operators: send their token as a Bearer token."));
        }

        // Hashes are of one length, so that the time to compare them tells nothing.
        if (!CryptographicOperations.FixedTimeEquals(Hash(given[Scheme.Length..].Trim()), _token))
        {
            throw new FhirException(Issue.Error(IssueCode.Forbidden, "The token is not the operator's."));
        }
    }

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
