using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching;

/// <summary>A condition as registered may list several, each of which is enough: <c>Leukemia, Lymphoma</c>. What only
/// qualifies a disease stays with it: <c>Relapsed/Refractory B-ALL</c>, <c>Leukemia, Adult</c>.</summary>
static class ConditionText
{
    const string Separators = ",;/|";

    /// <summary>What no disease is a kind of, nor a habit: <c>Blinatumomab</c> names the treatment, not who is
    /// treated.</summary>
    public const string Treatment = "anticancer-therapy";

    static readonly FrozenSet<string> Qualifiers = new[]
    {
        "adult", "adults", "pediatric", "childhood", "child", "children", "adolescent", "adolescents", "young",
        "elderly", "male", "female", "acute", "chronic", "recurrent", "primary", "secondary", "advanced", "metastatic",
        "localized", "unspecified", "nos", "other", "mild", "moderate", "severe", "stage", "grade", "type", "phase",
        "i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5", "in", "of", "the", "and", "to",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The conditions that a text lists, in order; itself where it lists none.</summary>
    public static ImmutableArray<string> Parts(string text, ConceptVocabulary vocabulary)
    {
        var pieces = Pieces(text, vocabulary);
        if (pieces.Length < 2)
        {
            return [text];
        }

        if (Inverted(text, pieces, vocabulary) is { } name)
        {
            return [name];
        }

        var (parts, start) = (new List<Range>(), 0);
        foreach (var piece in pieces)
        {
            if (!IsQualifier(text[piece], vocabulary))
            {
                parts.Add(start..piece.End.Value);
                start = piece.End.Value;
            }
        }

        // What qualifies the last stands behind it.
        return parts.Count < 2
            ? [text]
            : [.. parts.SkipLast(1).Append(parts[^1].Start..text.Length).Select(p => Plain(text[p]))];
    }

    /// <summary>Whether a text names nothing that a patient has: nothing but states, treatments of cancer and words
    /// like <c>adult</c>, or what it denies.</summary>
    static bool IsQualifier(string text, ConceptVocabulary vocabulary)
    {
        var known = vocabulary.Names(text)
            .Where(m => m.Concept.Kind == ConceptKind.Status || vocabulary.IsA(m.Concept.Key, Treatment))
            .SelectMany(m => Enumerable.Range(m.Start, m.Length)).ToHashSet();
        return Statements.Disclaims(text)
            || TermText.Words(text).Select((word, i) => known.Contains(i) || Qualifiers.Contains(word))
                .All(isKnown => isKnown);
    }

    /// <summary>The name that a heading in the order of an index stands for, where the vocabulary knows it: <c>Acute
    /// Lymphoblastic Leukemia</c> for <c>Leukemia, Lymphoblastic, Acute</c>.</summary>
    static string? Inverted(string text, ImmutableArray<Range> pieces, ConceptVocabulary vocabulary)
    {
        var name = string.Join(' ', pieces.Reverse().Select(p => Plain(text[p])));
        return vocabulary.Lookup(name) is { Kind: ConceptKind.Condition } ? name : null;
    }

    /// <summary>What stands between the separators that are not within a name of the vocabulary.</summary>
    static ImmutableArray<Range> Pieces(string text, ConceptVocabulary vocabulary)
    {
        var inName = vocabulary.Names(text).SelectMany(n => Enumerable.Range(n.Start + 1, n.Length - 1)).ToHashSet();
        var words = Words(text);
        var isList = Enumerable.Range(1, Math.Max(0, words.Length - 1)).Any(i => !inName.Contains(i) && IsCut(Gap(i)));
        var (pieces, start) = (ImmutableArray.CreateBuilder<Range>(), 0);
        for (var i = 1; i < words.Length; i++)
        {
            var isLink = IsLink(words[i - 1].Word, isList);
            if (!inName.Contains(i) && (IsCut(Gap(i)) || isLink))
            {
                var end = isLink ? words[i - 1].Start : words[i].Start;
                if (end > start && Plain(text[start..end]).Length > 0)
                {
                    pieces.Add(start..end);
                }

                start = words[i].Start;
            }
        }

        pieces.Add(start..text.Length);
        return pieces.ToImmutable();

        string Gap(int i) => text[words[i - 1].End..words[i].Start];
    }

    static bool IsCut(string gap) => gap.AsSpan().ContainsAny(Separators);

    /// <summary>Whether a word parts two conditions: <c>or</c>; in a list <c>and</c> as well.</summary>
    static bool IsLink(string word, bool isList) => word == "or" || (isList && word == "and");

    static ImmutableArray<(string Word, int Start, int End)> Words(string text)
    {
        var words = ImmutableArray.CreateBuilder<(string, int, int)>();
        for (var at = 0; ;)
        {
            var start = at;
            if (TermText.Next(text, ref at) is not { } word)
            {
                return words.ToImmutable();
            }

            while (!char.IsLetterOrDigit(text[start]))
            {
                start++;
            }

            words.Add((word, start, at));
        }
    }

    static string Plain(string text) => text.Trim([.. Separators, ' ']);
}
