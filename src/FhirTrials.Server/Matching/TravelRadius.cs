using System.Globalization;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Server.Matching;

/// <summary>How far a patient would travel, as CodeX has it: a number of miles, or of the unit that follows: <c>50</c>,
/// <c>50 mi</c>, <c>80 km</c>.</summary>
static class TravelRadius
{
    /// <summary>In kilometres, or null where the text is none.</summary>
    public static double? Kilometres(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..].Trim() is { Length: > 0 } named ? named : "mi";
        return NearSearch.KilometresPer(unit) is { } kilometres
            && double.TryParse(
                text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var distance)
                ? distance * kilometres
                : null;
    }
}
