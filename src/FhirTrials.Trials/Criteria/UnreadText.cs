namespace FhirTrials.Trials.Criteria;

/// <summary>Makes the leaves of text that was not read, with where it stands.</summary>
static class UnreadText
{
    public static Clause.Unread Of(string text, int start, int end, UnreadKind kind = UnreadKind.Other) =>
        new(text[start..end], kind) { Source = new(TextSpan.Between(start, end)) };

    /// <param name="timed">What the words say when, where that was understood.</param>
    public static Clause.Unread Of(string text, IReadOnlyList<Chunk> words, UnreadKind kind, Atom? timed)
    {
        var unread = Of(text, words, kind);
        return timed is null ? unread
            : unread with { Window = timed.Window, Source = unread.Source with { Window = timed.Source.Window } };
    }

    /// <param name="words">Not empty.</param>
    public static Clause.Unread Of(
        string text, IReadOnlyList<Chunk> words, UnreadKind kind = UnreadKind.Other) =>
        Of(text, words[0].Start, words[^1].End, kind);
}
