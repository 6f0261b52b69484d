using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria;

/// <content>What is demanded, and of whom alone: <c>must have a negative test</c>, <c>patients with diabetes must have
/// HbA1c &lt; 8 %</c>.</content>
sealed partial class SentenceReader
{
    /// <summary>An exclusion written as a demand (<c>must have a negative test</c>, <c>no other therapy within 14
    /// days</c>) keeps out whoever does not meet it.</summary>
    Clause? Requirement(ImmutableArray<Chunk> chunks)
    {
        var must = chunks.IndexOutside(c => c.Is(Cue.Must));
        var demanded = must >= 0 || chunks.Outside().Any(c => c.Is(Cue.Not) && IsForbidden(c.Word))
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

    /// <summary>Whether the denial is of a treatment as it should be, which asks for nothing: <c>not on a stable dose
    /// of metformin</c>.</summary>
    static bool LacksTreatment(ImmutableArray<Chunk> chunks, Chunk denial) =>
        chunks[(chunks.IndexOf(denial) + 1)..].SkipWhile(c => c.Cue is Cue.Filler or Cue.Current).FirstOrDefault()?.Word
            is "stable" or "optimal" or "optimum" or "optimized" or "adequate" or "appropriate" or "sufficient";

    /// <summary><c>In patients with diabetes, HbA1c ≤ 8 %</c>: binds only those; null for others.</summary>
    Clause? OfSome(ImmutableArray<Chunk> chunks)
    {
        var comma = chunks.IsEmpty || !chunks[0].Is(Cue.If) ? -1
            : chunks.IndexOutside(c => c.Kind == ChunkKind.Colon) is > 0 and var colon ? colon
            : chunks.Outside().Count(c => c.Kind == ChunkKind.Comma) == 1
            ? chunks.IndexOutside(c => c.Kind == ChunkKind.Comma)
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
    /// ALT ≤ 5 × ULN</c>. Where more than values is asked it is open whether others may take part. Null for
    /// others.</summary>
    Clause? AskedOfThese(ImmutableArray<Chunk> chunks)
    {
        var must = chunks.IndexOutside(c => c.Is(Cue.Must) || c.Word is "must be" or "should be" or "may");
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
}
