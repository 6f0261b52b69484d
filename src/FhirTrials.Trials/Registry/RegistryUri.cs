namespace FhirTrials.Trials.Registry;

/// <summary>Links as the registry has them: free text that is nearly always a URL.</summary>
static class RegistryUri
{
    /// <summary>The link as a FHIR uri: surrounding blanks off, inner ones percent-encoded; null for none.</summary>
    public static string? From(string? link) => link is null
        ? null
        : string.Concat(link.Trim().Select(c => char.IsWhiteSpace(c) ? Uri.HexEscape(' ') : c.ToString()));
}
