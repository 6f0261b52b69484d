using System.Collections.Immutable;
using System.Text;

namespace FhirTrials.Storage.Writing;

/// <summary>The words of a resource as the JSON of its row.</summary>
static class WordList
{
    /// <summary>Words are letters and digits: nothing in them is to be escaped.</summary>
    public static string Json(ImmutableArray<(string Word, bool InNarrative)> words)
    {
        var json = new StringBuilder("{", words.Length * 12);
        foreach (var (word, inNarrative) in words)
        {
            json.Append(json.Length > 1 ? ",\"" : "\"").Append(word).Append(inNarrative ? "\":1" : "\":0");
        }

        return json.Append('}').ToString();
    }
}
