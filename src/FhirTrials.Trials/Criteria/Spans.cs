namespace FhirTrials.Trials.Criteria;

/// <summary>Arithmetic of places in the text.</summary>
static class Spans
{
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
