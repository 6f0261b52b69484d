using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>The concepts that criteria are about, with their names and codes and which is broader than which.
/// Immutable.</summary>
public sealed class ConceptVocabulary
{
    static readonly Lazy<ConceptVocabulary> Embedded = new(() => new(VocabularyTable.ReadEmbedded()));

    readonly Dictionary<string, VocabularyConcept> _byKey;
    readonly Lazy<Dictionary<string, List<string>>> _children;
    readonly ConcurrentDictionary<string, HashSet<string>> _narrower = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, ImmutableArray<VocabularyConcept>> _broader = new(StringComparer.Ordinal);
    readonly Lazy<CodeIndex> _codes;
    readonly TermTrie _names = new();

    public ConceptVocabulary(ImmutableArray<VocabularyConcept> concepts)
    {
        Concepts = concepts;
        _children = new(() => ChildrenOf(concepts));
        _codes = new(() => new(concepts));
        _byKey = new(concepts.Length, StringComparer.Ordinal);
        foreach (var concept in concepts)
        {
            _byKey.Add(concept.Key, concept);
            _names.Add(concept.Text, concept);
            foreach (var synonym in concept.Synonyms)
            {
                _names.Add(synonym, concept);
            }
        }
    }

    static ConceptVocabulary? _site;

    /// <summary>The vocabulary that comes with the product.</summary>
    public static ConceptVocabulary Product => Embedded.Value;

    /// <summary>The product's, or the site's with what it has added.</summary>
    public static ConceptVocabulary Default => Volatile.Read(ref _site) ?? Product;

    /// <summary>Sets a site's <see cref="Default"/>, at start, before criteria or records are read.</summary>
    public static void SetAtStart(ConceptVocabulary site) => Volatile.Write(ref _site, site);

    public ImmutableArray<VocabularyConcept> Concepts { get; }

    /// <summary>With further names and codes of its concepts, and further concepts. A name that another concept has
    /// stays with it.</summary>
    /// <exception cref="KeyNotFoundException">An addition is to no concept, or a parent is none.</exception>
    public ConceptVocabulary With(IEnumerable<ConceptAddition> additions, ImmutableArray<VocabularyConcept> concepts)
    {
        var byKey = additions.ToLookup(a => a.Key, StringComparer.Ordinal);
        var keys = concepts.Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        if (byKey.Select(a => a.Key).Concat(concepts.SelectMany(c => c.Parents))
            .FirstOrDefault(key => Find(key) is null && !keys.Contains(key)) is { } unknown)
        {
            throw new KeyNotFoundException($"There is no concept '{unknown}'.");
        }

        return new([.. Concepts.Concat(concepts).Select(c => !byKey.Contains(c.Key) ? c : c with
        {
            Codes = [.. c.Codes.Concat(byKey[c.Key].SelectMany(a => a.Codes)).Distinct()],
            Synonyms = [.. c.Synonyms
                .Concat(
                    byKey[c.Key].SelectMany(a => a.Names).Where(n => Lookup(n) is not { } other || other.Key == c.Key))
                .Distinct(StringComparer.Ordinal)],
        })]);
    }

    /// <summary>The concept of a key, or null.</summary>
    public VocabularyConcept? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The marker whose absence the concept is: <c>her2</c> of
    /// <c>her2-negative</c>; null for others.</summary>
    public VocabularyConcept? OppositeOf(VocabularyConcept concept)
    {
        const string negative = "-negative";
        return concept.Kind == ConceptKind.Genomic && concept.Key.EndsWith(negative, StringComparison.Ordinal)
            && Find(concept.Key[..^negative.Length]) is { Kind: ConceptKind.Genomic } marker ? marker : null;
    }

    /// <summary>The concept that a whole text names, in any spelling; or null.</summary>
    public VocabularyConcept? Lookup(string text)
    {
        var words = TermText.Words(text);
        return LongestAt(words, 0, at => IsCapitals(text, words, at)) is { } match && match.Length == words.Length
            ? match.Concept
            : null;
    }

    /// <summary>Whether <paramref name="key"/> is <paramref name="broader"/> or a kind of it.</summary>
    public bool IsA(string key, string broader) => key == broader || NarrowerOf(broader).Contains(key);

    /// <summary>The concept and all narrower ones.</summary>
    public IEnumerable<VocabularyConcept> WithNarrower(string key) => Find(key) is { } concept
        ? [concept, .. NarrowerOf(key).Order(StringComparer.Ordinal).Select(k => _byKey[k])]
        : [];

    /// <summary>The keys of all narrower concepts.</summary>
    public IReadOnlySet<string> NarrowerKeys(string key) => NarrowerOf(key);

    /// <summary>The concepts but tests that the concept is a kind of, in the vocabulary's order.</summary>
    public ImmutableArray<VocabularyConcept> BroaderThan(string key) => _broader.GetOrAdd(
        key,
        static (key, all) =>
        {
            var broader = all.WithBroader(key).Where(c => c.Key != key && c.Kind != ConceptKind.Test)
                .Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
            return [.. all.Concepts.Where(c => broader.Contains(c.Key))];
        },
        this);

    /// <summary>Whether there are kinds of the concept.</summary>
    public bool HasNarrower(string key) => _children.Value.ContainsKey(key);

    /// <summary>The concept and all broader ones.</summary>
    public IEnumerable<VocabularyConcept> WithBroader(string key)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([key]);
        while (open.TryPop(out var narrower))
        {
            if (Find(narrower) is { } concept && found.Add(narrower))
            {
                yield return concept;
                foreach (var parent in concept.Kind == ConceptKind.Test ? [] : concept.Parents)
                {
                    open.Push(parent);
                }
            }
        }
    }

    /// <summary>The longest name in comparable words (<see cref="TermText.Words"/>) at a place, or null.</summary>
    public TermMatch? LongestAt(IReadOnlyList<string> words, int start, Func<int, bool> inCapitals) =>
        _names.Longest(words, start, inCapitals);

    /// <summary>The concepts that a code names directly, without the broader ones unless
    /// their own patterns cover it.</summary>
    /// <param name="system">A URI.</param>
    public IEnumerable<VocabularyConcept> WithCode(string system, string code) =>
        _codes.Value.Of(CodeSystems.KeyOf(system), code);

    /// <summary>The names that a text of a record states: <c>B-ALL</c> of <c>B-ALL without CNS
    /// involvement</c>.</summary>
    public IEnumerable<TermMatch> Mentions(string text) =>
        Statements.Of(TermText.Words(text), Names(text)).Where(s => s.Standing == Standing.Stated).Select(s => s.Name);

    /// <summary>The names that a text denies or doubts: <c>HIV</c> of <c>HIV negative</c>. They state nothing, nor is
    /// it sure what they deny.</summary>
    public IEnumerable<TermMatch> Doubts(string text) =>
        Statements.Of(TermText.Words(text), Names(text)).Where(s => s.Standing == Standing.Doubted).Select(s => s.Name);

    /// <summary>All names in a text, whatever is said of them; the longest at each place.</summary>
    public IEnumerable<TermMatch> Names(string text)
    {
        var words = TermText.Words(text);
        for (var at = 0; at < words.Length;)
        {
            if (LongestAt(words, at, i => IsCapitals(text, words, i)) is { } match)
            {
                yield return match;
                at += match.Length;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>Whether the word is written in capitals somewhere in the text, standing alone.</summary>
    static bool IsCapitals(string text, ImmutableArray<string> words, int at)
    {
        var capitals = words[at].ToUpperInvariant();
        for (var found = text.IndexOf(capitals, StringComparison.Ordinal); found >= 0;
            found = text.IndexOf(capitals, found + 1, StringComparison.Ordinal))
        {
            var end = found + capitals.Length;
            if ((found == 0 || !char.IsLetterOrDigit(text[found - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    static Dictionary<string, List<string>> ChildrenOf(ImmutableArray<VocabularyConcept> concepts)
    {
        var children = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var concept in concepts)
        {
            foreach (var parent in concept.Kind == ConceptKind.Test ? [] : concept.Parents)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(children, parent, out _) ??= []).Add(concept.Key);
            }
        }

        return children;
    }

    HashSet<string> NarrowerOf(string key) => _narrower.GetOrAdd(key, static (key, children) =>
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([key]);
        while (open.TryDequeue(out var broader))
        {
            foreach (var child in children.GetValueOrDefault(broader) ?? [])
            {
                if (found.Add(child))
                {
                    open.Enqueue(child);
                }
            }
        }

        return found;
    }, _children.Value);
}
