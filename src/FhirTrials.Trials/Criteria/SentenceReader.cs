using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Reads one sentence of a criterion: first the frames that turn the whole of it (consent, population,
/// <c>must</c>, permissions), then exceptions and examples, then the coordination of phrases.</summary>
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

        return Adults(sentence) is not { } adults ? OfAll(sentence)
            : OfAll(sentence) is { } asked ? Clauses.All([adults, asked])
            : adults;
    }

    /// <summary>Fewer years make nobody an adult anywhere.</summary>
    static readonly Limits OfAge = Limits.Of(Comparator.GreaterOrEqual, new(18, 18, "a"));

    /// <summary>Words of others than adults.</summary>
    static readonly ImmutableHashSet<string> Younger =
        ["children", "child", "pediatric", "adolescents", "adolescent", "infants", "young", "childhood", "juvenile"];

    /// <summary><c>Adult patients with …</c>: the age that the word says, where nothing else says one; null for
    /// others.</summary>
    Clause? Adults(ImmutableArray<Chunk> sentence)
    {
        var word = section == CriterionSection.Inclusion ? sentence.FirstOrDefault(c => c.Is(Cue.Person)
            && c.Word.StartsWith("adult", StringComparison.Ordinal)) : null;
        return word is null || sentence.Any(c => c.Number is { IsTime: true }
            || c.Concept?.Kind == ConceptKind.Demographic || Younger.Contains(c.Word)
                || c.Cue is Cue.Allowed or Cue.Eligible or Cue.If or Cue.Not or Cue.Except or Cue.Consent or Cue.Must)
                || vocabulary.Find("age") is not { } age ? null
            : IsHeightOfAdult(sentence, word) ? null : Facts.Measured(age, OfAge, null,
            new(TextSpan.Between(word.Start, word.End)));
    }

    /// <summary><c>Predicted adult height</c> is asked of children.</summary>
    static bool IsHeightOfAdult(ImmutableArray<Chunk> sentence, Chunk adult) =>
        sentence.FirstOrDefault(c => c.Start >= adult.End)?.Concept?.Kind is ConceptKind.Vital;

    Clause? OfAll(ImmutableArray<Chunk> sentence)
    {
        if (IsInterval(sentence) || IsDefinition(sentence))
        {
            return Whole(sentence, UnreadKind.Other);
        }

        sentence = PressurePairs.Fold(Respectively.Fold(WithUnstated(WithoutLabel(sentence))));
        _ofSex = sentence.Any(c => c.Cue is Cue.Male or Cue.Female);
        _sexEnd = _ofSex ? sentence.First(c => c.Cue is Cue.Male or Cue.Female).End : 0;
        var (population, chunks) = Population(UnlistedTerms.Name(text, TimeWindows.Fold(text,
            SexLimits.Fold(OtherMeasurands.Fold(text, sentence)))));
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
            ? sentence[(colon + 1)..] : sentence;
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
        return (female == male ? null
            : new Clause.Sex(female ? "female" : "male"), sentence.RemoveAll(c => c.Cue is Cue.Female or Cue.Male));
    }

    /// <summary>What is asked of some: everyone else meets the inclusion, and no one else is excluded.</summary>
    Clause For(Clause population, Clause clause, bool isGroup) => section == CriterionSection.Inclusion && isGroup
        ? Clauses.Any([Clauses.Not(population), clause])
        : Clauses.All([population, clause]);

    static bool IsUnanswerable(ImmutableArray<Chunk> chunks) =>
        Outside(chunks).Any(c => c.Cue is Cue.Judgement or Cue.Consent or Cue.NotInRecord);

    /// <summary>A sentence that asks for what no record answers: text, but for parts beside it that a number or a time
    /// decides (<c>age ≥ 18 years and able to consent</c>).</summary>
    Clause Answerable(ImmutableArray<Chunk> chunks)
    {
        var parts = Parts(chunks);
        if (parts.All(p => p.Answerable == parts[0].Answerable))
        {
            return Named(chunks) ?? Unanswered(chunks);
        }

        var clauses =
            parts.Select(p => p.Answerable ? Framed(Qualifiers.Fold(p.Chunks)) : Unanswered(p.Chunks)).OfType<Clause>();
        var alternatives = section == CriterionSection.Exclusion
            ? !parts.Any(p => p.After == Cue.And)
            : parts.Any(p => p.After is Cue.Or or Cue.AndOr);
        return alternatives ? Clauses.Any(clauses) : Clauses.All(clauses);
    }

    /// <summary>Runs of phrases that a record answers and runs of those it does not, each with the connective before
    /// it.</summary>
    static List<(ImmutableArray<Chunk> Chunks, bool Answerable, Cue? After)> Parts(ImmutableArray<Chunk> chunks)
    {
        var parts = new List<(ImmutableArray<Chunk> Chunks, bool Answerable, Cue? After)>();
        foreach (var (phrase, connective) in Phrases(chunks))
        {
            var decided = Decided(phrase);
            var asked = LastIndex(phrase, c => c.Cue is Cue.Judgement or Cue.Consent or Cue.NotInRecord);
            if (decided > 0 && (SaysOfWhom(phrase[..decided], asked >= 0)
                || (asked >= decided && phrase[decided..asked].Any(c => c.Is(Cue.Must)))))
            {
                decided = 0;
            }

            if (decided > 0 && asked >= decided)
            {
                parts.Add((phrase[..decided], true, connective));
                parts.Add((phrase[decided..], false, Cue.And));
                continue;
            }

            var answerable = decided > 0 && asked < 0;
            if (parts.Count > 0 && parts[^1].Answerable == answerable)
            {
                var (before, _, after) = parts[^1];
                parts[^1] =
                    ([.. chunks.Where(c => c.Start >= before[0].Start && c.End <= phrase[^1].End)], answerable, after);
            }
            else
            {
                parts.Add((phrase, answerable, connective));
            }
        }

        return parts;
    }

    /// <summary>Whether the words say of whom something is asked: <c>for patients under 18 years, consent of a
    /// parent</c>.</summary>
    static bool SaysOfWhom(ImmutableArray<Chunk> phrase, bool asks) => phrase[0].Is(Cue.If)
        || (phrase[0].Word is "for" or "in" && phrase.Length > 1 && phrase[1].Cue is Cue.Person or Cue.Filler
            && phrase.Any(c => c.Number is { Unit: "a" }) && (asks || phrase[0].Word is "for"));

    /// <summary>Where the last number of a value or an age, or the last time, of a phrase ends; 0 without
    /// one.</summary>
    static int Decided(ImmutableArray<Chunk> phrase)
    {
        var measured = phrase.Any(c => c.Kind == ChunkKind.Comparison
            || c.Concept?.Kind is ConceptKind.Lab or ConceptKind.Vital or ConceptKind.Score or ConceptKind.Demographic
            || (c.Number is { Unit: "a" }
                && phrase.Any(p => p.Cue is Cue.Person or Cue.OrMore or Cue.GreaterThan or Cue.LessThan)));
        return LastIndex(phrase, c => c.Kind == ChunkKind.Window || (measured && c.Kind == ChunkKind.Number)) + 1;
    }

    static IEnumerable<(ImmutableArray<Chunk> Phrase, Cue? Connective)> Phrases(ImmutableArray<Chunk> chunks)
    {
        Cue? connective = null;
        foreach (var phrase in Split(chunks, c => c.IsConnective || c.Kind == ChunkKind.Semicolon))
        {
            var before = chunks.LastOrDefault(c => c.End <= phrase[0].Start);
            connective = before?.Cue ?? connective;
            yield return (phrase, connective);
        }
    }

    Clause.Unread Unanswered(ImmutableArray<Chunk> chunks)
    {
        var cues = Outside(chunks).Select(c => c.Cue).ToHashSet();
        return Whole(
            chunks, cues.Contains(Cue.Judgement) ? UnreadKind.Judgement
                : cues.Contains(Cue.Consent) ? UnreadKind.Consent
                : UnreadKind.Other);
    }

    Clause? Framed(ImmutableArray<Chunk> chunks) =>
        Some(chunks) is { } some ? some
            : chunks.Any(c => c.Is(Cue.Eligibility)) ? EligibleFor(chunks)
            : Permission(chunks) ?? Requirement(chunks) ?? OfSome(chunks) ?? AskedOfThese(chunks) ?? List(chunks);

    /// <summary><c>At least two of the following: hypertension, diabetes, smoking</c>; null for others.</summary>
    Clause? Some(ImmutableArray<Chunk> chunks)
    {
        var colon = IndexOutside(chunks, c => c.Kind == ChunkKind.Colon);
        if (colon <= 0 || colon + 1 == chunks.Length || LeadIns.Of(text[chunks[0].Start..chunks[colon].End])
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
        var bySemicolon = Split(list, c => c.Kind == ChunkKind.Semicolon).ToList();
        return bySemicolon.Count > 1 ? bySemicolon.ConvertAll(p => p[0].IsConnective ? p[1..] : p)
            : [.. Split(list, c => c.IsConnective)];
    }

    /// <summary><c>In patients with diabetes, HbA1c ≤ 8 %</c>: binds only those; null for others.</summary>
    Clause? OfSome(ImmutableArray<Chunk> chunks)
    {
        var comma = chunks.IsEmpty || !chunks[0].Is(Cue.If) ? -1
            : IndexOutside(chunks, c => c.Kind == ChunkKind.Colon) is > 0 and var colon ? colon
            : Outside(chunks).Count(c => c.Kind == ChunkKind.Comma) == 1
            ? IndexOutside(chunks, c => c.Kind == ChunkKind.Comma)
            : -1;
        if (comma < 0)
        {
            return null;
        }

        return List(chunks[1..comma]) is { } some && List(chunks[(comma + 1)..]) is { } asked
            ? section == CriterionSection.Inclusion
                ? Clauses.Any([Clauses.Not(some), asked])
                : Clauses.All([some, asked])
            : null;
    }

    /// <summary><c>Patients with diabetes must have HbA1c &lt; 8%</c>: those who have it must; so too who <c>may have
    /// ALT ≤ 5 × ULN</c>. Where more than values
    /// is asked it is open whether others may take part. Null for others.</summary>
    Clause? AskedOfThese(ImmutableArray<Chunk> chunks)
    {
        var must = IndexOutside(chunks, c => c.Is(Cue.Must) || c.Word is "must be" or "should be" or "may");
        if (section == CriterionSection.Exclusion || must <= 0 || !chunks[..must].Any(c => c.Is(Cue.Person))
            || chunks[..must].Any(c => c.Kind == ChunkKind.Number || c.IsConnective)
            || !chunks[..must].Any(c => c.Kind == ChunkKind.Term && NamedFacts.IsFact(c.Concept!.Kind))
            || !chunks[must..].Any(c => c.Kind == ChunkKind.Term))
        {
            return null;
        }

        return List(chunks[..must]) is { } who && List(chunks[(must + 1)..]) is { } asked
            ? Clauses.Leaves(asked).All(l => l is Clause.Measured) ? Clauses.Any([Clauses.Not(who), asked])
                : chunks[must].Word == "may" ? null : Asked(who, asked, chunks[..(must + 1)])
            : null;
    }

    Clause.Unread Whole(ImmutableArray<Chunk> chunks, UnreadKind kind)
    {
        var first = chunks.FirstOrDefault(c => c.Kind is not (ChunkKind.Colon or ChunkKind.Comma)) ?? chunks[0];
        return UnreadText.Of(text, first.Start, chunks[^1].End, kind);
    }

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

    /// <summary><c>Prior CD19 therapy will be allowed if …</c>, <c>any Ph+ participant intolerant of TKI is
    /// eligible</c>: restricts only those it names, by the condition; nobody without one.</summary>
    Clause? Permission(ImmutableArray<Chunk> chunks)
    {
        var at = IndexOutside(chunks, c => c.Cue is Cue.Allowed or Cue.Eligible);
        if (at <= 0)
        {
            return null;
        }

        if (IndexOutside(chunks, c => c.Kind == ChunkKind.Semicolon) >= 0)
        {
            var parts = Split(chunks, c => c.Kind == ChunkKind.Semicolon).Select(Framed).OfType<Clause>();
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

        if (Outside(chunks[..at]).Any(c => c.Sign is not null))
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
        foreach (var part in Split(chunks, c => c.Kind is ChunkKind.Comma or ChunkKind.Open or ChunkKind.Close
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

    /// <summary>An exclusion written as a demand (<c>must have a negative test</c>, <c>no other therapy within 14
    /// days</c>) keeps out whoever does not meet it.</summary>
    Clause? Requirement(ImmutableArray<Chunk> chunks)
    {
        var must = IndexOutside(chunks, c => c.Is(Cue.Must));
        var demanded = must >= 0 || Outside(chunks).Any(c => c.Is(Cue.Not) && IsForbidden(c.Word))
            || chunks.FirstOrDefault(c => !c.Is(Cue.Filler)) is { Cue: Cue.Not } first
                && !IsLack(first.Word) && !IsOfSex(first) && !LacksTreatment(chunks, first);
        if (section == CriterionSection.Inclusion || !demanded)
        {
            return null;
        }

        var clause = new SentenceReader(text, CriterionSection.Inclusion, vocabulary).List(chunks[(must + 1)..]);
        return clause is null ? null : Clauses.Not(clause);
    }

    /// <summary>Whether women or men are named right before the denial, who are those kept out: <c>women not surgically
    /// sterile</c>.</summary>
    bool IsOfSex(Chunk denial) => _ofSex && _sexEnd < denial.Start
        && !text.AsSpan(_sexEnd, denial.Start - _sexEnd).ContainsAny(":;,.");

    /// <summary>Words that forbid, also after the people they are for: <c>patients must not have …</c>.</summary>
    static bool IsForbidden(string word) => word is "must not" or "must not have" or "must not be receiving"
        or "may not" or "may not be receiving" or "may not have received" or "may not receive" or "may not be taking"
        or "cannot have" or "may not have" or "should not" or "should not have";

    /// <summary>Words that say what those have not who are kept out (<c>absence of measurable disease</c>), and ask for
    /// nothing.</summary>
    static bool IsLack(string word) => word is "absence of" || word.EndsWith("not have", StringComparison.Ordinal)
        || word is "have no" or "has no" or "dont have" or "doesnt have";

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

    /// <summary>Whether the denial is of a treatment as it should be, which asks for nothing: <c>not on a stable dose
    /// of metformin</c>.</summary>
    static bool LacksTreatment(ImmutableArray<Chunk> chunks, Chunk denial) =>
        chunks[(chunks.IndexOf(denial) + 1)..].SkipWhile(c => c.Cue is Cue.Filler or Cue.Current).FirstOrDefault()?.Word
            is "stable" or "optimal" or "optimum" or "optimized" or "adequate" or "appropriate" or "sufficient";

    /// <summary>Parts separated by semicolons.</summary>
    Clause? List(ImmutableArray<Chunk> chunks) => Deeper(chunks, ListOfParts);

    Clause? ListOfParts(ImmutableArray<Chunk> chunks)
    {
        var parts = Split(chunks, c => c.Kind == ChunkKind.Semicolon)
            .Select(p => OfSome(p) ?? AskedOfThese(p) ?? Excepted(p)).OfType<Clause>().ToArray();
        return parts.Length == 0 ? null
            : section == CriterionSection.Inclusion ? Clauses.All(WithWider(parts))
            : Clauses.Any(parts);
    }

    /// <summary>Gives a limit the wider one that some must meet instead: <c>bilirubin ≤ 1.5 × ULN; patients with
    /// Gilbert syndrome must have bilirubin ≤ 3 × ULN</c>.</summary>
    static List<Clause> WithWider(Clause[] parts)
    {
        var kept = new List<Clause>();
        foreach (var part in parts)
        {
            if (part is Clause.AnyOf { Clauses: [Clause.Not { Inner: var who }, Clause.Measured asked] }
                && kept.FindIndex(k => k is Clause.Measured usual && IsWider(asked, usual)) is >= 0 and var at)
            {
                kept[at] = Clauses.Any([kept[at], Clauses.All([who, asked])]);
            }
            else
            {
                kept.Add(part);
            }
        }

        return kept;
    }

    static bool IsWider(Clause.Measured limit, Clause.Measured usual) =>
        limit.Measurement.Concept.Key is { } key && key == usual.Measurement.Concept.Key
        && Limits.Of(usual.Measurement).IsWithin(Limits.Of(limit.Measurement));

    /// <summary><c>Either no chemotherapy or 6 months since chemotherapy</c>: what is denied first is not denied after
    /// <c>or</c>; null for others.</summary>
    Clause? EitherNone(ImmutableArray<Chunk> chunks)
    {
        var either = LastIndex(chunks, c => c.Word == "either");
        if (either < 0 || either + 1 == chunks.Length || !chunks[either + 1].Is(Cue.Not)
            || Outside(chunks[either..]).Where(c => c.Is(Cue.Or)).ToArray() is not [var or])
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
            at = at < chunks.Length && chunks[at].Kind == ChunkKind.Open ? Closing(chunks, at) : at;
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
        at > 1 && at + 2 < chunks.Length && chunks[at].Is(Cue.And) && chunks[at - 1].Number is { Over: null } low
            && chunks[at + 2].Number is { Over: null } high
        && chunks[at - 2].Sign is Comparator.GreaterThan or Comparator.GreaterOrEqual && chunks[at
        + 1].Sign is Comparator.LessThan or Comparator.LessOrEqual
        && low.Low < high.High && (low.Unit == high.Unit || low.Unit.Length == 0) && low.RelativeTo == high.RelativeTo
        && low.Scale == high.Scale;

    Clause Nested(ImmutableArray<Chunk> inside) => List(Qualifiers.Fold(inside))
        ?? UnreadText.Of(text, inside);

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

    static int Closing(ImmutableArray<Chunk> chunks, int open)
    {
        var depth = 0;
        for (var at = open; at < chunks.Length; at++)
        {
            depth += chunks[at].Kind == ChunkKind.Open ? 1 : chunks[at].Kind == ChunkKind.Close ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return chunks.Length - 1;
    }

    /// <summary>The chunks that no brackets enclose.</summary>
    static IEnumerable<Chunk> Outside(ImmutableArray<Chunk> chunks)
    {
        for (var at = 0; at < chunks.Length; at++)
        {
            if (chunks[at].Kind == ChunkKind.Open)
            {
                at = Closing(chunks, at);
            }
            else
            {
                yield return chunks[at];
            }
        }
    }

    static int LastIndex(ImmutableArray<Chunk> chunks, Func<Chunk, bool> wanted)
    {
        var at = chunks.Length - 1;
        while (at >= 0 && !wanted(chunks[at]))
        {
            at--;
        }

        return at;
    }

    static int IndexOutside(ImmutableArray<Chunk> chunks, Func<Chunk, bool> wanted) =>
        Outside(chunks).FirstOrDefault(wanted) is { } found ? chunks.IndexOf(found) : -1;

    /// <summary>The parts between separators that no brackets enclose (a bracket may itself be a separator).</summary>
    static IEnumerable<ImmutableArray<Chunk>> Split(ImmutableArray<Chunk> chunks, Func<Chunk, bool> separates)
    {
        var start = 0;
        for (var at = 0; at <= chunks.Length; at++)
        {
            if (at < chunks.Length && chunks[at].Kind == ChunkKind.Open && !separates(chunks[at]))
            {
                at = Closing(chunks, at);
            }
            else if (at == chunks.Length || separates(chunks[at]))
            {
                if (at > start)
                {
                    yield return chunks[start..at];
                }

                start = at + 1;
            }
        }

        if (start < chunks.Length)
        {
            yield return chunks[start..];
        }
    }
}
