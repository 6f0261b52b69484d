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
        ("haem", "hem"), ("leuk\u00e6", "leuke"), ("leukaem", "leukem"), ("leucoc", "leukoc"), ("oedem", "edem"),
            ("tumour", "tumor"),
        ("oesoph", "esoph"), ("diarrhoea", "diarrhea"), ("paediatr", "pediatr"), ("ischaem", "ischem"),
            ("anaem", "anem"),
        ("coeliac", "celiac"), ("gynaec", "gynec"), ("septicaem", "septicem"), ("allogenic", "allogeneic"),
            ("foetal", "fetal"),
        ("glycaem", "glycem"), ("lipidaem", "lipidem"), ("kalaem", "kalem"), ("natraem", "natrem"),
            ("bacteraem", "bacterem"),
    ];

    /// <summary>The words of a name in comparable form. <c>+</c> and a final <c>-</c> (Ph+, Ph-) stay part of their
    /// word.</summary>
    public static ImmutableArray<string> Words(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || IsApostrophe(text, at)))
            {
                at++;
            }

            var end = at;
            at = EndOfSign(text, at);
            words.Add(Word(text[start..end]) + (at > end ? text[end].ToString() : ""));
        }

        return words.ToImmutable();
    }

    /// <summary>One word in comparable form: lower case, no accents or apostrophes, American.</summary>
    public static string Word(string word)
    {
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

        foreach (var (british, american) in Spellings)
        {
            plain.Replace(british, american);
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
