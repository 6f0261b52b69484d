namespace FhirTrials.Trials.Criteria;

/// <summary>Arithmetic of places in the text.</summary>
static class Spans
{
    /// <summary>Whether a sign before the place was lost: two blanks, where one divides the words before
    /// (<c>status  2</c> of <c>status ≤ 2</c>).</summary>
    public static bool LacksSign(string text, int at) => at > 2 && text[at - 1] == ' ' && text[at - 2] == ' '
        && !char.IsWhiteSpace(text[at - 3]) && text[at - 3] is not ('.' or ':' or ';' or ',');

    /// <summary>From the first character of either to the last.</summary>
    public static TextSpan? Hull(TextSpan? one, TextSpan? other) => (one, other) switch
    {
        ({ } a, { } b) => TextSpan.Between(Math.Min(a.Start, b.Start), Math.Max(a.End, b.End)),
        _ => one ?? other,
    };

    /// <summary>The first place from <paramref name="at"/> on that is no blank.</summary>
    public static int SkipBlanks(string text, int at, int end)
    {
        while (at < end && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
