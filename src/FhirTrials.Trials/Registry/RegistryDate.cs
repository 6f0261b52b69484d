using System.Globalization;

namespace FhirTrials.Trials.Registry;

/// <summary>The registry's dates: a year, a month or a day.</summary>
static class RegistryDate
{
    static readonly string[] Formats = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    public static bool IsValid(string text) =>
        DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Whether one date may be before the other or the same; true where either is missing. A month is compared
    /// with a day of it as the same.</summary>
    public static bool AreInOrder(string? first, string? last) =>
        first is null || last is null
        || string.CompareOrdinal(first, 0, last, 0, Math.Min(first.Length, last.Length)) <= 0;
}
