using System.Collections.Immutable;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>What a text says of a name in it.</summary>
enum Standing
{
    Stated,

    /// <summary>Denied, suspected or ruled out: <c>HIV negative</c>, <c>rule out meningitis</c>.</summary>
    Doubted,

    /// <summary>Not of this patient, or no finding: <c>family history of epilepsy</c>, <c>screening for
    /// cancer</c>.</summary>
    Other,
}

/// <summary>Tells what a text states from what it denies: a word before a name (<c>no</c>) holds to the end, one after
/// it (<c>negative</c>, <c>excluded</c>) for the names joined to it.</summary>
static class Statements
{
    static readonly ImmutableHashSet<string> DoubtBefore =
    [
        "no", "not", "without", "negative", "denies", "suspected", "suspicion", "possible", "probable", "exclude",
        "excluded", "rule", "absence", "absent", "free", "evaluation", "consultation", "workup", "counseling",
        "candidate",
    ];

    static readonly ImmutableHashSet<string> OtherBefore = ["family", "risk", "screening", "maternal", "paternal"];

    static readonly ImmutableHashSet<string> DoubtAfter =
    [
        "negative", "excluded", "absent", "ruled", "unlikely", "denied", "refuted", "not", "suspected", "possible",
        "evaluation", "consultation", "workup", "counseling", "candidate", "planned",
    ];

    /// <summary>Words between a name and what is said of it.</summary>
    static readonly ImmutableHashSet<string> Links =
        [
            "is", "are", "was", "were", "has", "have", "been", "status", "test", "result", "infection", "disease",
            "and", "or",
        ];

    /// <param name="words">The words of the text.</param>
    /// <param name="names">The names in it, in order.</param>
    public static IEnumerable<(TermMatch Name, Standing Standing)> Of(
        ImmutableArray<string> words, IEnumerable<TermMatch> names)
    {
        var all = names.ToArray();
        var inName = all.SelectMany(n => Enumerable.Range(n.Start, n.Length)).ToHashSet();
        var doubted = FirstOf(DoubtBefore, words, inName);
        var other = FirstOf(OtherBefore, words, inName);
        var standings = new Standing[all.Length];
        for (var i = all.Length - 1; i >= 0; i--)
        {
            var start = all[i].Start;
            standings[i] = other < start ? Standing.Other
                : doubted < start || IsDoubtedAfter(i) ? Standing.Doubted
                : Standing.Stated;
        }

        return all.Zip(standings);

        bool IsDoubtedAfter(int i)
        {
            var at = all[i].Start + all[i].Length;
            while (at < words.Length && Links.Contains(words[at]) && !inName.Contains(at))
            {
                at++;
            }

            return at < words.Length && (inName.Contains(at)
                ? words[at - 1] is "and" or "or" && standings[i + 1] == Standing.Doubted
                : DoubtAfter.Contains(words[at]));
        }
    }

    /// <summary>Whether a text in which nothing is named still says what kind of statement it is, such as
    /// <c>no known problems</c>.</summary>
    public static bool Disclaims(string text) =>
        TermText.Words(text).Any(w => DoubtBefore.Contains(w) || OtherBefore.Contains(w));

    static int FirstOf(ImmutableHashSet<string> disclaimers, ImmutableArray<string> words, HashSet<int> inName)
    {
        for (var at = 0; at < words.Length; at++)
        {
            if (disclaimers.Contains(words[at]) && !inName.Contains(at))
            {
                return at;
            }
        }

        return int.MaxValue;
    }
}
