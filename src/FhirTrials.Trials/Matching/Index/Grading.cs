using System.Buffers;
using System.Collections.Immutable;
using FhirTrials.Trials.Matching.Evaluation;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>One patient's verdicts, each decision asked at most once. Of one thread; holds a rented buffer.</summary>
/// <param name="decisions">The index's, by their slots.</param>
sealed class Grading(RecordFacts facts, ImmutableArray<Decision?> decisions) : IDisposable
{
    static readonly Tally Failed = new(0, 1, 0);

    readonly byte[] _answers = Rent(decisions.Length);

    readonly ClauseValues _values = new(facts);

    /// <summary>The tally that decides the study's grade: that of its best cohort. Of one that fails one failure is
    /// counted.</summary>
    public Tally Of(IndexedStudy study)
    {
        facts.Begin();
        if (study.Cohorts.IsEmpty)
        {
            return HasFailed(study.Slots) ? Failed : OfSlots(study.Slots);
        }

        var best = Failed;
        foreach (var cohort in study.Cohorts)
        {
            var tally = OfCohort(study, cohort);
            best = tally.Rank.CompareTo(best.Rank) < 0 ? tally : best;
        }

        return best;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_answers);

    /// <summary>Whether what is known already fails the study.</summary>
    bool HasFailed(ImmutableArray<int> slots)
    {
        foreach (var slot in slots)
        {
            if (_answers[slot] == (byte)Answer.NotMet)
            {
                return true;
            }
        }

        return false;
    }

    Tally OfSlots(ImmutableArray<int> slots)
    {
        var tally = default(Tally);
        foreach (var slot in slots)
        {
            if (!Count(slot, ref tally))
            {
                return Failed;
            }
        }

        return tally;
    }

    Tally OfCohort(IndexedStudy study, ImmutableArray<int> places)
    {
        var tally = default(Tally);
        foreach (var place in places)
        {
            if (!Count(study.Slots[place], ref tally))
            {
                return Failed;
            }
        }

        return tally;
    }

    /// <summary>Whether the decision does not fail.</summary>
    bool Count(int slot, ref Tally tally)
    {
        switch (AnswerTo(slot))
        {
            case Answer.NotMet:
                return false;
            case Answer.Met:
                tally = tally.With(Verdict.Met);
                break;
            case Answer.Unknown:
                tally = tally.With(Verdict.Unknown);
                break;
            case Answer.DoesNotApply or Answer.NotAsked:
                break;
        }

        return true;
    }

    Answer AnswerTo(int slot)
    {
        ref var answer = ref _answers[slot];
        if (answer == (byte)Answer.NotAsked)
        {
            answer = (byte)Ask(decisions[slot]!);
        }

        return (Answer)answer;
    }

    /// <summary>As <see cref="Matcher"/> decides where nobody has answered.</summary>
    Answer Ask(Decision decision)
    {
        var inBand = decision.Age is { } age ? MeasuredClause.Evaluate(age, facts).Value : true;
        if (inBand is false)
        {
            return Answer.DoesNotApply;
        }

        var value = decision.Expression is { } expression
            ? ExpressionClause.Evaluate(expression, "", facts).Value : _values.Of(decision.Clause);
        return Matcher.VerdictOf(decision.Section, value) switch
        {
            Verdict.Met => Answer.Met,
            Verdict.NotMet => inBand is null ? Answer.Unknown : Answer.NotMet,
            Verdict.Unknown => Answer.Unknown,
        };
    }

    static byte[] Rent(int slots)
    {
        var answers = ArrayPool<byte>.Shared.Rent(slots);
        answers.AsSpan(0, slots).Clear();
        return answers;
    }

    enum Answer : byte
    {
        NotAsked,
        Met,
        NotMet,
        Unknown,
        DoesNotApply,
    }
}
