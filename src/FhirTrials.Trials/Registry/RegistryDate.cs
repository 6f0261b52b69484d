using System.Globalization;

namespace FhirTrials.Trials.Registry;

/// <summary>The registry's dates: a year, a month or a day.</summary>
static class RegistryDate
{
    static readonly string[] Formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    public static bool IsValid(string text) =>
        DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
