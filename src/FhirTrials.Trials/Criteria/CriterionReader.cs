using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>A criterion with the item of the outline it was read from.</summary>
sealed record ReadCriterion(Criterion Criterion, OutlineItem Item);

/// <summary>Reads the items of the outline: scope first, then sentence by sentence.</summary>
sealed class CriterionReader(string text, ConceptVocabulary vocabulary, Chunker chunker, ScopeReader scopes)
{
    /// <summary>Longer items are kept as text: no criterion of a real study comes near.</summary>
    const int MaxLength = 6_000;

    /// <summary>More words and signs than a text of that length has; reading them costs their square.</summary>
    const int MaxTokens = 1_500;

    const int MaxBracketDepth = 8;
    const int LeadInWords = 25;

    public ImmutableArray<ReadCriterion> Read(ImmutableArray<OutlineItem> items)
    {
        var introduced = items.Where(i => i.LeadIn is not null).Select(i => i.LeadIn!).ToHashSet();
        var scopeOf = new Dictionary<OutlineItem, CriterionScope>();
        var unanswerable = new HashSet<OutlineItem>();
        var read = ImmutableArray.CreateBuilder<ReadCriterion>();
        foreach (var item in items)
        {
            var inherited = item.LeadIn is { } above && scopeOf.TryGetValue(above, out var outer) ? outer
                : CriterionScope.All;
            var criterion =
                Read(item, inherited, belongsToText: item.LeadIn is { } leadIn && unanswerable.Contains(leadIn));
            scopeOf[item] = criterion.Scope;
            if (introduced.Contains(item) && IsHeading(item) && !SetsLimit(criterion.Clause))
            {
                continue;
            }

            if (introduced.Contains(item) && criterion.Status == ParseStatus.Text)
            {
                unanswerable.Add(item);
            }

            read.Add(new(criterion, item));
        }

        return read.ToImmutable();
    }

    /// <summary>A short line with a colon only introduces what follows.</summary>
    bool IsHeading(OutlineItem item)
    {
        var words = text.AsSpan(item.Span.Start, item.Span.Length);
        return words.EndsWith(":") && TermText.Words(words.ToString()).Length <= LeadInWords;
    }

    /// <summary>Whether a line that introduces others asks something itself: <c>age below 60 years and:</c>.</summary>
    static bool SetsLimit(Clause clause) =>
        Clauses.Leaves(clause).Any(l => l is Clause.Measured { Measurement.Concept.Key: not null });

    /// <param name="belongsToText">The item above was not understood and this one is part of what it says.</param>
    Criterion Read(OutlineItem item, CriterionScope inherited, bool belongsToText)
    {
        var span = item.Span;
        var verbatim = text.Substring(span.Start, span.Length);
        if (span.Length > MaxLength || item.IsTooDeep)
        {
            return Of(item, verbatim, inherited, UnreadText.Of(text, span.Start, span.End));
        }

        var tokens = Tokenizer.Read(text, span);
        if (tokens.Length > MaxTokens)
        {
            return Of(item, verbatim, inherited, UnreadText.Of(text, span.Start, span.End));
        }

        var chunks = chunker.Read(text, tokens);
        var bands = Bands(chunks);
        var prefix = bands.IsEmpty ? scopes.Read(text, span, chunks) : new(CriterionScope.All, span.Start, null);
        var scope = prefix.Scope == CriterionScope.All ? inherited : prefix.Scope;
        var clause = TooDeep(chunks) ? null
            : !bands.IsEmpty ? OfBands(item.Section, bands)
            : Sentences(item.Section, [.. chunks.Where(c => c.Start >= prefix.End)]);
        if (clause is null || Clauses.StatusOf(clause) == ParseStatus.Text || (belongsToText && !IsConsent(clause)))
        {
            clause = UnreadText.Of(text, Spans.SkipBlanks(text, prefix.End, span.End), span.End, KindOf(clause));
        }

        return Of(item, verbatim, scope, prefix.UnknownCohort is { } cohort ? Guarded(item.Section, cohort, clause)
            : clause);
    }

    /// <summary>The parts of an item of which each begins with an age band of its own, but for those that ask nothing;
    /// empty for others.</summary>
    static ImmutableArray<(Measurement Age, ImmutableArray<Chunk> Asked)> Bands(ImmutableArray<Chunk> chunks)
    {
        var parts = Split(chunks, c => c.Kind is ChunkKind.Stop or ChunkKind.Semicolon).Where(p => !p.IsEmpty)
            .Select(ScopeReader.Band).ToArray();
        return parts.Length > 1 && parts.All(p => p is not null)
            ? [.. parts.Select(p => p!.Value).Where(p => !p.Asked.IsEmpty)] : [];
    }

    /// <summary><c>Subjects ≥ 18 years: ECOG ≤ 2. Subjects &lt; 16 years: Lansky ≥ 50</c>: each binds those of its
    /// age.</summary>
    Clause OfBands(CriterionSection section, ImmutableArray<(Measurement Age, ImmutableArray<Chunk> Asked)> bands)
    {
        var clauses = from band in bands
            let age = new Clause.Measured(band.Age)
            let asked = Sentences(section, band.Asked) ?? UnreadText.Of(text, band.Asked)
            select section == CriterionSection.Inclusion
                ? Clauses.Any([Clauses.Not(age), asked]) : Clauses.All([age, asked]);
        return section == CriterionSection.Inclusion ? Clauses.All(clauses) : Clauses.Any(clauses);
    }

    Clause? Sentences(CriterionSection section, ImmutableArray<Chunk> chunks)
    {
        var reader = new SentenceReader(text, section, vocabulary);
        Clause? whole = null;
        foreach (var sentence in Split(chunks, c => c.Kind == ChunkKind.Stop))
        {
            var explains = whole is not null && Explains(sentence, whole, section);
            if (whole is not null && Permits(sentence) && (explains || section == CriterionSection.Exclusion))
            {
                Clause words = UnreadText.Of(text, sentence);
                whole =
                    section == CriterionSection.Inclusion ? Clauses.Any([whole!, words]) : Clauses.All([whole!, words]);
                continue;
            }

            var clause = !explains ? reader.Read(sentence)
                : AddsNothing(sentence, whole!) ? null
                : UnreadText.Of(text, sentence);
            if (clause is null)
            {
                continue;
            }

            whole = whole is null ? clause : section == CriterionSection.Inclusion ? Clauses.All([whole, clause])
                : Clauses.Any([whole, clause]);
        }

        return whole;
    }

    static IEnumerable<ImmutableArray<Chunk>> Split(ImmutableArray<Chunk> chunks, Func<Chunk, bool> separates)
    {
        var start = 0;
        for (var at = 0; at <= chunks.Length; at++)
        {
            if (at == chunks.Length || separates(chunks[at]))
            {
                yield return chunks[start..at];
                start = at + 1;
            }
        }
    }

    /// <summary>Whether a further sentence only explains what the first said: how it is defined, why, or what is done
    /// then.</summary>
    static bool Explains(ImmutableArray<Chunk> sentence, Clause before, CriterionSection section)
    {
        if (sentence.Any(c => c.Is(Cue.Consent)))
        {
            return false;
        }

        var first = sentence.FirstOrDefault(c => c.Kind is not (ChunkKind.Open or ChunkKind.Comma));
        if (first is null || first.Cue is Cue.If or Cue.Aside or Cue.Must
            || first.Word is "this" or "these" or "such" or "should" or "it" or "wocbp")
        {
            return true;
        }

        if (section == CriterionSection.Exclusion && !Permits(sentence) && sentence.Any(c => c.Is(Cue.Within))
            && sentence.Any(c => c.Number is { IsTime: true }))
        {
            return false;
        }

        var said = Clauses.Concepts(before).ToHashSet(StringComparer.Ordinal);
        return sentence.Any(c => c.Concept is { } concept && said.Contains(concept.Key));
    }

    /// <summary>Whether it lets some in whom the first sentence keeps out: <c>however, patients with … are
    /// eligible</c>.</summary>
    static bool Permits(ImmutableArray<Chunk> sentence) =>
        sentence.Any(c => c.Cue is Cue.Allowed or Cue.Eligible || c.Word is "eligible")
        && !sentence.Any(c => c.Cue is Cue.Not);

    /// <summary>Whether a sentence that explains leaves the verdict alone: it sets no limit of its own under a
    /// condition (<c>if on atazanavir, bilirubin ≤ 5 × ULN</c>) and does not go on listing.</summary>
    static bool AddsNothing(ImmutableArray<Chunk> sentence, Clause before)
    {
        const int few = 3;
        var said = Clauses.Concepts(before).ToHashSet(StringComparer.Ordinal);
        var news = sentence.Count(c => c.Concept is { } named && !said.Contains(named.Key));
        var limits = sentence.Any(c => c.Is(Cue.If)) && sentence.Any(c => c.Kind == ChunkKind.Number);
        return !(limits && (news > 0 || sentence.Any(c => c.Word is "not eligible" or "are not eligible" or "ineligible"
            or "are ineligible" or "excluded"
            or "are excluded" or "will be excluded")))
                && !(news > few && sentence.Any(c => c.Kind == ChunkKind.Semicolon));
    }

    /// <summary>Whether the clause asks nothing but consent, perhaps of one sex.</summary>
    static bool IsConsent(Clause clause) =>
        Clauses.Leaves(clause).All(l => l is Clause.Sex or Clause.Unread { Kind: UnreadKind.Consent });

    static UnreadKind KindOf(Clause? clause)
    {
        var kinds = clause is null ? []
            : Clauses.Leaves(clause).OfType<Clause.Unread>().Select(u => u.Kind).ToHashSet();
        return kinds.Contains(UnreadKind.Consent) ? UnreadKind.Consent
            : kinds.Contains(UnreadKind.Judgement) ? UnreadKind.Judgement
            : UnreadKind.Other;
    }

    static bool TooDeep(ImmutableArray<Chunk> chunks)
    {
        var (depth, deepest) = (0, 0);
        foreach (var chunk in chunks)
        {
            depth += chunk.Kind == ChunkKind.Open ? 1 : chunk.Kind == ChunkKind.Close && depth > 0 ? -1 : 0;
            deepest = Math.Max(deepest, depth);
        }

        return deepest > MaxBracketDepth;
    }

    /// <summary>A criterion of a cohort that is no arm of the study: it binds only who would be in it.</summary>
    static Clause Guarded(CriterionSection section, string cohort, Clause clause)
    {
        var member = new Clause.Unread(cohort);
        return section == CriterionSection.Inclusion ? new Clause.AnyOf([new Clause.Not(member), clause])
            : new Clause.AllOf([member, clause]);
    }

    static Criterion Of(OutlineItem item, string verbatim, CriterionScope scope, Clause clause) =>
        new(0, item.Section, verbatim, item.Span, Clauses.StatusOf(clause), Confidence.Of(clause), scope, clause);
}
