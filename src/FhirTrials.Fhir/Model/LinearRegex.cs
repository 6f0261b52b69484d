using System.Text.RegularExpressions;

namespace FhirTrials.Fhir.Model;

/// <summary>Regular expressions that others wrote: matched against a whole text, in linear time.</summary>
static class LinearRegex
{
    /// <summary>Null where the pattern is none, or needs what takes more than linear time (back-references,
    /// look-arounds).</summary>
    public static Regex? Whole(string pattern)
    {
        try
        {
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new Regex($@"\A(?:{pattern})\z", Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
