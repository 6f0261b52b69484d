using System.Runtime.InteropServices;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>A name found in text: which concept, and which words of the text (from, count).</summary>
public readonly record struct TermMatch(VocabularyConcept Concept, int Start, int Length);

/// <summary>All names of the vocabulary by their words, for the longest match at a place in a text.</summary>
/// <remarks>Words are numbered and an edge is a pair of numbers in one table, so that a word that no name begins with,
/// as most are, costs one lookup.</remarks>
sealed class TermTrie
{
    const int Root = 0;
    const int LongestAbbreviation = 4;

    /// <summary>Abbreviations that are everyday words in lower case; they count only in capitals.</summary>
    static readonly HashSet<string> CapitalsOnly =
        ["all", "ms", "pe", "af", "ra", "cr", "sos", "tb", "aids", "cart", "pulse", "it", "alt", "kps", "who", "poems"];

    /// <summary>Short abbreviations that are also written in lower case and then mean nothing else. All others count
    /// only in capitals: <c>NET</c>, <c>GIST</c>, <c>ART</c>.</summary>
    static readonly HashSet<string> AlsoInLowerCase =
    [
        "alat", "alc", "alp", "aml", "anc", "asat", "asct", "ast", "aptt", "bmb", "bmi", "bmt", "bnp", "bun", "cad", "cea",
        "chf", "ckd", "cll", "cml", "cmv", "copd", "cpk", "crp", "crs", "ctcae", "cva", "dbp", "dvt", "ecog", "emd", "esr",
        "gbs", "gerd", "gfr", "ggt", "gvhd", "hbv", "hcv", "hdl", "hiv", "hsct", "inr", "ldh", "ldl", "lps", "lvef", "mds", "mmf",
        "mpal", "mrd", "mri", "mtx", "nhl", "nyha", "plt", "psa", "ptt", "rbc", "sbp", "sct", "sgot", "sgpt", "sle", "tbil",
        "tia", "tki", "tsh", "uti", "vod", "wbc", "xrt",
    ];

    readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    readonly Dictionary<(int Node, int Word), int> _edges = [];
    readonly List<(VocabularyConcept? Concept, bool CapitalsOnly)> _nodes = [default];

    /// <summary>Adds a name; the first concept that has it keeps it.</summary>
    public void Add(string name, VocabularyConcept concept)
    {
        var node = Root;
        foreach (var word in TermText.Words(name))
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, Edge(word), out var known);
            number = known ? number : _words.Count;
            ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges, (node, number), out var exists);
            if (!exists)
            {
                next = _nodes.Count;
                _nodes.Add(default);
            }

            node = next;
        }

        if (node != Root && _nodes[node].Concept is null)
        {
            _nodes[node] = (concept, CountsOnlyInCapitals(name));
        }
    }

    /// <summary>The longest name that begins at <paramref name="start"/>, or null.</summary>
    /// <param name="words">In comparable form (<see cref="TermText.Words"/>).</param>
    /// <param name="inCapitals">Whether the word at an index was written in capitals.</param>
    public TermMatch? Longest(IReadOnlyList<string> words, int start, Func<int, bool> inCapitals)
    {
        TermMatch? found = null;
        var node = Root;
        for (var at = start; at < words.Count; at++)
        {
            if (!_words.TryGetValue(Edge(words[at]), out var word) || !_edges.TryGetValue((node, word), out node))
            {
                break;
            }

            if (_nodes[node] is { Concept: { } concept } end && (!end.CapitalsOnly || inCapitals(at)))
            {
                found = new TermMatch(concept, start, at - start + 1);
            }
        }

        return found;
    }

    static bool CountsOnlyInCapitals(string name)
    {
        var lower = name.ToLowerInvariant();
        return CapitalsOnly.Contains(lower)
            || (name.Length <= LongestAbbreviation && name.All(char.IsAsciiLetterUpper) && !AlsoInLowerCase.Contains(lower));
    }

    /// <summary>Singular and plural share an edge.</summary>
    static string Edge(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;
}
