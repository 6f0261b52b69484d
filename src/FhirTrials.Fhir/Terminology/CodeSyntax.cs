using System.Buffers;
using System.Collections.Frozen;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.Terminology;

/// <summary>Systems whose codes are a grammar, or a list of ISO's, rather than a CodeSystem resource. Of a grammar only
/// the form is checked.</summary>
static class CodeSyntax
{
    public const string Ucum = "http://unitsofmeasure.org";

    // RFC 5646 §2.1, "irregular": tags from before the grammar.
    static readonly FrozenSet<string> Irregular =
        FrozenSet.ToFrozenSet(["en-GB-oed", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE"], StringComparer.OrdinalIgnoreCase);

    // RFC 6838 §4.2, without its length limits for parameters' values.
    static readonly SearchValues<char> MimeName =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&-^_.+*");

    static readonly SearchValues<char> CapitalsAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Whether a code is well-formed in such a system; undecidable for any other system.</summary>
    public static Membership Check(string system, string code) => system switch
    {
        "urn:ietf:bcp:47" => MembershipLogic.Of(IsLanguageTag(code)),
        "urn:ietf:bcp:13" or "http://hl7.org/fhir/ValueSet/mimetypes" => MembershipLogic.Of(IsMimeType(code)),
        Ucum => MembershipLogic.Of(Units.IsValid(code)),
        "urn:iso:std:iso:4217" => MembershipLogic.Of(IsoCodes.Currencies.Contains(code)),
        "urn:iso:std:iso:3166" => MembershipLogic.Of(IsoCodes.Countries.Contains(code)),
        "urn:iso:std:iso:3166:-2" => MembershipLogic.Of(IsSubdivision(code)),
        _ => Membership.Undecidable,
    };

    /// <summary>A well-formed language tag — https://www.rfc-editor.org/rfc/rfc5646#section-2.1. Whether its parts are
    /// registered is not looked up.</summary>
    public static bool IsLanguageTag(string tag)
    {
        if (Irregular.Contains(tag))
        {
            return true;
        }

        var parts = tag.Split('-');
        if (parts.Any(p => p.Length is 0 or > 8 || !p.All(char.IsAsciiLetterOrDigit)))
        {
            return false;
        }

        if (parts[0] is "x" or "X" or "i" or "I")
        {
            return parts.Length > 1;
        }

        return parts[0].Length is 2 or 3 or (>= 5 and <= 8)
            && parts[0].All(char.IsAsciiLetter)
            && AreSubtags(parts.AsSpan(1));
    }

    /// <summary>A media type such as <c>text/plain; charset=utf-8</c> —
    /// https://www.rfc-editor.org/rfc/rfc2045#section-5.1</summary>
    public static bool IsMimeType(string text)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var type = text.AsSpan(0, end < 0 ? text.Length : end).Trim();
        var slash = type.IndexOf('/');
        return slash > 0 && IsMimeName(type[..slash]) && IsMimeName(type[(slash + 1)..])
            && (end < 0 || text[(end + 1)..].Split(';').All(p => p.IndexOf('=', StringComparison.Ordinal) > 0));
    }

    /// <summary>ISO 3166-2: a country and up to three letters or digits, <c>US-CA</c>. Which
    /// there are is not looked up.</summary>
    static bool IsSubdivision(string code) =>
        code.Length is >= 4 and <= 6 && code[2] == '-' && IsoCodes.Countries.Contains(code[..2])
        && code.AsSpan(3).IndexOfAnyExcept(CapitalsAndDigits) < 0;

    static bool IsMimeName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 127 && name.IndexOfAnyExcept(MimeName) < 0;

    // Extended languages, script, region, variants; then singletons, each with at least one subtag.
    static bool AreSubtags(ReadOnlySpan<string> parts)
    {
        var rank = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 1)
            {
                return AreExtensions(parts[i..]);
            }

            var next = RankOf(parts[i]);
            if (next < rank || (next == rank && next is 1 or 2))
            {
                return false;
            }

            rank = next;
        }

        return true;
    }

    // A singleton and its subtags, again and again; all that follows an x is private.
    static bool AreExtensions(ReadOnlySpan<string> parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length == 1
                && (i + 1 == parts.Length || (parts[i + 1].Length == 1 && parts[i] is not ("x" or "X"))))
            {
                return false;
            }

            if (parts[i] is "x" or "X")
            {
                return true;
            }
        }

        return true;
    }

    static int RankOf(string part) => part.Length switch
    {
        3 when part.All(char.IsAsciiLetter) => 0,
        4 when part.All(char.IsAsciiLetter) => 1,
        2 when part.All(char.IsAsciiLetter) => 2,
        3 when part.All(char.IsAsciiDigit) => 2,
        >= 5 => 3,
        4 when char.IsAsciiDigit(part[0]) => 3,
        _ => -1,
    };
}
