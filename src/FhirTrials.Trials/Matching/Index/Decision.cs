using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>What decides a criterion, without the words that do not: one object for all criteria of all studies that
/// are decided alike, so that a patient is asked once.</summary>
/// <param name="section">The criterion's.</param>
/// <param name="clause">In its <see cref="PlainClause"/>.</param>
/// <param name="age">The age band that it is for; null for all.</param>
/// <param name="expression">What decides in the clause's place; null where the clause does.</param>
sealed class Decision(CriterionSection section, Clause clause, Measurement? age, FhirPathExpression? expression)
{
    public CriterionSection Section => section;

    public Clause Clause => clause;

    public Measurement? Age => age;

    public FhirPathExpression? Expression => expression;

    /// <summary>Whether nothing but the patient's age and sex decides: that is asked first, for it fails often and
    /// costs little.</summary>
    public bool IsDemographic =>
        expression is null && clause is Clause.Sex or Clause.Measured { Measurement.Kind: MeasurementKind.Age };

    public static Decision Of(Criterion criterion, FhirPathExpression? expression) => new(
        criterion.Section,
        expression is null ? PlainClause.Of(criterion.Clause) : PlainClause.Open,
        criterion.Scope.Age is { } age ? PlainClause.Of(age) : null,
        expression);
}

/// <summary>Decisions that decide alike are equal.</summary>
sealed class DecisionComparer : IEqualityComparer<Decision>
{
    public static readonly DecisionComparer Instance = new();

    public bool Equals(Decision? x, Decision? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null && x.Section == y.Section && x.Age == y.Age
            && x.Expression?.Text == y.Expression?.Text && ClauseComparer.Instance.Equals(x.Clause, y.Clause));

    public int GetHashCode(Decision obj) =>
        HashCode.Combine(obj.Section, ClauseComparer.Instance.GetHashCode(obj.Clause), obj.Age, obj.Expression?.Text);
}

/// <summary>Clauses of the same shape and leaves are equal; as records they are only where their arrays are the
/// same.</summary>
sealed class ClauseComparer : IEqualityComparer<Clause>
{
    public static readonly ClauseComparer Instance = new();

    public bool Equals(Clause? x, Clause? y) => ReferenceEquals(x, y) || (x, y) switch
    {
        (Clause.AllOf all, Clause.AllOf other) => Equal(all.Clauses, other.Clauses),
        (Clause.AnyOf any, Clause.AnyOf other) => Equal(any.Clauses, other.Clauses),
        (Clause.AtLeast least, Clause.AtLeast other) =>
            least.Count == other.Count && Equal(least.Clauses, other.Clauses),
        (Clause.Not not, Clause.Not other) => Equals(not.Inner, other.Inner),
        _ => x is not null && x.Equals(y),
    };

    public int GetHashCode(Clause obj) => obj switch
    {
        Clause.AllOf all => Hash(1, all.Clauses),
        Clause.AnyOf any => Hash(2, any.Clauses),
        Clause.AtLeast least => HashCode.Combine(least.Count, Hash(3, least.Clauses)),
        Clause.Not not => ~GetHashCode(not.Inner),
        _ => obj.GetHashCode(),
    };

    bool Equal(ImmutableArray<Clause> x, ImmutableArray<Clause> y)
    {
        if (x.Length != y.Length)
        {
            return false;
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (!Equals(x[i], y[i]))
            {
                return false;
            }
        }

        return true;
    }

    int Hash(int kind, ImmutableArray<Clause> clauses)
    {
        var hash = new HashCode();
        hash.Add(kind);
        foreach (var clause in clauses)
        {
            hash.Add(GetHashCode(clause));
        }

        return hash.ToHashCode();
    }
}
