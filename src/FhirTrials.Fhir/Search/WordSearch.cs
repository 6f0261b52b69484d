using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>All different words of a resource, in order, and which of them its narrative has.</summary>
public sealed record WordsEntry(string Index, ImmutableArray<(string Word, bool InNarrative)> Words)
    : IndexEntry(Index, 0);

/// <param name="InNarrative">Whether it must stand in the narrative, or anywhere.</param>
public sealed record WordValue(string Word, bool InNarrative) : SearchValue;

/// <summary>Words of a resource's narrative (<c>_text</c>) and of all its texts
/// (<c>_content</c>) — https://hl7.org/fhir/R4/search.html#content. A word is a run of letters
/// and digits, without case and accents.</summary>
static class WordSearch
{
    /// <summary>One index for both parameters, since the words of the narrative are among all words.</summary>
    public const string Index = "http://hl7.org/fhir/SearchParameter/Resource-content";

    /// <summary>The first different words of a resource that are indexed; no one searches for the others.</summary>
    public const int MaxWords = 10_000;

    const int MaxLength = 64;

    public static WordsEntry? Extract(Element resource)
    {
        var words = new Dictionary<string, bool>(StringComparer.Ordinal);
        var div = resource.At("text", "div");
        var isWhole = div is null || Add(div, words, inNarrative: true, MaxWords) < MaxWords;
        Collect(resource, isWhole ? div : null, words);
        return words.Count == 0 ? null : new(Index, Sorted(words));
    }

    static ImmutableArray<(string Word, bool InNarrative)> Sorted(Dictionary<string, bool> words)
    {
        var sorted = new (string Word, bool InNarrative)[words.Count];
        var count = 0;
        foreach (var (word, inNarrative) in words)
        {
            sorted[count++] = (word, inNarrative);
        }

        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Word, b.Word));
        return ImmutableCollectionsMarshal.AsImmutableArray(sorted);
    }

    /// <summary>All words must occur; null where there is none.</summary>
    public static SearchFilter? Filter(string text, bool inNarrative)
    {
        ImmutableArray<SearchFilter> words =
            [.. Distinct(text).Select(w => new IndexFilter(Index, [new WordValue(w, inNarrative)]))];
        return words switch
        {
            [] => null,
            [var only] => only,
            _ => new AllFilter(words),
        };
    }

    /// <param name="known">A text whose words are there already.</param>
    static void Collect(Element element, Element? known, Dictionary<string, bool> words)
    {
        foreach (var child in element.Children)
        {
            if (child.Value is not null && child != known
                && child.Type.Name is "string" or "markdown" or "code" or "xhtml")
            {
                Add(child, words, inNarrative: false, int.MaxValue);
            }

            Collect(child, known, words);
        }
    }

    static int Add(Element text, Dictionary<string, bool> words, bool inNarrative, int most) =>
        Add(text.Type.Name == "xhtml" ? WithoutTags(text.Value ?? "") : text.Value ?? "", words, inNarrative, most);

    /// <summary>Adds the first words of a text; gives how many those are.</summary>
    static int Add(string text, Dictionary<string, bool> words, bool inNarrative, int most)
    {
        var buffer = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        ReadOnlySpan<char> normal =
            Ascii.ToLower(text, buffer, out _) == OperationStatus.Done ? buffer : StringSearch.Normalise(text);
        var (added, known) = (0, words.GetAlternateLookup<ReadOnlySpan<char>>());
        foreach (var word in Words(normal))
        {
            if (added >= most || words.Count >= MaxWords)
            {
                break;
            }

            known.TryAdd(word, inNarrative);
            added++;
        }

        return added;
    }

    static string WithoutTags(string xhtml) =>
        WebUtility.HtmlDecode(string.Create(xhtml.Length, xhtml, (text, tagged) =>
        {
            var isTag = false;
            for (var i = 0; i < text.Length; i++)
            {
                isTag = tagged[i] == '<' || (isTag && tagged[i] != '>');
                text[i] = isTag || tagged[i] == '>' ? ' ' : tagged[i];
            }
        }));

    static Dictionary<string, bool>.KeyCollection Distinct(string text)
    {
        var words = new Dictionary<string, bool>(StringComparer.Ordinal);
        Add(text, words, inNarrative: false, int.MaxValue);
        return words.Keys;
    }

    /// <param name="text">In lower case and without accents.</param>
    static WordEnumerator Words(ReadOnlySpan<char> text) => new(text);

    ref struct WordEnumerator(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> _rest = text;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly WordEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            var start = 0;
            while (start < _rest.Length && !IsOfWord(_rest[start]))
            {
                start++;
            }

            var end = start;
            while (end < _rest.Length && IsOfWord(_rest[end]))
            {
                end++;
            }

            Current = _rest[start..End(_rest, start, end)];
            _rest = _rest[end..];
            return end > start;
        }

        static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);

        /// <summary>Not within a surrogate pair.</summary>
        static int End(ReadOnlySpan<char> text, int start, int end) => end - start <= MaxLength ? end
            : start + MaxLength - (char.IsHighSurrogate(text[start + MaxLength - 1]) ? 1 : 0);
    }
}
