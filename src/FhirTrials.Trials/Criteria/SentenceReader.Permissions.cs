using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>What is allowed, or not, and who is eligible: <c>prior CD19 therapy is allowed if …</c>.</content>
sealed partial class SentenceReader
{
    /// <summary><c>Prior CD19 therapy will be allowed if …</c>, <c>any Ph+ participant intolerant of TKI is
    /// eligible</c>: restricts only those it names, by the condition; nobody without one.</summary>
    Clause? Permission(ImmutableArray<Chunk> chunks)
    {
        var at = chunks.IndexOutside(c => c.Cue is Cue.Allowed or Cue.Eligible);
        if (at <= 0)
        {
            return null;
        }

        if (chunks.IndexOutside(c => c.Kind == ChunkKind.Semicolon) >= 0)
        {
            var parts = chunks.Split(c => c.Kind == ChunkKind.Semicolon).Select(Framed).OfType<Clause>();
            return section == CriterionSection.Inclusion ? Clauses.All(parts) : Clauses.Any(parts);
        }

        if (chunks[at].Is(Cue.Eligible))
        {
            return section == CriterionSection.Exclusion ? new Clause.AnyOf([])
                : Conditional(chunks, at) ?? Implication(chunks[..at]) ?? Welcome(chunks, at);
        }

        if (chunks[at - 1].Is(Cue.Not) || chunks.FirstOrDefault(c => !c.Is(Cue.Filler)) is { Cue: Cue.Not })
        {
            return Forbidden(chunks[..at]);
        }

        if (chunks[..at].Outside().Any(c => c.Sign is not null))
        {
            return Whole(chunks, UnreadKind.Other);
        }

        var subject = List(chunks[..at]);
        if (subject is null)
        {
            return null;
        }

        var conditions = Conditions(chunks[(at + 1)..], Subjects(chunks[..at]));
        return conditions.IsEmpty
            ? section == CriterionSection.Inclusion ? Clauses.Always : new Clause.AnyOf([])
            : section == CriterionSection.Inclusion
                ? Clauses.Any([Clauses.Not(subject), Clauses.All(conditions)])
                : Clauses.All([subject, Clauses.Not(Clauses.All(conditions))]);
    }

    /// <summary><c>Chemotherapy is not allowed</c>, <c>no chemotherapy is allowed</c>.</summary>
    Clause? Forbidden(ImmutableArray<Chunk> chunks)
    {
        var first = chunks[^1].Is(Cue.Not) ? List(chunks[..^1]) is { } named ? Clauses.Not(named) : null : List(chunks);
        return first is null || section == CriterionSection.Inclusion ? first : Clauses.Not(first);
    }

    /// <summary>What is allowed, without examples of it.</summary>
    ImmutableArray<VocabularyConcept> Subjects(ImmutableArray<Chunk> chunks)
    {
        VocabularyConcept[] named = [.. chunks.Where(c => c.Kind == ChunkKind.Term).Select(c => c.Concept!)
            .Where((c, i) => i == 0 || c.Kind is ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Procedure)];
        return [.. named.Where(c => !named.Any(o => o.Key != c.Key && vocabulary.IsA(c.Key, o.Key)))];
    }

    /// <summary><c>Patients with HIV are eligible if CD4 &gt; 350</c>: they must meet the condition; whether others may
    /// take part, who need not have it, is open. Null without a condition.</summary>
    Clause? Conditional(ImmutableArray<Chunk> chunks, int eligible) =>
        eligible + 2 < chunks.Length && chunks[eligible + 1].Is(Cue.If)
            && List(chunks[..eligible]) is { } who && List(chunks[(eligible + 2)..]) is { } asked
            ? Asked(who, asked, chunks) : null;

    /// <summary><c>Patients with Down syndrome are eligible</c>: so are they; whether others are is open.</summary>
    Clause.AnyOf? Welcome(ImmutableArray<Chunk> chunks, int eligible) =>
        List(chunks[..eligible]) is { } who ? new Clause.AnyOf([who, UnreadText.Of(text, chunks)]) : null;

    Clause Asked(Clause who, Clause asked, ImmutableArray<Chunk> whole) => Clauses.Any(
        [Clauses.All([who, asked]), Clauses.All([Clauses.Not(who), UnreadText.Of(text, whole)])]);

    /// <summary>Before the word for people stands who is meant, after it what they must have.</summary>
    Clause? Implication(ImmutableArray<Chunk> chunks)
    {
        var person = chunks.Select((c, i) => (c, i)).FirstOrDefault(p => p.c.Is(Cue.Person)).i;
        var who = person > 0 ? List(chunks[..person]) : null;
        var what = List(chunks[(person + 1)..]);
        return who is null || what is null || section == CriterionSection.Exclusion ? null
            : Clauses.Any([Clauses.Not(who), what]);
    }

    ImmutableArray<Clause> Conditions(ImmutableArray<Chunk> chunks, ImmutableArray<VocabularyConcept> subjects)
    {
        var conditions = ImmutableArray.CreateBuilder<Clause>();
        foreach (var part in chunks.Split(c => c.Kind is ChunkKind.Comma or ChunkKind.Open or ChunkKind.Close
            || c.Cue is Cue.And or Cue.If))
        {
            var ended =
                part.Any(c => c.Is(Cue.Ended)) ? part.Select(c => c.Window).FirstOrDefault(w => w is not null) : null;
            if (ended is not null && !subjects.IsEmpty)
            {
                conditions.Add(NotSince(subjects, ended));
            }
            else if (part is [{ Window: { Direction: WindowDirection.MoreThanBefore } ago }] && !subjects.IsEmpty)
            {
                conditions.Add(NotSince(subjects, ago));
            }
            else if (List(part) is { } clause)
            {
                conditions.Add(clause);
            }
            else if (part.Any(c => c.Kind is ChunkKind.Number or ChunkKind.Window or ChunkKind.Word))
            {
                conditions.Add(UnreadText.Of(text, part));
            }
        }

        return conditions.ToImmutable();
    }

    /// <summary>None of the treatments was given since.</summary>
    static Clause NotSince(ImmutableArray<VocabularyConcept> treatments, Window ended) =>
        Clauses.Not(Clauses.Any(treatments.Select(treatment => Facts.Present(
            treatment, FactStatus.History, ended with { Direction = WindowDirection.Before, Anchor = "treatment" }))));

    /// <summary><c>Eligibility for treatment with TKI</c>: a judgement, though one that only some can meet.</summary>
    Clause? EligibleFor(ImmutableArray<Chunk> chunks)
    {
        var at = chunks.IndexOf(chunks.First(c => c.Is(Cue.Eligibility)));
        var before = at > 0 ? List(chunks[..LastConnective(chunks, at)]) : null;
        var indicated = chunks[at..].FirstOrDefault(c => c.Kind == ChunkKind.Term)?.Concept is { Key: "tki" }
            && vocabulary.Find("ph-positive") is { } ph
            ? Facts.Present(ph, null, null)
            : null;
        var judged = UnreadText.Of(text, chunks[at..], UnreadKind.Judgement);
        var eligible = indicated is null ? judged : Clauses.All([indicated, judged]);
        return before is null ? eligible : Clauses.Any([before, eligible]);
    }

    static int LastConnective(ImmutableArray<Chunk> chunks, int at)
    {
        while (at > 0 && !chunks[at].IsConnective)
        {
            at--;
        }

        return at;
    }
}
