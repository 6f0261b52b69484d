namespace FhirTrials.Trials.Matching;

/// <summary>The beginning of a text that is too long to be told.</summary>
public static class Excerpt
{
    /// <summary>The text, or so many characters with an ellipsis as the last; no surrogate pair is torn.</summary>
    public static string Of(string text, int most) => text.Length <= most ? text
        : text[..(most - (char.IsHighSurrogate(text[most - 2]) ? 2 : 1))] + "…";
}
