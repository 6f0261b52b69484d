using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>The concepts that criteria are about, with their names and codes and which is broader than which.
/// Immutable.</summary>
public sealed class ConceptVocabulary
{
    static readonly Lazy<ConceptVocabulary> Embedded =
        new(() => new(VocabularyTable.ReadEmbedded("conditions", "measurements", "therapies")));

    readonly FrozenDictionary<string, VocabularyConcept> _byKey;
    readonly FrozenDictionary<string, ImmutableHashSet<string>> _narrower;
    readonly TermTrie _names = new();

    public ConceptVocabulary(ImmutableArray<VocabularyConcept> concepts)
    {
        Concepts = concepts;
        _byKey = concepts.ToFrozenDictionary(c => c.Key);
        foreach (var concept in concepts)
        {
            _names.Add(concept.Text, concept);
            foreach (var synonym in concept.Synonyms)
            {
                _names.Add(synonym, concept);
            }
        }

        _narrower = concepts.ToFrozenDictionary(c => c.Key, c => NarrowerOf(c.Key, concepts));
    }

    /// <summary>The vocabulary that comes with the product.</summary>
    public static ConceptVocabulary Default => Embedded.Value;

    public ImmutableArray<VocabularyConcept> Concepts { get; }

    /// <summary>The concept of a key, or null.</summary>
    public VocabularyConcept? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The concept that a whole text names, in any spelling; or null.</summary>
    public VocabularyConcept? Lookup(string text)
    {
        var words = TermText.Words(text);
        return LongestAt(words, 0, at => IsCapitals(text, words, at)) is { } match && match.Length == words.Length
            ? match.Concept
            : null;
    }

    /// <summary>Whether <paramref name="key"/> is <paramref name="broader"/> or a kind of it.</summary>
    public bool IsA(string key, string broader) =>
        key == broader || (_narrower.TryGetValue(broader, out var narrower) && narrower.Contains(key));

    /// <summary>The concept and all narrower ones.</summary>
    public IEnumerable<VocabularyConcept> WithNarrower(string key) =>
        Find(key) is { } concept ? [concept, .. _narrower[key].Order(StringComparer.Ordinal).Select(k => _byKey[k])]
            : [];

    /// <summary>Whether a code says that the concept or a narrower one is meant. The system is a URI.</summary>
    public bool MatchCode(string conceptKey, string system, string code) =>
        CodeSystems.KeyOf(system) is { } key
        && WithNarrower(conceptKey).Any(c => c.Kind != ConceptKind.Test && c.Codes.Any(p => p.Matches(key, code)));

    /// <summary>Whether a text of a record names the concept or a narrower one, and does not deny it.</summary>
    public bool MatchText(string conceptKey, string text)
    {
        foreach (var match in Mentions(text))
        {
            if (IsA(match.Concept.Key, conceptKey))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tests whose positive result states the concept: <c>hiv-test</c> for <c>hiv</c>.</summary>
    public IEnumerable<VocabularyConcept> TestsFor(string conceptKey) =>
        Concepts.Where(c => c.Kind == ConceptKind.Test && c.Parents.Contains(conceptKey));

    /// <summary>The longest name in comparable words (<see cref="TermText.Words"/>) at a place, or null.</summary>
    public TermMatch? LongestAt(IReadOnlyList<string> words, int start, Func<int, bool> inCapitals) =>
        _names.Longest(words, start, inCapitals);

    /// <summary>The concepts that a code names directly, without the broader ones unless their own patterns cover
    /// it.</summary>
    public IEnumerable<VocabularyConcept> WithCode(string system, string code) =>
        CodeSystems.KeyOf(system) is { } key ? Concepts.Where(c => c.Codes.Any(p => p.Matches(key, code))) : [];

    /// <summary>The names that a text of a record states: <c>B-ALL</c> of <c>B-ALL without CNS involvement</c>.</summary>
    public IEnumerable<TermMatch> Mentions(string text) =>
        Statements.Of(TermText.Words(text), Names(text)).Where(s => s.Standing == Standing.Stated).Select(s => s.Name);

    /// <summary>The names that a text denies or doubts: <c>HIV</c> of <c>HIV negative</c>. They state nothing, nor is it
    /// sure what they deny.</summary>
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

    static ImmutableHashSet<string> NarrowerOf(string key, ImmutableArray<VocabularyConcept> concepts)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>([key]);
        while (open.TryDequeue(out var broader))
        {
            foreach (var concept in concepts)
            {
                if (concept.Kind != ConceptKind.Test && concept.Parents.Contains(broader) && found.Add(concept.Key))
                {
                    open.Enqueue(concept.Key);
                }
            }
        }

        return [.. found];
    }
}
