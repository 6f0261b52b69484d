using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Mapping;

/// <summary>Enum members as FHIR codes: <c>MoreThanBefore</c> is <c>more-than-before</c>.</summary>
static partial class EnumCode
{
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.Codes[value];

    /// <summary>The member of a code, or null for a code that is none.</summary>
    public static T? Parse<T>(string? code)
        where T : struct, Enum =>
        code is not null && Table<T>.Members.TryGetValue(code, out var member) ? member : null;

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();

    static class Table<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Codes = Enum.GetValues<T>().ToFrozenDictionary(
            member => member,
            member => WordStart().Replace(member.ToString(), "-$0").TrimStart('-').ToLowerInvariant());

        public static readonly FrozenDictionary<string, T> Members =
            Codes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
