using System.Buffers;
using System.Collections.Immutable;
using FhirTrials.Trials.Matching.Evaluation;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>One patient's verdicts, each decision asked at most once. Of one thread; holds a rented buffer.</summary>
/// <param name="decisions">The index's, by their slots.</param>
sealed class Grading(RecordFacts facts, ImmutableArray<Decision?> decisions) : IDisposable
{
    readonly byte[] _answers = Rent(decisions.Length);

    /// <summary>The tally that decides the study's grade: that of its best cohort. Of one that fails not all failures are
    /// counted.</summary>
    public Tally Of(IndexedStudy study)
    {
        if (study.Cohorts.IsEmpty)
        {
            return HasFailed(study.Slots) ? new(0, 1, 0) : Whole(study.Slots);
        }

        var best = OfCohort(study, study.Cohorts[0]);
        foreach (var cohort in study.Cohorts.AsSpan()[1..])
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

    Tally Whole(ImmutableArray<int> slots)
    {
        var (met, unknown) = (0, 0);
        foreach (var slot in slots)
        {
            switch (AnswerTo(slot))
            {
                case Answer.NotMet:
                    return new(0, 1, 0);
                case Answer.Met:
                    met++;
                    break;
                case Answer.Unknown:
                    unknown++;
                    break;
                case Answer.DoesNotApply or Answer.NotAsked:
                    break;
            }
        }

        return new(met, 0, unknown);
    }

    Tally OfCohort(IndexedStudy study, ImmutableArray<int> places)
    {
        var (met, failed, unknown) = (0, 0, 0);
        foreach (var place in places)
        {
            switch (AnswerTo(study.Slots[place]))
            {
                case Answer.Met:
                    met++;
                    break;
                case Answer.NotMet:
                    failed++;
                    break;
                case Answer.Unknown:
                    unknown++;
                    break;
                case Answer.DoesNotApply or Answer.NotAsked:
                    break;
            }
        }

        return new(met, failed, unknown);
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

    Answer Ask(Decision decision)
    {
        if (ReferenceEquals(decision.Clause, PlainClause.Open) && decision is { Expression: null, Age: null })
        {
            return Answer.Unknown;
        }

        var verdict = Matcher.Decide(decision.Criterion, decision.Expression, [], facts);
        return !verdict.Applies ? Answer.DoesNotApply : verdict.Verdict switch
        {
            Verdict.Met => Answer.Met,
            Verdict.NotMet => Answer.NotMet,
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
