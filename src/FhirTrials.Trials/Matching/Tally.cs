namespace FhirTrials.Trials.Matching;

/// <summary>How many of the criteria that apply to a patient are met, failed and unknown.</summary>
readonly record struct Tally(int Met, int Failed, int Unknown)
{
    public int Applying => Met + Failed + Unknown;

    /// <summary>One failed decides; nothing unknown makes eligible, nor does nothing at all.</summary>
    public MatchGrade Grade => Failed > 0 ? MatchGrade.NotEligible
        : Unknown > 0 || Applying == 0 ? MatchGrade.PossiblyEligible
        : MatchGrade.Eligible;

    /// <summary>The less the better the fit.</summary>
    public (MatchGrade Grade, int Failed, int Unknown) Rank => (Grade, Failed, Unknown);

    /// <summary>0 to 1; see <see cref="StudyMatch.Score"/>.</summary>
    public decimal Score => Grade switch
    {
        MatchGrade.Eligible => 1,
        MatchGrade.PossiblyEligible => Math.Round((decimal)Met / (Applying + 1), 4),
        MatchGrade.NotEligible => 0,
    };

    public static Tally Of(IEnumerable<CriterionVerdict> verdicts)
    {
        var tally = default(Tally);
        foreach (var verdict in verdicts.Where(v => v.Applies))
        {
            tally = tally.With(verdict.Verdict);
        }

        return tally;
    }

    public Tally With(Verdict verdict) => verdict switch
    {
        Verdict.Met => this with { Met = Met + 1 },
        Verdict.NotMet => this with { Failed = Failed + 1 },
        Verdict.Unknown => this with { Unknown = Unknown + 1 },
    };
}
