using System.Text.RegularExpressions;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads a limit of normal by itself after a comparison as a number: <c>&gt; ULN</c>, <c>above the upper limit
/// of normal</c>, <c>below normal</c>.</summary>
static partial class NormalLimits
{
    /// <summary>The limit that begins there; null for none.</summary>
    public static Token? Read(string text, int at, int end)
    {
        if (!char.IsAsciiLetter(text[at]) || char.ToLowerInvariant(text[at]) is not ('u' or 'l' or 't' or 'i' or 'n')
            || ComparedWith(text, at) is not { } lower)
        {
            return null;
        }

        if (MultipleBefore().IsMatch(text[Math.Max(0, at - 40)..at]))
        {
            return null;
        }

        if (UnitText.Read(text, at) is { Limit: { } limit } named && named.End <= end)
        {
            return new(TokenKind.Number, at, named.End, Number: new(1, 1, "1", limit));
        }

        return PlainNormal().Match(text, at, end - at) is { Success: true } normal
            ? new(
                TokenKind.Number, at, at + normal.Length,
                Number: new(1, 1, "1", lower ? ReferenceLimit.Lln : ReferenceLimit.Uln))
            : null;
    }

    /// <summary>Whether the words before ask for less (true) or more (false); null where they compare
    /// nothing.</summary>
    static bool? ComparedWith(string text, int at)
    {
        var start = Math.Max(0, at - 16);
        var before = text.AsSpan(start, at - start).TrimEnd();
        return before.EndsWith("<") || before.EndsWith("\u2264")
            || before.EndsWith("below", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("less than", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("lower than", StringComparison.OrdinalIgnoreCase) ? true
            : before.EndsWith(">") || before.EndsWith("\u2265")
                || before.EndsWith("above", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("than", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("exceeding", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("exceeds", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("equal to", StringComparison.OrdinalIgnoreCase)
                || before.EndsWith("=") ? false
            : null;
    }

    [GeneratedRegex(@"(?:fold|times|x)\s+(?:higher|greater|above|more|over)?\s*(?:than)?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MultipleBefore();

    [GeneratedRegex(@"\G(?:the )?(?:institutional )?normal(?: range| limits?| values?| levels?)?\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlainNormal();
}
