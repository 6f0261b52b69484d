using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads one sentence of a criterion: first the frames that turn the whole of it (consent, population,
/// <c>must</c>, permissions), then exceptions and examples, then the coordination of phrases: <c>patients with diabetes
/// must have HbA1c &lt; 8 %, except …</c>.</summary>
sealed partial class SentenceReader(string text, CriterionSection section, ConceptVocabulary vocabulary)
{
    /// <summary>Sentences are not nested as deeply; what is deeper stays words.</summary>
    const int MaxDepth = 16;

    bool _ofSex;
    int _sexEnd;
    int _depth;

    public Clause? Read(ImmutableArray<Chunk> sentence)
    {
        if (sentence.IsEmpty)
        {
            return null;
        }

        var adults = section == CriterionSection.Inclusion ? Adults.Read(sentence, vocabulary) : null;
        return adults is null ? OfAll(sentence)
            : OfAll(sentence) is { } asked ? Clauses.All([adults, asked])
            : adults;
    }

    Clause? OfAll(ImmutableArray<Chunk> sentence)
    {
        if (IsInterval(sentence) || IsDefinition(sentence))
        {
            return Whole(sentence, UnreadKind.Other);
        }

        sentence = PressurePairs.Fold(Respectively.Fold(WithUnstated(WithoutLabel(sentence))));
        _ofSex = sentence.Any(c => c.Cue is Cue.Male or Cue.Female);
        _sexEnd = _ofSex ? sentence.First(c => c.Cue is Cue.Male or Cue.Female).End : 0;
        var folded = TimeWindows.Fold(text, SexLimits.Fold(OtherMeasurands.Fold(text, sentence)));
        var (population, chunks) = Population(UnlistedTerms.Name(text, folded));
        if (chunks.IsEmpty)
        {
            return population;
        }

        var clause = IsUnanswerable(chunks) ? Answerable(chunks) : Framed(Qualifiers.Fold(chunks));
        return clause is null || population is null ? clause : For(population, clause, IsGroup(sentence));
    }

    /// <summary>Whether the time is between two events, of which a record does not say which: <c>time from surgery to
    /// enrollment less than 12 weeks</c>.</summary>
    static bool IsInterval(ImmutableArray<Chunk> sentence)
    {
        for (var at = 0; at + 1 < sentence.Length; at++)
        {
            if (sentence[at].Word is "time" or "interval" or "delay" or "period"
                && (sentence[at + 1].Word is "between" or "from"))
            {
                return sentence[at..].Any(c => c.Number is { IsTime: true });
            }
        }

        return false;
    }

    /// <summary>Without a label that names what its line then says: <c>Pregnancy status: not pregnant</c>.</summary>
    static ImmutableArray<Chunk> WithoutLabel(ImmutableArray<Chunk> sentence)
    {
        var colon = sentence.IndexOf(sentence.FirstOrDefault(c => c.Kind == ChunkKind.Colon) ?? sentence[0]);
        return colon > 0 && sentence[colon - 1].Word == "status"
            && sentence[..colon]
                .Any(c => c.Concept is { } label && sentence[colon..].Any(s => s.Concept?.Key == label.Key))
                ? sentence[(colon + 1)..]
                : sentence;
    }

    /// <summary>Says what a step of a scale means: <c>NYHA II: slight limitation of physical activity</c>.</summary>
    static bool IsDefinition(ImmutableArray<Chunk> sentence) => sentence.Length > 3
        && sentence[0] is { Concept.Kind: ConceptKind.Score } && sentence.IndexOf(
            sentence.FirstOrDefault(c => c.Kind == ChunkKind.Number) ?? sentence[0]) is > 0 and <= 2 and var step
        && sentence[step].Number is { Unit: "" } number && number.Low == number.High && sentence[1].Sign is null
        && sentence[step + 1].Kind == ChunkKind.Colon;

    /// <summary>Keeps as words what a function is called (<c>renal dysfunction or impaired liver function</c>) where no
    /// value says more, and reads <c>test negative for women</c> as a negative test of women.</summary>
    static ImmutableArray<Chunk> WithUnstated(ImmutableArray<Chunk> sentence)
    {
        var read = sentence;
        for (var at = 0; at < sentence.Length; at++)
        {
            var chunk = sentence[at];
            if (chunk.Cue is Cue.NormalValues or Cue.AbnormalValues && at > 0
                && !sentence[at..].Any(c => c.Kind is ChunkKind.Number or ChunkKind.Colon or ChunkKind.Open)
                && sentence[..at].Any(c => c.Kind is ChunkKind.Term or ChunkKind.Number))
            {
                read = read.SetItem(at, chunk with { Kind = ChunkKind.Unread, Cue = null });
            }
            else if (chunk.Word == "negative for" && at + 1 < sentence.Length
                && (sentence[at + 1].Cue is Cue.Female or Cue.Male or Cue.Person
                    || sentence[at + 1].Concept?.Kind == ConceptKind.Population))
            {
                read = read.SetItem(at, chunk with { Cue = Cue.Negative, Word = "negative" });
            }
        }

        return read;
    }

    /// <summary>Whether the words for the sex name those of whom something is asked (<c>women of childbearing potential
    /// must …</c>), rather than who may take part (<c>women aged 18 to 45</c>).</summary>
    static bool IsGroup(ImmutableArray<Chunk> sentence) => sentence.Any(c =>
        c.Concept?.Kind is ConceptKind.Population || c.Cue is Cue.Must or Cue.Consent or Cue.If
            || c.Kind == ChunkKind.Colon);

    /// <summary>The sex that the sentence speaks of, if one, and the sentence without the words that say so.</summary>
    static (Clause? Population, ImmutableArray<Chunk> Chunks) Population(ImmutableArray<Chunk> sentence)
    {
        var female = sentence.Any(c => c.Is(Cue.Female));
        var male = sentence.Any(c => c.Is(Cue.Male));
        var population = female == male ? null : new Clause.Sex(female ? "female" : "male");
        return (population, sentence.RemoveAll(c => c.Cue is Cue.Female or Cue.Male));
    }

    /// <summary>What is asked of some: everyone else meets the inclusion, and no one else is excluded.</summary>
    Clause For(Clause population, Clause clause, bool isGroup) => section == CriterionSection.Inclusion && isGroup
        ? Clauses.Any([Clauses.Not(population), clause])
        : Clauses.All([population, clause]);

    Clause? Framed(ImmutableArray<Chunk> chunks) =>
        Some(chunks) is { } some ? some
            : chunks.Any(c => c.Is(Cue.Eligibility)) ? EligibleFor(chunks)
            : Permission(chunks) ?? Requirement(chunks) ?? OfSome(chunks) ?? AskedOfThese(chunks) ?? List(chunks);

    /// <summary><c>At least two of the following: hypertension, diabetes, smoking</c>; null for others.</summary>
    Clause? Some(ImmutableArray<Chunk> chunks)
    {
        var colon = chunks.IndexOutside(c => c.Kind == ChunkKind.Colon);
        if (colon <= 0 || colon + 1 == chunks.Length
            || LeadIns.Of(text[chunks[0].Start..chunks[colon].End])
                is not { Kind: ListKind.Some or ListKind.All } frame)
        {
            return null;
        }

        var (lead, list) = (chunks[..colon], chunks[(colon + 1)..]);
        var parts = ItemsOf(list);
        var items = parts.Select(p => List(p)).OfType<Clause>().ToArray();
        var words = UnreadText.Of(text, chunks);
        var joint = items.Length < parts.Count || frame.Count > items.Length ? words
            : frame.Kind == ListKind.All ? Clauses.All(items)
            : frame.Count > 1 ? new Clause.AtLeast(frame.Count, [.. items]) : Clauses.Any(items);
        return !LeadIns.IsBesides(text[lead[0].Start..(lead[^1].End + 1)]) ? joint
            : Clauses.All([joint, UnreadText.Of(text, lead)]);
    }

    /// <summary>The items of a list in a line: at semicolons, else at each comma and connective.</summary>
    static List<ImmutableArray<Chunk>> ItemsOf(ImmutableArray<Chunk> list)
    {
        var bySemicolon = list.Split(c => c.Kind == ChunkKind.Semicolon).ToList();
        return bySemicolon.Count > 1 ? bySemicolon.ConvertAll(p => p[0].IsConnective ? p[1..] : p)
            : [.. list.Split(c => c.IsConnective)];
    }

    Clause.Unread Whole(ImmutableArray<Chunk> chunks, UnreadKind kind)
    {
        var first = chunks.FirstOrDefault(c => c.Kind is not (ChunkKind.Colon or ChunkKind.Comma)) ?? chunks[0];
        return UnreadText.Of(text, first.Start, chunks[^1].End, kind);
    }

    /// <summary>Reads a part of a part, which may have parts of its own.</summary>
    Clause? Deeper(ImmutableArray<Chunk> chunks, Func<ImmutableArray<Chunk>, Clause?> read)
    {
        if (_depth == MaxDepth)
        {
            return chunks.IsEmpty ? null : UnreadText.Of(text, chunks);
        }

        _depth++;
        var clause = read(chunks);
        _depth--;
        return clause;
    }

    /// <summary>Parts separated by semicolons.</summary>
    Clause? List(ImmutableArray<Chunk> chunks) => Deeper(chunks, ListOfParts);

    Clause? ListOfParts(ImmutableArray<Chunk> chunks)
    {
        var parts = chunks.Split(c => c.Kind == ChunkKind.Semicolon)
            .Select(p => OfSome(p) ?? AskedOfThese(p) ?? Excepted(p)).OfType<Clause>().ToArray();
        return parts.Length == 0 ? null
            : section == CriterionSection.Inclusion ? Clauses.All(WithWider(parts))
            : Clauses.Any(parts);
    }

    /// <summary><c>Either no chemotherapy or 6 months since chemotherapy</c>: what is denied first is not denied after
    /// <c>or</c>; null for others.</summary>
    Clause? EitherNone(ImmutableArray<Chunk> chunks)
    {
        var either = chunks.LastIndex(c => c.Word == "either");
        if (either < 0 || either + 1 == chunks.Length || !chunks[either + 1].Is(Cue.Not)
            || chunks[either..].Outside().Where(c => c.Is(Cue.Or)).ToArray() is not [var or])
        {
            return null;
        }

        var between = chunks.IndexOf(or);
        return Joined(chunks[(between + 1)..]) is { } other
            && Joined([.. chunks[..either], .. chunks[(either + 1)..between]]) is { } none
            ? Clauses.Any([none, other]) : null;
    }

    /// <summary>Splits at a <c>with</c> that holds for all that follows (<c>remission with molecular failure or
    /// molecular relapse</c>), then joins phrases.</summary>
    Clause? Joined(ImmutableArray<Chunk> chunks) => Deeper(chunks, JoinedPhrases);

    Clause? JoinedPhrases(ImmutableArray<Chunk> chunks)
    {
        if (EitherNone(chunks) is { } either)
        {
            return either;
        }

        var with = BindingWith(chunks);
        if (with > 0 && Joined(chunks[..with]) is { } left && Joined(chunks[(with + 1)..]) is { } right)
        {
            return Clauses.All([left, right]);
        }

        var phrases = new List<Phrase>();
        Cue? connective = null;
        var afterComma = false;
        var start = 0;
        for (var at = 0; at <= chunks.Length; at++)
        {
            at = at < chunks.Length && chunks[at].Kind == ChunkKind.Open ? chunks.Closing(at) : at;
            if (at < chunks.Length && (!chunks[at].IsConnective || IsInBand(chunks, at)))
            {
                continue;
            }

            if (at > start)
            {
                phrases.Add(new PhraseReader(text, vocabulary, Nested, _ofSex).Read(connective, chunks[start..at])
                    with { AfterComma = afterComma });
                (connective, afterComma) = (null, false);
            }

            afterComma |= at < chunks.Length && chunks[at].Kind == ChunkKind.Comma;
            connective = at < chunks.Length ? chunks[at].Cue ?? connective : connective;
            start = at + 1;
        }

        return new Coordination(text, section).Combine(phrases);
    }

    /// <summary>Whether the connective joins the two ends of one band: <c>greater than 50 and less than 100%
    /// stenosis</c>.</summary>
    static bool IsInBand(ImmutableArray<Chunk> chunks, int at) =>
        at > 1 && at + 2 < chunks.Length && chunks[at].Is(Cue.And)
        && chunks[at - 1].Number is { Over: null } low && chunks[at + 2].Number is { Over: null } high
        && chunks[at - 2].Sign is Comparator.GreaterThan or Comparator.GreaterOrEqual
        && chunks[at + 1].Sign is Comparator.LessThan or Comparator.LessOrEqual
        && low.Low < high.High && (low.Unit == high.Unit || low.Unit.Length == 0) && low.RelativeTo == high.RelativeTo
        && low.Scale == high.Scale;

    Clause Nested(ImmutableArray<Chunk> inside) => List(Qualifiers.Fold(inside)) ?? UnreadText.Of(text, inside);

    /// <summary>The place of a <c>with</c> whose right side is a list of one kind of thing, other than what stands
    /// before; -1 if none.</summary>
    static int BindingWith(ImmutableArray<Chunk> chunks)
    {
        for (var at = 1; at < chunks.Length - 1; at++)
        {
            if (!chunks[at].Is(Cue.With)
                || chunks[..at].SkipWhile(c => c.Kind is not (ChunkKind.Term or ChunkKind.Number))
                    .Any(c => c.IsConnective))
            {
                continue;
            }

            var kindBefore = chunks[..at].LastOrDefault(c => c.Kind == ChunkKind.Term)?.Concept?.Kind;
            var kindsAfter = chunks[at..].Where(c => c.Kind == ChunkKind.Term).Select(c => c.Concept!.Kind).Take(2)
                .ToArray();
            var listed = chunks[at..].Any(c => c.Cue is Cue.Or or Cue.AndOr);
            if (listed && kindBefore is not null && kindsAfter is [var first, var second] && first == second
                && first != kindBefore
                && chunks[(at + 1)..].First(c => !c.Is(Cue.Filler)).Kind == ChunkKind.Term)
            {
                return at;
            }
        }

        return -1;
    }
}
