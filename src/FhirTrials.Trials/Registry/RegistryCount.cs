using System.Globalization;

namespace FhirTrials.Trials.Registry;

/// <summary>Counts as the registry has them in results: text that is nearly always a whole number.</summary>
static class RegistryCount
{
    /// <summary>The number; null for a text that is none, or more than FHIR can hold.</summary>
    public static int? From(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
