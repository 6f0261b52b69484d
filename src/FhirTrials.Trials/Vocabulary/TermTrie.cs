using System.Collections.Immutable;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>A name found in text: which concept, and which words of the text (from, count).</summary>
public readonly record struct TermMatch(VocabularyConcept Concept, int Start, int Length);

/// <summary>All names of the vocabulary by their words, for the longest match at a place in a text.</summary>
sealed class TermTrie
{
    /// <summary>Abbreviations that are everyday words in lower case; they count only in capitals.</summary>
    static readonly ImmutableHashSet<string> CapitalsOnly =
        ["all", "ms", "pe", "af", "ra", "cr", "sos", "tb", "aids", "cart", "pulse", "it", "alt", "kps", "who"];

    readonly Node _root = new();

    public void Add(string name, VocabularyConcept concept)
    {
        var node = _root;
        foreach (var word in TermText.Words(name))
        {
            var edge = Edge(word);
            if (!node.Next.TryGetValue(edge, out var next))
            {
                node.Next.Add(edge, next = new Node());
            }

            node = next;
        }

        node.CapitalsOnly = CapitalsOnly.Contains(name.ToLowerInvariant());
        node.Concept ??= concept;
    }

    /// <summary>The longest name that begins at <paramref name="start"/>, or null.</summary>
    /// <param name="words">In comparable form (<see cref="TermText.Words"/>).</param>
    /// <param name="inCapitals">Whether the word at an index was written in capitals.</param>
    public TermMatch? Longest(IReadOnlyList<string> words, int start, Func<int, bool> inCapitals)
    {
        TermMatch? found = null;
        var node = _root;
        for (var at = start; at < words.Count && node.Next.TryGetValue(Edge(words[at]), out var next); at++)
        {
            node = next;
            if (node.Concept is not null && (!node.CapitalsOnly || inCapitals(at)))
            {
                found = new TermMatch(node.Concept, start, at - start + 1);
            }
        }

        return found;
    }

    /// <summary>Singular and plural share an edge.</summary>
    static string Edge(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;

    sealed class Node
    {
        public Dictionary<string, Node> Next { get; } = new(StringComparer.Ordinal);

        public VocabularyConcept? Concept { get; set; }

        public bool CapitalsOnly { get; set; }
    }
}
