using System.Collections.Immutable;

namespace FhirTrials.Storage.Writing;

/// <summary>The words of a resource as the text of its row: a blank before each, and an exclamation mark after those of
/// the narrative. Words are letters and digits.</summary>
static class WordList
{
    public static string Text(ImmutableArray<(string Word, bool InNarrative)> words)
    {
        var length = 0;
        foreach (var (word, inNarrative) in words)
        {
            length += word.Length + (inNarrative ? 2 : 1);
        }

        return string.Create(length, words, static (text, words) =>
        {
            foreach (var (word, inNarrative) in words)
            {
                text[0] = ' ';
                word.CopyTo(text[1..]);
                text = text[(word.Length + 1)..];
                if (inNarrative)
                {
                    text[0] = '!';
                    text = text[1..];
                }
            }
        });
    }
}
