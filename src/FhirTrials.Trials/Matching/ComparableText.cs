using System.Text;

namespace FhirTrials.Trials.Matching;

/// <summary>Criteria texts in a form that survives reformatting: letters and digits in lower case, the rest
/// dropped.</summary>
static class ComparableText
{
    public static string Of(string text)
    {
        var comparable = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || c is '<' or '>' or '≥' or '≤' or '=' or '+')
            {
                comparable.Append(char.ToLowerInvariant(c));
            }
        }

        return comparable.ToString();
    }
}
