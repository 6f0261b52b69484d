using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>What general words leave out (<c>malignancy except …</c>) and what they take in (<c>such as
/// …</c>).</content>
sealed partial class SentenceReader
{
    /// <summary>What holds but for an exception to the end of the part.</summary>
    Clause? Excepted(ImmutableArray<Chunk> chunks)
    {
        chunks = WithoutBrackets(chunks);
        var at = chunks.IndexOutside(
            c => c.Is(Cue.Except) || (c.Is(Cue.OtherThan) && IsBesides(chunks, chunks.IndexOf(c))));
        if (at <= 0)
        {
            return Examples(at == 0 ? chunks[1..] : chunks);
        }

        var (rest, before) = (chunks[(at + 1)..], chunks[..at]);
        if (chunks[at].Is(Cue.OtherThan) && rest.LastIndex(c => c.Kind == ChunkKind.Window) is >= 0 and var window)
        {
            (before, rest) = (before.Add(rest[window]), rest.RemoveAt(window));
        }

        if (rest.IsEmpty || Examples(before) is not { } main)
        {
            return Examples(before);
        }

        var asks = IsDenial(main) || (section == CriterionSection.Inclusion
            && (IsUnless(chunks[at]) || Clauses.Leaves(main).All(l => l is Clause.Measured)));
        return asks ? Clauses.Not(But(Clauses.Not(main), chunks[at..], rest)) : But(main, chunks[at..], rest);
    }

    /// <summary>Lets an exception from a value that ends the part stand without its brackets: <c>bilirubin ≤ 1.5 × ULN
    /// (except in Gilbert syndrome)</c>.</summary>
    static ImmutableArray<Chunk> WithoutBrackets(ImmutableArray<Chunk> chunks)
    {
        var open = chunks.LastIndex(c => c.Kind == ChunkKind.Open);
        return open > 0 && open + 2 < chunks.Length && chunks[open + 1].Is(Cue.Except)
            && chunks[^1].Kind == ChunkKind.Close
            && chunks.Closing(open) == chunks.Length - 1 && chunks[..open].Any(c => c.Kind == ChunkKind.Number)
            ? [.. chunks[..open], .. chunks[(open + 1)..^1]] : chunks;
    }

    /// <summary>An exception from the whole that was said, not from a name in it.</summary>
    static bool IsUnless(Chunk except) => except.Word == "unless";

    /// <summary><c>No malignancy but …</c>: the exception is from what is denied.</summary>
    public static bool IsDenial(Clause main) =>
        main is Clause.Not || (main is Clause.AllOf { Clauses: [_, ..] all } && all.All(c => c is Clause.Not));

    Clause But(Clause main, ImmutableArray<Chunk> whole, ImmutableArray<Chunk> rest) =>
        main is Clause.Present { Except: null } present && !IsUnless(whole[0]) && OnlyOne(rest) is { } one
            ? present with
            {
                Except = Facts.ConceptOf(one.Concept!),
                Source = present.Source with { Except = TextSpan.Between(one.Start, one.End) },
            }
            : Clauses.All([main, Clauses.Not(Exception(whole, rest, main))]);

    /// <summary>What must hold for the exception to apply: what is named, and that it is all that the patient has of
    /// the general words, which no rule can tell.</summary>
    Clause Exception(ImmutableArray<Chunk> whole, ImmutableArray<Chunk> rest, Clause main)
    {
        var words = UnreadText.Of(text, whole);
        var subject = Clauses.Leaves(main).OfType<Clause.Present>().FirstOrDefault();
        var free = subject is not null && !IsUnless(whole[0]) && rest.Any(c => c.Is(Cue.NoEvidence));
        var named = NamedFacts.Of(rest).RemoveAll(n => n is Clause.Present { Concept.Key: { } key }
            && subject?.Concept.Key is { } said && vocabulary.IsA(said, key));
        return Clauses.All(
        [
            .. named.IsEmpty ? [] : new[] { Clauses.Any(named) },
            words,
            .. free
                ? [new Clause.Not(subject! with { Status = FactStatus.Current, Window = null })]
                : Array.Empty<Clause>(),
        ]);
    }

    /// <summary>Whether the exception is from all that was said (<c>no treatment in the past 4 weeks, other than …</c>)
    /// or a list, and not one of the name before it.</summary>
    bool IsBesides(ImmutableArray<Chunk> chunks, int at) =>
        (at > 0 && chunks[at - 1].Kind == ChunkKind.Comma)
        || !NamesOne(chunks[(at + 1)..], chunks[..at].LastOrDefault(c => c.Kind == ChunkKind.Term)?.Concept);

    /// <summary>Whether what follows, up to a time or a further exception, names one thing and no list.</summary>
    bool NamesOne(ImmutableArray<Chunk> chunks, VocabularyConcept? general)
    {
        ImmutableArray<Chunk> excepted = [
            .. chunks.TakeWhile((c, i) => c.Kind is not (ChunkKind.Window or ChunkKind.Unread) && !c.Is(Cue.Except)
                && !(c.Kind == ChunkKind.Comma && !(general is not null
                    && chunks[(i + 1)..].FirstOrDefault(n => n.Kind == ChunkKind.Term)?.Concept is { } next
                    && vocabulary.IsA(next.Key, general.Key))))];
        return excepted.Count(c => c.Kind == ChunkKind.Term) == 1
            && !excepted.Any(c => c.Cue is Cue.Or or Cue.And or Cue.AndOr);
    }

    /// <summary>The one listed name that is all that the words say; null where they say more.</summary>
    static Chunk? OnlyOne(ImmutableArray<Chunk> chunks) =>
        chunks.All(c => c.Kind is ChunkKind.Term or ChunkKind.Colon || c.Cue is Cue.Filler)
        && chunks.Where(c => c.Kind == ChunkKind.Term).ToArray() is [{ Concept: { } concept } one]
        && NamedFacts.IsFact(concept.Kind) && !UnlistedTerms.IsUnlisted(concept.Key)
            ? one : null;

    /// <summary><c>CNS pathology such as epilepsy, …</c>: each example by itself, and whatever else the general words
    /// mean.</summary>
    Clause? Examples(ImmutableArray<Chunk> chunks) => Deeper(chunks, ExamplesOf);

    Clause? ExamplesOf(ImmutableArray<Chunk> chunks)
    {
        var at = chunks.IndexOutside(c => c.Is(Cue.SuchAs));
        if (at < 0)
        {
            return Joined(chunks);
        }

        if (at > 1 && at + 2 < chunks.Length && chunks[at + 2].Kind == ChunkKind.Number
            && chunks[at + 1].Sign is not null)
        {
            var said = chunks[at - 1].Kind == ChunkKind.Comma ? at - 1 : at;
            return Joined([.. chunks[..said], .. chunks[(at + 1)..]]);
        }

        var (general, rest) = (Joined(chunks[..at]), chunks[(at + 1)..]);
        if (general is null)
        {
            return Joined(rest);
        }

        if (Clauses.StatusOf(general) == ParseStatus.Computable)
        {
            var last = rest.LastIndex(c => c.Kind == ChunkKind.Term) + 1;
            var said =
                Joined([.. chunks[..at], .. rest[last..].Where(c => c.Kind is ChunkKind.Window or ChunkKind.Unread)])!;
            return NamedFacts.With(said, rest[..last]);
        }

        var status = chunks[..at].FirstOrDefault(c => c.Cue is Cue.History or Cue.Current or Cue.HistoryOrCurrent);
        var examples = Examples(status is null ? rest : [status, .. rest]);
        return examples is null ? general
            : section == CriterionSection.Inclusion && chunks[at].Word is "including" or "included"
                && Clauses.Leaves(general).Any(l => l is Clause.Measured)
            ? Clauses.All([general, examples])
            : Clauses.Any([examples, general]);
    }
}
