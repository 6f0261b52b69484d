using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>Tests whether a CodeableConcept has one of the codes, or is named so where that is all it says.</summary>
static class ConceptTest
{
    /// <summary>The longest list that is written as a union; a longer one is a regular expression that says each
    /// beginning once.</summary>
    const int MostListed = 8;

    const int LongestRegex = 1_900;

    /// <summary>As many characters of names of narrower concepts are written; beyond, their codes must do.</summary>
    const int MostNames = 600;

    /// <summary>The test, to be used as the criterion of <c>where</c> on CodeableConcepts; null where the concepts have
    /// neither codes nor names.</summary>
    /// <param name="concepts">The concepts asked for, then those that count as well.</param>
    /// <param name="asked">How many are asked for: their names are always written.</param>
    /// <param name="namesBesideCodes">Whether a name counts where there is a code too.</param>
    public static string? Of(ImmutableArray<VocabularyConcept> concepts, bool namesBesideCodes = true, int asked = 1)
    {
        var codes = concepts.SelectMany(c => c.Codes).Distinct().GroupBy(c => c.System)
            .Select(g => $"{Systems(g.Key)} and ({IsOneOf([.. g.Select(c => c.Code)])})")
            .ToArray();
        var names = Names(concepts, asked);
        List<string> tests = [];
        if (codes.Length > 0)
        {
            tests.Add($"coding.where({string.Join(" or ", codes.Length == 1 ? codes : codes.Select(c => $"({c})"))})"
                + ".exists()");
        }

        if (names.Length > 0)
        {
            var named = $"text.lower() in {Snippets.Union(names)}";
            tests.Add(namesBesideCodes ? named : $"(coding.empty() and {named})");
        }

        return tests.Count == 0 ? null : string.Join(" or ", tests);
    }

    /// <summary>A test for exactly these codes of the concept itself, which no narrower concept has too.</summary>
    public static string? OfOwnCodes(VocabularyConcept concept, ConceptVocabulary vocabulary)
    {
        var own = concept.Codes
            .Select(c => c with { Code = c.Code.TrimEnd('*').TrimEnd('.') })
            .Where(c => c.Code.Length > 2 && vocabulary.WithCode(CodeSystems.UriOf(c.System), c.Code)
                .All(n => vocabulary.IsA(concept.Key, n.Key)));
        return Of([concept with { Codes = [.. own], }]);
    }

    static string[] Names(ImmutableArray<VocabularyConcept> concepts, int asked)
    {
        var own = concepts.Take(asked).SelectMany(Names).Distinct().ToArray();
        var all = own.Concat(concepts.Skip(asked).SelectMany(Names)).Distinct().ToArray();
        return all.Sum(n => n.Length + 5) <= MostNames ? all : own;
    }

    /// <summary>Names that mean the concept in small letters too.</summary>
    static IEnumerable<string> Names(VocabularyConcept concept) => concept.Synonyms.Prepend(concept.Text)
        .Select(n => n.ToLowerInvariant())
        .Where(n => ConceptVocabulary.Default.Mentions(n).ToArray() is [var only] && only.Concept.Key == concept.Key);

    static string Systems(string key)
    {
        var uris = CodeSystems.UrisOf(key).ToArray();
        return uris.Length == 1 ? $"system = {Snippets.Quoted(uris[0])}" : $"system in {Snippets.Union(uris)}";
    }

    static string IsOneOf(ImmutableArray<string> codes)
    {
        var beginnings = codes.Where(c => c.EndsWith('*')).Select(c => c[..^1]).Distinct()
            .Order(StringComparer.Ordinal).ToArray();
        string[] widest =
            [.. beginnings.Where(b => !beginnings.Any(o => o != b && b.StartsWith(o, StringComparison.Ordinal)))];
        string[] listed = [.. codes.Order(StringComparer.Ordinal)
            .Where(c => !c.EndsWith('*') && !widest.Any(b => c.StartsWith(b, StringComparison.Ordinal)))];
        return widest.Length == 0 && listed.Length <= MostListed
            ? listed.Length == 1 ? $"code = {Snippets.Quoted(listed[0])}" : $"code in {Snippets.Union(listed)}"
            : widest.Length == 1 && listed.Length == 0 ? $"code.startsWith({Snippets.Quoted(widest[0])})"
            : string.Join(" or ", Regexes(listed, widest).Select(r => $"code.matches({Snippets.Quoted($"^({r})$")})"));
    }

    /// <summary>One regular expression, or several where it would be too long for an engine.</summary>
    static IEnumerable<string> Regexes(string[] listed, string[] beginnings)
    {
        var regex = CodeRegex.Of(listed, beginnings);
        return regex.Length <= LongestRegex || listed.Length + beginnings.Length < 2 ? [regex]
            : Regexes(listed[..(listed.Length / 2)], beginnings[..(beginnings.Length / 2)])
                .Concat(Regexes(listed[(listed.Length / 2)..], beginnings[(beginnings.Length / 2)..]));
    }
}
