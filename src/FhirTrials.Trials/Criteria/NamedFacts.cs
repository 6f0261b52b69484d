using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>The conditions, treatments and procedures that words name, whatever else they say.</summary>
static class NamedFacts
{
    public static bool IsFact(ConceptKind kind) =>
        kind is ConceptKind.Condition or ConceptKind.Drug or ConceptKind.Therapy
        or ConceptKind.Procedure or ConceptKind.Substance or ConceptKind.Genomic or ConceptKind.Pregnancy;

    /// <summary>Each by itself, up to a word that denies.</summary>
    public static ImmutableArray<Clause> Of(ImmutableArray<Chunk> chunks)
    {
        var named = ImmutableArray.CreateBuilder<Clause>();
        for (var at = 0; at < chunks.Length; at++)
        {
            var chunk = chunks[at];
            if (chunk.Kind == ChunkKind.Open)
            {
                var close = at;
                while (close < chunks.Length && chunks[close].Kind != ChunkKind.Close)
                {
                    close++;
                }

                at = chunks[at..close].Any(Denies) ? close : at;
                continue;
            }

            if (Denies(chunk))
            {
                break;
            }

            if (chunk is { Kind: ChunkKind.Term, Concept: { } concept } && IsFact(concept.Kind))
            {
                named.Add(Facts.Present(concept, null, null, new(TextSpan.Between(chunk.Start, chunk.End))));
            }
        }

        return named.ToImmutable();
    }

    static bool Denies(Chunk chunk) =>
        chunk.Cue
            is Cue.Not or Cue.Without or Cue.NoEvidence or Cue.Negative or Cue.Except or Cue.OtherThan or Cue.Allowed;

    /// <summary>The fact, or one of its examples at the same time: <c>immunosuppressants such as
    /// ciclosporin</c>.</summary>
    public static Clause With(Clause general, ImmutableArray<Chunk> examples) => general switch
    {
        Clause.Present { Kind: not FactKind.Allergy } present
            when !examples.Any(c => c.Kind is ChunkKind.Number or ChunkKind.Comparison) =>
            Clauses.Any([present, .. Of(examples).Where(e => IsTreatment(e) == IsTreatment(present))
                .Select(e => e is Clause.Present example ? Like(example, present) : e)]),
        Clause.AnyOf { Clauses: [.. var before, var last] } => Clauses.Any([.. before, With(last, examples)]),
        Clause.Not { Inner: Clause.Present } denied => Clauses.Not(With(denied.Inner, examples)),
        Clause.AllOf { Clauses: [Clause.Present present, .. var more] } =>
            Clauses.All([With(present, examples), .. more]),
        _ => general,
    };

    /// <summary>Treatments are examples of treatments; what they are for is none.</summary>
    static bool IsTreatment(Clause clause) =>
        clause is Clause.Present { Kind: FactKind.Therapy or FactKind.Procedure or FactKind.Allergy };

    static Clause.Present Like(Clause.Present example, Clause.Present general) => example with
    {
        Status = example.Kind == general.Kind ? general.Status : example.Status,
        Window = general.Window,
        Source = example.Source with { Window = general.Source.Window },
    };
}
