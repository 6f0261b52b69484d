using System.Collections.Immutable;
using System.Net;
using System.Text;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Search;

/// <summary>Words of a resource's narrative (<c>_text</c>) and of all its texts (<c>_content</c>) —
/// https://hl7.org/fhir/R4/search.html#content. A word is a run of letters and digits, without case and accents; it is
/// indexed like a code without system.</summary>
static class WordSearch
{
    public const string Narrative = "http://hl7.org/fhir/SearchParameter/DomainResource-text";
    public const string Content = "http://hl7.org/fhir/SearchParameter/Resource-content";

    /// <summary>The first different words of a resource that are indexed; no one searches for the others.</summary>
    public const int MaxWords = 10_000;

    const int MaxLength = 64;

    static readonly string[] TextTypes = ["string", "markdown", "code", "xhtml"];

    public static bool IsIndex(string url) => url is Narrative or Content;

    public static IEnumerable<IndexEntry> Extract(Element resource)
    {
        var narrative = resource.At("text", "div") is { } div ? Words(Plain(div)).Take(MaxWords).ToHashSet(StringComparer.Ordinal) : [];
        var content = new HashSet<string>(narrative, StringComparer.Ordinal);
        Collect(resource, content);
        return [.. narrative.Select(w => new TokenEntry(Narrative, 0, null, w)), .. content.Select(w => new TokenEntry(Content, 0, null, w))];
    }

    /// <summary>All words must occur; null where there is none.</summary>
    public static SearchFilter? Filter(string index, string text)
    {
        ImmutableArray<SearchFilter> words =
            [.. Words(text).Distinct().Select(w => new IndexFilter(index, [new TokenValue(TokenSystem.Any, null, w)]))];
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
                yield return normal[start..Math.Min(i, start + MaxLength)];
                start = -1;
            }
        }
    }
}
