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
        var narrative = resource.At("text", "div") is { } div ? Words(Plain(div)).Take(MaxWords).ToHashSet(StringComparer.Ordinal) : [];
        var content = new HashSet<string>(narrative, StringComparer.Ordinal);
        Collect(resource, content);
        return content.Count == 0 ? null
            : new(Index, [.. content.Order(StringComparer.Ordinal).Select(w => (w, narrative.Contains(w)))]);
    }

    /// <summary>All words must occur; null where there is none.</summary>
    public static SearchFilter? Filter(string text, bool inNarrative)
    {
        ImmutableArray<SearchFilter> words =
            [.. Words(text).Distinct().Select(w => new IndexFilter(Index, [new WordValue(w, inNarrative)]))];
        return words switch
        {
            [] => null,
            [var only] => only,
            _ => new AllFilter(words),
        };
    }

    static void Collect(Element element, HashSet<string> words)
    {
        foreach (var child in element.Children)
        {
            if (child.Value is not null && TextTypes.Contains(child.Type.Name))
            {
                foreach (var word in Words(Plain(child)))
                {
                    if (words.Count >= MaxWords)
                    {
                        return;
                    }

                    words.Add(word);
                }
            }

            Collect(child, words);
        }
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

    static IEnumerable<string> Words(string text)
    {
        var normal = StringSearch.Normalise(text);
        var start = -1;
        for (var i = 0; i <= normal.Length; i++)
        {
            if (i < normal.Length && (char.IsLetterOrDigit(normal[i]) || char.IsSurrogate(normal[i])))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                yield return normal[start..End(normal, start, i)];
                start = -1;
            }
        }
    }

    /// <summary>Not within a surrogate pair.</summary>
    static int End(string text, int start, int end) => end - start <= MaxLength ? end
        : start + MaxLength - (char.IsHighSurrogate(text[start + MaxLength - 1]) ? 1 : 0);
}
