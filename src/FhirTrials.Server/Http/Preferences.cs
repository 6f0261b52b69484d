using FhirTrials.Fhir.Outcomes;
using Microsoft.Extensions.Primitives;

namespace FhirTrials.Server.Http;

/// <summary>What a write answers with — https://hl7.org/fhir/R4/http.html#ops</summary>
enum ReturnPreference
{
    Representation,
    Minimal,
    OperationOutcome,
}

/// <summary>The Prefer header: <c>return=</c> and <c>handling=</c>.</summary>
/// <param name="Lenient">Whether unknown search parameters are ignored rather than refused.</param>
sealed record Preferences(ReturnPreference Return, bool Lenient)
{
    public static Preferences Of(HttpRequest request)
    {
        var preferences = new Preferences(ReturnPreference.Representation, Lenient: false);
        foreach (var (name, value) in Pairs(request.Headers["Prefer"]))
        {
            preferences = (name, value) switch
            {
                ("return", "minimal") => preferences with { Return = ReturnPreference.Minimal },
                ("return", "representation") => preferences with { Return = ReturnPreference.Representation },
                ("return", "operationoutcome") => preferences with { Return = ReturnPreference.OperationOutcome },
                ("handling", "lenient") => preferences with { Lenient = true },
                ("handling", "strict") => preferences with { Lenient = false },
                _ => preferences,
            };
        }

        return preferences;
    }

    /// <summary>Whether a preference without a value is there, such as <c>respond-async</c>.</summary>
    public static bool Has(HttpRequest request, string preference) =>
        request.Headers["Prefer"].Any(h => h!.Split([',', ';'], StringSplitOptions.TrimEntries)
            .Contains(preference, StringComparer.OrdinalIgnoreCase));

    /// <summary>In lower case, without quotes — RFC 7240.</summary>
    static IEnumerable<(string Name, string Value)> Pairs(StringValues headers) =>
        from header in headers
        from preference in header.ToLowerInvariant().Split([',', ';'])
        let pair = preference.Split('=', 2, StringSplitOptions.TrimEntries)
        where pair.Length == 2
        select (pair[0], pair[1].Trim('"'));

    /// <summary>The body of a write's answer as preferred.</summary>
    public ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> resource, string done) => Return switch
    {
        ReturnPreference.Representation => resource,
        ReturnPreference.Minimal => default,
        ReturnPreference.OperationOutcome =>
            OperationOutcome.ToUtf8Bytes([Issue.Information(IssueCode.Informational, done)]),
    };
}
