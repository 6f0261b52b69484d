namespace FhirTrials.Trials.Vocabulary;

/// <summary>A name found in text: which concept, and which words of the text (from, count).</summary>
public readonly record struct TermMatch(VocabularyConcept Concept, int Start, int Length);

/// <summary>All names of the vocabulary by their words, for the longest match at a place in a text.</summary>
/// <remarks>A word that no name begins with, as most are, costs one lookup. The names that begin with a word are split
/// when a text first has that word: most never are.</remarks>
sealed class TermTrie
{
    const int LongestAbbreviation = 4;

    /// <summary>Abbreviations that are everyday words in lower case; they count only in capitals.</summary>
    static readonly HashSet<string> CapitalsOnly =
        ["all", "ms", "pe", "af", "ra", "cr", "sos", "tb", "aids", "cart", "pulse", "it", "alt", "kps", "who", "poems"];

    /// <summary>Short abbreviations that are also written in lower case and then mean nothing else. All others count
    /// only in capitals: <c>NET</c>, <c>GIST</c>, <c>ART</c>.</summary>
    static readonly HashSet<string> AlsoInLowerCase =
    [
        "alat", "alc", "alp", "aml", "anc", "asat", "asct", "ast", "aptt", "bmb", "bmi", "bmt", "bnp", "bun", "cad",
        "cea", "chf", "ckd", "cll", "cml", "cmv", "copd", "cpk", "crp", "crs", "ctcae", "cva", "dbp", "dvt", "ecog",
        "emd", "esr", "gbs", "gerd", "gfr", "ggt", "gvhd", "hbv", "hcv", "hdl", "hiv", "hsct", "inr", "ldh", "ldl",
        "lps", "lvef", "mds", "mmf", "mpal", "mrd", "mri", "mtx", "nhl", "nyha", "plt", "psa", "ptt", "rbc", "sbp",
        "sct", "sgot", "sgpt", "sle", "tbil", "tia", "tki", "tsh", "uti", "vod", "wbc", "xrt",
    ];

    readonly Dictionary<string, Entry> _byFirstWord = new(StringComparer.Ordinal);

    /// <summary>Adds a name; the first concept that has it keeps it.</summary>
    public void Add(string name, VocabularyConcept concept)
    {
        var at = 0;
        if (TermText.Next(name, ref at) is { } word)
        {
            word = TermText.Singular(word);
            _byFirstWord[word] = new(name, concept, _byFirstWord.GetValueOrDefault(word));
        }
    }

    /// <summary>The longest name that begins at <paramref name="start"/>, or null.</summary>
    /// <param name="words">In comparable form (<see cref="TermText.Words"/>).</param>
    /// <param name="inCapitals">Whether the word at an index was written in capitals.</param>
    public TermMatch? Longest(IReadOnlyList<string> words, int start, Func<int, bool> inCapitals)
    {
        if (start >= words.Count || !_byFirstWord.TryGetValue(TermText.Singular(words[start]), out var entry))
        {
            return null;
        }

        TermMatch? found = null;
        var node = entry.Node;
        for (var at = start + 1; node is not null; at++)
        {
            if (node.Concept is { } concept && (!node.CapitalsOnly || inCapitals(at - 1)))
            {
                found = new TermMatch(concept, start, at - start);
            }

            node = at < words.Count ? node.Next?.GetValueOrDefault(TermText.Singular(words[at])) : null;
        }

        return found;
    }

    /// <summary>A name, and those added before it that begin with the same word.</summary>
    sealed class Entry(string name, VocabularyConcept concept, Entry? before)
    {
        Node? _node;

        /// <summary>Where their common first word leads.</summary>
        public Node Node => _node ??= Read();

        /// <summary>Two threads may both read them: either node will do.</summary>
        Node Read()
        {
            var node = new Node();
            for (var entry = this; entry is not null; entry = entry.Before)
            {
                node.Add(entry.Name, entry.Concept);
            }

            return node;
        }

        string Name => name;

        VocabularyConcept Concept => concept;

        Entry? Before => before;
    }

    /// <summary>A place in the names: which name ends here, and what follows.</summary>
    sealed class Node
    {
        public VocabularyConcept? Concept { get; private set; }

        public bool CapitalsOnly { get; private set; }

        public Dictionary<string, Node>? Next { get; private set; }

        /// <summary>Adds the words of a name after the first; it takes the place of one added before.</summary>
        public void Add(string name, VocabularyConcept concept)
        {
            var node = this;
            var at = 0;
            TermText.Next(name, ref at);
            while (TermText.Next(name, ref at) is { } word)
            {
                word = TermText.Singular(word);
                node.Next ??= new(StringComparer.Ordinal);
                if (!node.Next.TryGetValue(word, out var next))
                {
                    node.Next.Add(word, next = new());
                }

                node = next;
            }

            (node.Concept, node.CapitalsOnly) = (concept, CountsOnlyInCapitals(name));
        }
    }

    static bool CountsOnlyInCapitals(string name)
    {
        var lower = name.ToLowerInvariant();
        return CapitalsOnly.Contains(lower)
            || (name.Length <= LongestAbbreviation && name.All(char.IsAsciiLetterUpper)
                && !AlsoInLowerCase.Contains(lower));
    }
}
