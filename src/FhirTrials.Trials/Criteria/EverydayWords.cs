using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Words that steer the reading of criteria, or say too little by themselves. A name that consists of them
/// would be found everywhere: <c>other</c>, <c>disease, unspecified</c>.</summary>
public static class EverydayWords
{
    static readonly HashSet<string> OfLists =
        ("syndrome syndromes injury injuries anomaly anomalies finding findings test tests result results value "
            + "values nos nec otherwise unspecified elsewhere classified unclassified miscellaneous group subtype")
            .Split(' ').ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether there is no other word in a name.</summary>
    public static bool Only(string name)
    {
        var words = TermText.Words(name);
        for (var at = 0; at < words.Length;)
        {
            var cue = Cues.At(words, at)?.Length;
            if (cue is null && !IsEveryday(words[at]))
            {
                return false;
            }

            at += cue ?? 1;
        }

        return true;
    }

    static bool IsEveryday(string word) =>
        UnlistedTerms.IsNoName(word) || TermHeads.IsGeneral(word) || OfLists.Contains(word)
        || word.All(char.IsAsciiDigit);
}
