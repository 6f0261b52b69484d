using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Mapping;

/// <summary>Enum members as FHIR codes: <c>MoreThanBefore</c> is <c>more-than-before</c>.</summary>
static partial class EnumCode
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        WordStart().Replace(value.ToString(), "-$0").TrimStart('-').ToLowerInvariant();

    /// <summary>The member of a code, or null for a code that is none.</summary>
    public static T? Parse<T>(string? code)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == code)
            {
                return value;
            }
        }

        return null;
    }

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
