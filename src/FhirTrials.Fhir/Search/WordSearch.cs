using System.Collections.Immutable;
using System.Net;
using System.Text;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>All different words of a resource, in order, and which of them its narrative has.</summary>
public sealed record WordsEntry(string Index, ImmutableArray<(string Word, bool InNarrative)> Words) : IndexEntry(Index, 0);

/// <param name="InNarrative">Whether it must stand in the narrative, or anywhere.</param>
public sealed record WordValue(string Word, bool InNarrative) : SearchValue;

/// <summary>Words of a resource's narrative (<c>_text</c>) and of all its texts (<c>_content</c>) —
/// https://hl7.org/fhir/R4/search.html#content. A word is a run of letters and digits, without case and accents.</summary>
static class WordSearch
{
    /// <summary>One index for both parameters, since the words of the narrative are among all words.</summary>
    public const string Index = "http://hl7.org/fhir/SearchParameter/Resource-content";

    /// <summary>The first different words of a resource that are indexed; no one searches for the others.</summary>
    public const int MaxWords = 10_000;

    const int MaxLength = 64;

    static readonly string[] TextTypes = ["string", "markdown", "code", "xhtml"];

    public static WordsEntry? Extract(Element resource)
    {
        var narrative = new HashSet<string>(StringComparer.Ordinal);
        var div = resource.At("text", "div");
        var isWhole = div is null || Add(Plain(div), narrative, MaxWords) < MaxWords;
        var content = div is null ? narrative : new(narrative, StringComparer.Ordinal);
        Collect(resource, isWhole ? div : null, content);
        if (content.Count == 0)
        {
            return null;
        }

        string[] words = [.. content];
        Array.Sort(words, string.CompareOrdinal);
        return new(Index, [.. words.Select(w => (w, div is not null && narrative.Contains(w)))]);
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
    static void Collect(Element element, Element? known, HashSet<string> words)
    {
        foreach (var child in element.Children)
        {
            if (child.Value is not null && child != known && TextTypes.Contains(child.Type.Name))
            {
                Add(Plain(child), words, int.MaxValue);
            }

            Collect(child, known, words);
        }
    }

    /// <summary>Adds the first words of a text; gives how many those are.</summary>
    static int Add(string text, HashSet<string> words, int most)
    {
        var (added, known) = (0, words.GetAlternateLookup<ReadOnlySpan<char>>());
        foreach (var word in Words(StringSearch.Normalise(text)))
        {
            if (added >= most || words.Count >= MaxWords)
            {
                break;
            }

            known.Add(word);
            added++;
        }

        return added;
    }

    static string Plain(Element text) => text.Type.Name == "xhtml" ? WithoutTags(text.Value ?? "") : text.Value ?? "";

    static string WithoutTags(string xhtml)
    {
        var text = new StringBuilder(xhtml.Length);
        var isTag = false;
        foreach (var c in xhtml)
        {
            isTag = c == '<' || (isTag && c != '>');
            text.Append(isTag || c == '>' ? ' ' : c);
        }

        return WebUtility.HtmlDecode(text.ToString());
    }

    static HashSet<string> Distinct(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Add(text, words, int.MaxValue);
        return words;
    }

    /// <param name="text">Normalised.</param>
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
