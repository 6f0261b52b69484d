using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>Brings names to one spelling, so that <c>B-precursor ALL</c>, <c>B precursor ALL</c> and
/// <c>haemoglobin</c>, <c>hemoglobin</c> compare equal: words in lower case, hyphens and other marks as gaps, British
/// as American.</summary>
public static class TermText
{
    static readonly (string British, string American)[] Spellings =
    [
        ("leuk\u00e6", "leuke"), ("haem", "hem"), ("leukaem", "leukem"), ("leucoc", "leukoc"), ("oedem", "edem"),
        ("tumour", "tumor"), ("oesoph", "esoph"), ("paediatr", "pediatr"), ("ischaem", "ischem"), ("anaem", "anem"),
        ("coeliac", "celiac"), ("gynaec", "gynec"), ("septicaem", "septicem"), ("allogenic", "allogeneic"),
        ("foetal", "fetal"), ("aemi", "emi"), ("rrhoea", "rrhea"), ("pnoea", "pnea"), ("sulph", "sulf"),
        ("oestr", "estr"), ("globulinaem", "globulinem"), ("anaesth", "anesth"), ("orthopaed", "orthoped"),
        ("faec", "fec"), ("caesar", "cesar"), ("aetiolog", "etiolog"), ("isation", "ization"), ("labour", "labor"),
        ("behaviour", "behavior"), ("fibre", "fiber"), ("hospitalis", "hospitaliz"), ("catheteris", "catheteriz"),
        ("sterilis", "steriliz"), ("oestro", "estro"), ("centre", "center"),
    ];

    static readonly SearchValues<char> Ascii =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    static readonly SearchValues<string> British =
        SearchValues.Create([.. Spellings.Select(s => s.British)], StringComparison.Ordinal);

    /// <summary>The words of a name in comparable form. <c>+</c> and a final <c>-</c> (Ph+,
    /// Ph-) stay part of their word.</summary>
    public static ImmutableArray<string> Words(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (Next(text, ref at) is { } word)
        {
            words.Add(word);
        }

        return words.ToImmutable();
    }

    /// <summary>The first word from a place on, in comparable form, and moves the place behind
    /// it; null where none follows.</summary>
    internal static string? Next(string text, ref int at)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return null;
        }

        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || IsApostrophe(text, at)))
        {
            at++;
        }

        var end = at;
        at = EndOfSign(text, at);
        var word = Word(text[start..end]);
        return at > end ? word + text[end] : word;
    }

    /// <summary>The same for all spellings of a name, the plural included.</summary>
    public static string Key(string name) => string.Join(' ', Words(name).Select(Singular));

    /// <summary>The singular of a word in comparable form, or what it shares with its singular.</summary>
    internal static string Singular(string word) =>
        word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') ? word[..^1] : word;

    /// <summary>One word in comparable form: lower case, no accents or apostrophes, American.</summary>
    public static string Word(string word)
    {
        var plain = Plain(word);
        if (plain.AsSpan().ContainsAny(British))
        {
            foreach (var (british, american) in Spellings)
            {
                plain = plain.Replace(british, american, StringComparison.Ordinal);
            }
        }

        return plain;
    }

    static string Plain(string word)
    {
        if (!word.AsSpan().ContainsAnyExcept(Ascii))
        {
            return word.ToLowerInvariant();
        }

        var plain = new StringBuilder(word.Length);
        foreach (var c in word.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                plain.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && !IsQuote(c))
            {
                plain.Append(c);
            }
        }

        return plain.ToString();
    }

    /// <summary>Whether a <c>+</c> or a <c>-</c> after the word belongs to it: <c>Ph+</c>, <c>Ph-</c>, <c>MRD+</c>; a
    /// hyphen before another word does not.</summary>
    static int EndOfSign(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('+' or '-'))
        {
            return at;
        }

        var free = at + 1 >= text.Length || !char.IsLetterOrDigit(text[at + 1]);
        return text[at] == '+' || free ? at + 1 : at;
    }

    static bool IsApostrophe(string text, int at) =>
        IsQuote(text[at]) && at + 1 < text.Length && char.IsLetter(text[at + 1]);

    static bool IsQuote(char c) => c is '\'' or '\u2019';
}
