using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;
using System.Globalization;
using FhirTrials.Trials.Criteria.Expressions;

namespace FhirTrials.Trials.Criteria;

/// <summary>Writes a clause as FHIRPath N1 over a Bundle of one patient's record: true, false, or empty where the
/// record does not say.</summary>
/// <remarks>It never contradicts the matcher and knows less: it reads codes, whole names, numbers, units and dates, not
/// sentences, complete lists or what follows by definition; where these would be needed it is empty. The reference date
/// is <c>today()</c>, because every engine has that. It needs the record as <c>%resource</c> and as the context, and
/// <c>aggregate</c>, <c>round</c>; no terminology server and no conversion of units.</remarks>
public static class ClauseFhirPath
{
    /// <summary>As many conditions of an enumeration are asked together.</summary>
    const int MostApart = 4;

    /// <summary>The expression; null where none says anything of the clause.</summary>
    public static string? Write(Clause clause) => clause switch
    {
        Clause.AllOf { Clauses: [] } => "true",
        Clause.AnyOf { Clauses: [] } => "false",
        Clause.AllOf all => Joined(" and ", all.Clauses),
        Clause.AnyOf any => Joined(" or ", any.Clauses.Except(Many(any)), Many(any)),
        Clause.AtLeast some => AtLeast(some),
        Clause.Not not => Write(not.Inner) is { } inner ? $"({inner}).not()" : null,
        Clause.Sex sex =>
            $"{Snippets.Resources}.ofType(Patient).gender.where($this in ('male' | 'female')).select($this = "
            + $"'{sex.Gender}')",
        Clause.Measured { Measurement.Kind: MeasurementKind.Age } age => Age(age.Measurement),
        Clause.Measured or Clause.Present => KnownExpressions.Of(clause, WriteLeaf),
        Clause.Unread => null,
        _ => throw new InvalidOperationException($"No clause is a {clause.GetType().Name}."),
    };

    static string? WriteLeaf(Clause leaf) => leaf switch
    {
        Clause.Measured measured => ResultExpression.Of(measured.Measurement),
        Clause.Present { Concept.Key: null } => null,
        Clause.Present { Concept.Key: { } key } found
            when ConceptVocabulary.Default.Find(key) is { Kind: ConceptKind.Lab } lab =>
            ResultExpression.Of(Facts.Detected(found, lab)),
        _ => FactExpression.Of((Clause.Present)leaf),
    };

    /// <summary>Conditions of an enumeration that are asked the same way: what would be said of each is said
    /// once.</summary>
    static ImmutableArray<Clause.Present> Many(Clause.AnyOf any) =>
        any.Clauses.OfType<Clause.Present>().Where(FactExpression.IsPlainCondition)
            .GroupBy(p => (p.Status, p.Window))
            .Where(g => g.Count() >= MostApart)
            .MaxBy(g => g.Count())?.ToImmutableArray() ?? [];

    static string? Joined(string word, IEnumerable<Clause> clauses, ImmutableArray<Clause.Present> many = default)
    {
        string?[] together = many.IsDefaultOrEmpty ? [] : [FactExpression.OfAny(many)];
        var parts = clauses.Select(Write).Concat(together).ToArray();
        return parts.All(p => p is null) ? null
            : string.Join(word, parts.Select(p => $"({p ?? Snippets.Unknown})").Distinct());
    }

    /// <summary>Certain by those that hold; impossible where too few are left that could.</summary>
    static string? AtLeast(Clause.AtLeast some)
    {
        var parts = some.Clauses.Select(Write).ToArray();
        var said = parts.OfType<string>().ToArray();
        if (said.Length == 0 && parts.Length > 0)
        {
            return null;
        }

        var open = parts.Length - said.Length;
        var hold = string.Join(" + ", said.Select(c => $"iif({c}, 1, 0)").Prepend("0"));
        var could = string.Join(
            " + ", said.Select(c => $"iif(({c}).not(), 0, 1)").Prepend(open.ToString(CultureInfo.InvariantCulture)));
        return $"iif({hold} >= {some.Count}, true, iif({could} < {some.Count}, false, {Snippets.Unknown}))";
    }

    /// <summary>In completed years or months; other units are not asked of a date of birth.</summary>
    static string? Age(Measurement age)
    {
        if (age.Unit is not ("a" or "mo"))
        {
            return null;
        }

        var word = age.Unit == "a" ? "years" : "months";
        var tests = new List<string>();
        if (age.Low is { } low)
        {
            var least =
                age.LowInclusive && age.Comparator != Comparator.GreaterThan ? Math.Ceiling(low) : Math.Floor(low) + 1;
            tests.Add($"$this <= today() - {Snippets.Number(least)} {word}");
        }

        if (age.High is { } high)
        {
            var most =
                age.HighInclusive && age.Comparator != Comparator.LessThan ? Math.Floor(high) : Math.Ceiling(high) - 1;
            tests.Add($"$this > today() - {Snippets.Number(most + 1)} {word}");
        }

        return tests.Count == 0 ? null
            : $"{Snippets.Resources}.ofType(Patient).birthDate.where($this <= "
                + $"today()).select({string.Join(" and ", tests)})";
    }
}
