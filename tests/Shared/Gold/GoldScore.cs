using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FhirTrials.Tests.Chia;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Tests.Gold;

/// <summary>The parser's score on the gold set of haematology and oncology.</summary>
/// <remarks>Strict: the same concept, number, end, inclusion and unit; the same fact and negation; the same length and
/// direction of a time. Relaxed: the numbers and a near concept; a near concept of any kind; the length. States of a
/// disease (relapsed) and populations are qualifiers in the labels and are not counted.</remarks>
sealed class GoldScore
{
    public Tally Age { get; } = new();

    public Tally Thresholds { get; } = new();

    public Tally Windows { get; } = new();

    public Tally Negation { get; } = new();

    public Dictionary<string, Tally> Facts { get; } =
        new[] { "condition", "therapy", "procedure", "pregnancy", "allergy" }.ToDictionary(k => k, _ => new Tally());

    /// <summary>How often a label (first) was read as (second).</summary>
    public Dictionary<(string Label, string Read), int> Statuses { get; } = [];

    public int ConfidentStatements { get; private set; }

    /// <summary>Statements of criteria called computable that the labels do not hold.</summary>
    public int WrongStatements { get; private set; }

    /// <summary>What went wrong, one line each: kind, id, words.</summary>
    public List<string> Errors { get; } = [];

    public double WrongRate => ConfidentStatements == 0 ? 0 : WrongStatements / (double)ConfidentStatements;

    public static GoldScore Of(IEnumerable<GoldCriterion> criteria)
    {
        var score = new GoldScore();
        foreach (var criterion in criteria)
        {
            score.Add(criterion);
        }

        return score;
    }

    void Add(GoldCriterion gold)
    {
        var heading = gold.Section == "inclusion" ? "Inclusion Criteria:\n\n* " : "Exclusion Criteria:\n\n* ";
        var parsed = CriteriaParser.Parse(new(heading + gold.Text, gold.Arms));
        var status = parsed.IsEmpty ? ParseStatus.Text
            : parsed.Select(c => c.Status).Distinct().ToArray() is [var one] ? one
            : ParseStatus.Partial;
        var key = (gold.Status, status.ToString().ToLowerInvariant());
        Statuses[key] = Statuses.GetValueOrDefault(key) + 1;

        ImmutableArray<Statement> labelled = [.. gold.Statements.Where(Counts).Distinct()];
        ImmutableArray<Statement> read = [.. parsed.SelectMany(c => Statement.Of(c.Clause)).Where(Counts).Distinct()];
        read = read.RemoveAll(r => !labelled.Any(l => Agree(l, r)) && read.Any(general => IsExample(r, general)));
        foreach (var statement in labelled)
        {
            var (found, near) = (read.Any(r => Agree(statement, r)), read.Any(r => AreNear(statement, r)));
            TallyOf(statement).Annotated(found, near);
            Note(!found, "missed", gold, statement);
        }

        foreach (var statement in read)
        {
            var (right, near) = (labelled.Any(l => Agree(l, statement)), labelled.Any(l => AreNear(l, statement)));
            TallyOf(statement).Parsed(right, near, isAnnotated: true);
            Note(!right, "wrong", gold, statement);
            if (status == ParseStatus.Computable && !IsOpen(gold))
            {
                ConfidentStatements++;
                var holds = right || (near && (statement is not Statement.Fact fact || labelled.OfType<Statement.Fact>()
                    .Any(l => l.What.IsNear(fact.What) && l.Negated == fact.Negated)));
                WrongStatements += holds ? 0 : 1;
                Note(!holds, "confident", gold, statement);
            }
        }

        Negations([.. labelled.OfType<Statement.Fact>()], [.. read.OfType<Statement.Fact>()]);
    }

    void Negations(ImmutableArray<Statement.Fact> labelled, ImmutableArray<Statement.Fact> read)
    {
        foreach (var fact in labelled.Where(f => f.Negated))
        {
            Negation.Annotated(read.Any(r => r.Negated && r.What.IsNear(fact.What)), foundRelaxed: false);
        }

        foreach (var fact in read.Where(f => f.Negated))
        {
            Negation.Parsed(
                labelled.Any(l => l.Negated && l.What.IsNear(fact.What)), rightRelaxed: false, isAnnotated: true);
        }
    }

    /// <summary>An exclusion that begins with a negation (<c>No Down syndrome</c>): whether it excludes those who have
    /// it or those who have it not is open. One that demands (<c>must have a negative test</c>) is labelled by its
    /// words, but read as whom it keeps out.</summary>
    static bool IsOpen(GoldCriterion gold) => gold.Section == "exclusion"
        && (gold.Text.StartsWith("No ", StringComparison.Ordinal)
            || gold.Text.Contains(" must ", StringComparison.Ordinal));

    /// <summary>An example adds nothing to the class that is said beside it; the labels leave it out.</summary>
    static bool IsExample(Statement statement, Statement general) =>
        statement is Statement.Fact { What.Key: { } narrow } one
        && general is Statement.Fact { What.Key: { } broad } other
        && one.Negated == other.Negated && narrow != broad && ConceptVocabulary.Default.IsA(narrow, broad);

    /// <summary>A performance status from 0 on has no lower limit.</summary>
    static bool Counts(Statement statement) => statement switch
    {
        Statement.Limit limit => limit is not { IsLow: true, Value: 0, Inclusive: true },
        Statement.Fact { What.Key: { } key } =>
            ConceptVocabulary.Default.Find(key)?.Kind is not (ConceptKind.Status or ConceptKind.Population),
        _ => true,
    };

    static bool Agree(Statement one, Statement other) => (one, other) switch
    {
        (Statement.Limit l, Statement.Limit r) =>
            l.HasSameNumber(r) && l.Inclusive == r.Inclusive && l.Unit == r.Unit && (l.IsAge || l.What.Is(r.What)),
        (Statement.Fact l, Statement.Fact r) => l.Kind == r.Kind && l.Negated == r.Negated && l.What.Is(r.What),
        (Statement.Time l, Statement.Time r) => Math.Abs(l.Days - r.Days) <= 1 && l.Direction == r.Direction,
        _ => false,
    };

    static bool AreNear(Statement one, Statement other) => (one, other) switch
    {
        (Statement.Limit l, Statement.Limit r) => l.HasSameNumber(r) && (l.IsAge || l.What.IsNear(r.What)),
        (Statement.Fact l, Statement.Fact r) => l.What.IsNear(r.What),
        (Statement.Time l, Statement.Time r) => Math.Abs(l.Days - r.Days) <= 1,
        _ => false,
    };

    Tally TallyOf(Statement statement) => statement switch
    {
        Statement.Limit limit => limit.IsAge ? Age : Thresholds,
        Statement.Fact fact => Facts[fact.Kind],
        _ => Windows,
    };

    void Note(bool isError, string kind, GoldCriterion gold, Statement statement)
    {
        if (isError)
        {
            Errors.Add($"{kind}\t{gold.Id}\t{gold.Text}\t{statement}");
        }
    }

    public override string ToString()
    {
        var lines = new StringBuilder();
        lines.AppendLine("kind         gold  read |  P     R     F1   strict |  P     R     F1   relaxed");
        foreach (var (name, tally) in Facts.Select(f => (f.Key, f.Value))
            .Prepend(("negation", Negation)).Prepend(("windows", Windows))
            .Prepend(("thresholds", Thresholds)).Prepend(("age", Age)))
        {
            lines.AppendLine(
                CultureInfo.InvariantCulture,
                $"{name,-11} {tally.Gold,5} {tally.Read,5} | {tally.Precision:.000} {tally.Recall:.000} "
                    + $"{tally.F1:.000}        | {tally.PrecisionRelaxed:.000} {tally.RecallRelaxed:.000} "
                    + $"{tally.F1Relaxed:.000}");
        }

        foreach (var ((label, read), count) in Statuses.OrderBy(s => s.Key))
        {
            lines.AppendLine(CultureInfo.InvariantCulture, $"{label} read as {read}: {count}");
        }

        lines.AppendLine(
            CultureInfo.InvariantCulture,
            $"wrong but confident {WrongStatements} of {ConfidentStatements} statements of computable criteria: "
                + $"{WrongRate:.0000}");
        return lines.ToString();
    }
}
