using System.Collections.Frozen;
using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Makes one adjective of a name and the ending that a hyphen joins to it. It says something of the noun
/// behind it, and often not what the name says alone: who has <c>flu-like symptoms</c> need not have influenza, who is
/// <c>TKI-naive</c> has had no TKI, and <c>no cancer-related pain</c> asks for nobody's pain.</summary>
static class Compounds
{
    enum Meaning
    {
        /// <summary>The words alone: whether what is named is there they leave open.</summary>
        Words,

        /// <summary>The words, and what is named is there: it is the cause.</summary>
        Cause,

        /// <summary>The words, and what is named was given: it did something, or nothing.</summary>
        Effect,

        /// <summary>The words, and what is named was given where nobody takes it by himself: <c>insulin-dependent</c>,
        /// not <c>opioid-dependent</c>.</summary>
        Need,

        /// <summary>What is named was given.</summary>
        Given,

        /// <summary>What is named was never given.</summary>
        Never,

        /// <summary>What is named is not tolerated.</summary>
        Intolerance,
    }

    static readonly FrozenDictionary<string, Meaning> Endings = Table(
        (Meaning.Words,
            "like specific directed targeted targeting sparing lowering raising elevating reducing increasing "
            + "suppressing suppressive inducing inhibiting inhibitory modifying altering releasing blocking limiting "
            + "defining stimulating enhancing promoting preserving prolonging preventing relieving thinning "
            + "interacting metabolizing independent unrelated free tolerant prone eligible ineligible unsuitable "
            + "unfit"),
        (Meaning.Cause,
            "related associated induced mediated caused attributable linked triggered precipitated provoked driven"),
        (Meaning.Effect, "refractory resistant sensitive responsive unresponsive nonresponsive"),
        (Meaning.Need, "dependent requiring"),
        (Meaning.Given, "treated pretreated exposed experienced"),
        (Meaning.Never, "naive naïve"),
        (Meaning.Intolerance, "intolerant"));

    /// <summary>Medicines that who depends on them is given.</summary>
    static readonly ImmutableArray<string> Needed = ["insulin", "corticosteroid"];

    public static ImmutableArray<Chunk> Fold(string text, ImmutableArray<Chunk> chunks, ConceptVocabulary vocabulary)
    {
        var folded = ImmutableArray.CreateBuilder<Chunk>(chunks.Length);
        for (var at = 0; at < chunks.Length; at++)
        {
            var chunk = chunks[at];
            if (chunk.Kind != ChunkKind.Term || at + 1 == chunks.Length || !AreJoined(text, chunk, chunks[at + 1])
                || MeaningOf(chunks[at + 1]) is not { } meaning)
            {
                folded.Add(chunk);
            }
            else if (folded is [.., { Word: "non" } non] && AreJoined(text, non, chunk))
            {
                folded[^1] = Compound(chunk, chunks[++at], Meaning.Words, vocabulary) with { Start = non.Start };
            }
            else
            {
                folded.Add(Compound(chunk, chunks[++at], meaning, vocabulary));
            }
        }

        return folded.DrainToImmutable();
    }

    static bool AreJoined(string text, Chunk name, Chunk ending) =>
        ending.Start == name.End + 1 && text[name.End] is '-' or '\u2010' or '\u2011';

    static Meaning? MeaningOf(Chunk ending) =>
        ending.Concept?.Key == "refractory" ? Meaning.Effect
        : Endings.TryGetValue(ending.Word, out var meaning) ? meaning
        : null;

    static Chunk Compound(Chunk name, Chunk ending, Meaning meaning, ConceptVocabulary vocabulary)
    {
        var concept = name.Concept!;
        var isDrug = concept.Kind is ConceptKind.Drug or ConceptKind.Therapy;
        var isTreatment = isDrug || concept.Kind == ConceptKind.Procedure;
        var source = new LeafSource(TextSpan.Between(name.Start, name.End));
        var words = new Chunk(ChunkKind.Word, name.Start, ending.End, $"{name.Word} {ending.Word}");
        return meaning switch
        {
            Meaning.Never when isTreatment =>
                Saying(Clauses.Not(Facts.Present(concept, FactStatus.History, null, source))),
            Meaning.Given when isTreatment => Saying(Facts.Present(concept, FactStatus.History, null, source)),
            Meaning.Intolerance when isDrug || concept.Kind == ConceptKind.Substance =>
                Saying(Facts.Present(concept, null, null, source, allergy: true)),
            Meaning.Effect when isTreatment && !IsAgainstGerms(concept) => Implying(),
            Meaning.Need when concept.Kind == ConceptKind.Procedure
                || Needed.Any(n => vocabulary.IsA(concept.Key, n)) => Implying(),
            Meaning.Cause when concept.Kind != ConceptKind.Pregnancy && NamedFacts.IsFact(concept.Kind) => Implying(),
            _ => words,
        };

        Chunk Implying() => words with { Implied = [name] };
        Chunk Saying(Clause clause) => words with { Kind = ChunkKind.Unread, Says = clause };
    }

    /// <summary>A germ is resistant to it, whatever its bearer was given: ATC groups J (anti-infectives) and P (against
    /// parasites).</summary>
    static bool IsAgainstGerms(VocabularyConcept concept) =>
        concept.Codes.Any(c => c is { System: "atc", Code: ['J' or 'P', ..] });

    static FrozenDictionary<string, Meaning> Table(params (Meaning Meaning, string Endings)[] rows) => rows
        .SelectMany(r => r.Endings.Split(' ').Select(e => (Ending: e, r.Meaning)))
        .ToFrozenDictionary(p => p.Ending, p => p.Meaning, StringComparer.Ordinal);
}
