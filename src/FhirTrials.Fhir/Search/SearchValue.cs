using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.Search;

/// <summary>What a value of a search asks for, typed by the kind of its parameter.</summary>
public abstract record SearchValue
{
    private protected SearchValue()
    {
    }
}

/// <summary>Any value but that one.</summary>
public sealed record OtherValue(SearchValue Value) : SearchValue;

/// <summary>How an ordered value is compared — https://hl7.org/fhir/R4/search.html#prefix</summary>
public enum SearchPrefix
{
    Eq,
    Ne,
    Gt,
    Lt,
    Ge,
    Le,
    Sa,
    Eb,
    Ap,
}

/// <summary>Prefixes and escapes of search values — https://hl7.org/fhir/R4/search.html#escaping</summary>
static class SearchText
{
    /// <summary>Splits off a leading prefix such as <c>ge</c>; none means <c>eq</c>.</summary>
    public static (SearchPrefix Prefix, string Text) TakePrefix(string text)
    {
        SearchPrefix? prefix = text.Length < 2 ? null : text[..2] switch
        {
            "eq" => SearchPrefix.Eq,
            "ne" => SearchPrefix.Ne,
            "gt" => SearchPrefix.Gt,
            "lt" => SearchPrefix.Lt,
            "ge" => SearchPrefix.Ge,
            "le" => SearchPrefix.Le,
            "sa" => SearchPrefix.Sa,
            "eb" => SearchPrefix.Eb,
            "ap" => SearchPrefix.Ap,
            _ => null,
        };
        return prefix is { } known ? (known, text[2..]) : (SearchPrefix.Eq, text);
    }

    /// <summary>Splits at unescaped separators; the parts keep their escapes.</summary>
    public static ImmutableArray<string> Split(string text, char separator)
    {
        var parts = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts.ToImmutable();
    }

    /// <summary>Undoes <c>\, \| \$ \\</c>; any other escape is an error.</summary>
    public static bool TryUnescape(string text, [NotNullWhen(true)] out string? unescaped)
    {
        unescaped = text;
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return true;
        }

        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && (++i == text.Length || text[i] is not (',' or '|' or '$' or '\\')))
            {
                unescaped = null;
                return false;
            }

            result.Append(text[i]);
        }

        unescaped = result.ToString();
        return true;
    }
}
