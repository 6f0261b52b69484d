namespace FhirTrials.Trials.Registry;

/// <summary>Links as the registry has them: free text that is nearly always a URL.</summary>
static class RegistryUri
{
    /// <summary>The link as a FHIR uri: surrounding blanks off, inner ones percent-encoded; null for none.</summary>
    public static string? From(string? link) => link is null
        ? null
        : string.Concat(link.Trim().Select(c => char.IsWhiteSpace(c) ? Uri.HexEscape(' ') : c.ToString()));

    /// <summary>Whether the link leads somewhere: a scheme of the web, and a host with a dot in its name, which
    /// <c>http://https//example.org</c> has not.</summary>
    public static bool LeadsSomewhere(string link) =>
        Uri.TryCreate(From(link), UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" or "ftp" && uri.Host.Contains('.', StringComparison.Ordinal);
}
