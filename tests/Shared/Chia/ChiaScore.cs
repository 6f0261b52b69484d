using System.Globalization;
using System.Text;

namespace FhirTrials.Tests.Chia;

/// <summary>Hits, misses and false finds of one kind, by the strict and by the relaxed rule.</summary>
sealed class Tally
{
    public int Gold { get; private set; }

    public int Found { get; private set; }

    public int FoundRelaxed { get; private set; }

    public int Read { get; private set; }

    public int Right { get; private set; }

    public int ReadRelaxed { get; private set; }

    public int RightRelaxed { get; private set; }

    public double Recall => Ratio(Found, Gold);

    public double Precision => Ratio(Right, Read);

    public double F1 => Harmonic(Precision, Recall);

    public double RecallRelaxed => Ratio(FoundRelaxed, Gold);

    public double PrecisionRelaxed => Ratio(RightRelaxed, ReadRelaxed);

    public double F1Relaxed => Harmonic(PrecisionRelaxed, RecallRelaxed);

    public void Annotated(bool found, bool foundRelaxed)
    {
        Gold++;
        Found += found ? 1 : 0;
        FoundRelaxed += found || foundRelaxed ? 1 : 0;
    }

    /// <param name="isAnnotated">Whether anything is annotated there; the relaxed rule leaves out what is not.</param>
    public void Parsed(bool right, bool rightRelaxed, bool isAnnotated)
    {
        Read++;
        Right += right ? 1 : 0;
        ReadRelaxed += isAnnotated ? 1 : 0;
        RightRelaxed += isAnnotated && (right || rightRelaxed) ? 1 : 0;
    }

    static double Ratio(int part, int whole) => whole == 0 ? 1 : part / (double)whole;

    static double Harmonic(double one, double other) => one + other == 0 ? 0 : 2 * one * other / (one + other);
}

/// <summary>The parser's score on a part of the Chia corpus.</summary>
sealed class ChiaScore
{
    public Tally Age { get; } = new();

    public Tally Thresholds { get; } = new();

    public Tally Windows { get; } = new();

    public Tally Negation { get; } = new();

    public Tally Conditions { get; } = new();

    public Tally Drugs { get; } = new();

    public Tally Procedures { get; } = new();

    /// <summary>Criteria by status.</summary>
    public Dictionary<string, int> Statuses { get; } = [];

    /// <summary>Annotated values that lost their sign; not counted.</summary>
    public int Ambiguous { get; set; }

    public int ConfidentLeaves { get; set; }

    /// <summary>Leaves of computable criteria that contradict the annotation.</summary>
    public int WrongLeaves { get; set; }

    /// <summary>These by what is wrong.</summary>
    public SortedDictionary<string, int> Wrong { get; } = new(StringComparer.Ordinal);

    public int ConfidentAnnotations { get; set; }

    /// <summary>Annotations in computable criteria that no leaf touches.</summary>
    public int DroppedAnnotations { get; set; }

    /// <summary>What went wrong, one line each: kind, document, words.</summary>
    public List<string> Errors { get; } = [];

    public double WrongRate => ConfidentLeaves == 0 ? 0 : WrongLeaves / (double)ConfidentLeaves;

    public static ChiaScore Of(IEnumerable<ChiaDocument> documents)
    {
        var score = new ChiaScore();
        foreach (var document in documents)
        {
            new DocumentScorer(score, document).Score();
        }

        return score;
    }

    public override string ToString()
    {
        var lines = new StringBuilder();
        lines.AppendLine("kind         gold  read |  P     R     F1   strict |  P     R     F1   relaxed");
        foreach (var (name, tally) in new[]
        {
            ("age", Age), ("thresholds", Thresholds), ("windows", Windows), ("negation", Negation),
            ("conditions", Conditions), ("drugs", Drugs), ("procedures", Procedures),
        })
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"{name,-11} {tally.Gold,5} {tally.Read,5} | {tally.Precision:.000} {tally.Recall:.000} "
                    + $"{tally.F1:.000}        | {tally.PrecisionRelaxed:.000} {tally.RecallRelaxed:.000} "
                    + $"{tally.F1Relaxed:.000}");
        }

        var criteria = Statuses.Values.Sum();
        var shares = Statuses.OrderBy(s => s.Key)
            .Select(s => FormattableString.Invariant($"{s.Value / (double)criteria:.000} {s.Key}"));
        lines.AppendLine(CultureInfo.InvariantCulture, $"criteria    {criteria,5}: {string.Join(", ", shares)}");
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"wrong but confident {WrongLeaves} of {ConfidentLeaves} leaves of computable criteria: {WrongRate:.0000} "
                + $"({string.Join(", ", Wrong.Select(w => $"{w.Key} {w.Value}"))})");
        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"annotations in computable criteria that no leaf touches: {DroppedAnnotations} of {ConfidentAnnotations}");
        lines.AppendLine(CultureInfo.InvariantCulture, $"annotated values that lost their sign, left out: {Ambiguous}");
        return lines.ToString();
    }
}
