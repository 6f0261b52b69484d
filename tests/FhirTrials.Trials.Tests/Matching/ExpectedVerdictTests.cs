using System.Collections.Immutable;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>The verdicts that a physician gives (examples/patients/expected.tsv) against the matcher's.</summary>
public sealed class ExpectedVerdictTests
{
    static readonly ImmutableArray<string[]> Table =
        [.. File.ReadAllLines(Path.Combine(ExamplePatients.Folder, "expected.tsv")).Select(line => line.Split('\t'))];

    public static TheoryData<string> Patients => [.. Table[0].Skip(2)];

    public static TheoryData<string, string> Rows =>
        [.. Table.Skip(1).Where(r => !r[1].StartsWith("@grade", StringComparison.Ordinal))
            .Select(r => new TheoryDataRow<string, string>(r[0], r[1]))];

    [Fact]
    public void Every_patient_has_a_column() => Assert.Equal(ExamplePatients.Names.Order(), Table[0].Skip(2).Order());

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_is_about_one_criterion(string study, string fragment) =>
        Assert.Single(ExampleStudies.Named(study).Criteria, c => IsAbout(c, fragment));

    [Fact]
    public void Every_criterion_has_a_row()
    {
        var without = ExampleStudies.All.SelectMany(s => s.Criteria
            .Where(c => c.Field is not ("sex" or "healthyVolunteers"))
            .Where(c => !Table.Any(r => r[0] == s.StudyId && IsAbout(c, r[1])))
            .Select(c => $"{s.StudyId} {c.Text}")).ToArray();

        Assert.True(without.Length == 0, string.Join('\n', without));
    }

    [Theory]
    [MemberData(nameof(Patients))]
    public void Verdicts_are_those_of_a_physician(string patient)
    {
        var column = Array.IndexOf(Table[0], patient);
        var record = ExamplePatients.Record(patient);
        var differences =
            ExampleStudies.All.SelectMany(study => Differences(Matcher.Match(record, study), column)).ToArray();

        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }

    static IEnumerable<string> Differences(StudyMatch match, int column)
    {
        var rows = Table.Skip(1).Where(r => r[0] == match.StudyId).ToArray();
        foreach (var verdict in match.Verdicts)
        {
            var expected = rows.Where(r => IsAbout(verdict.Criterion, r[1])).Select(r => r[column][0]).ToArray();
            if (expected.Length > 0 && And(expected) != Letter(verdict))
            {
                yield return $"{match.StudyId} "
                    + $"'{verdict.Criterion.Text[..Math.Min(60, verdict.Criterion.Text.Length)]}': expected "
                    + $"{And(expected)}, "
                    + $"is {Letter(verdict)}: "
                    + $"{string.Join("; ", verdict.Evidence.Select(e => e.Text).Concat(verdict.Missing))}";
            }
        }

        foreach (var row in rows.Where(r => r[1].StartsWith("@grade", StringComparison.Ordinal)))
        {
            var arm = row[1]["@grade".Length..].Trim();
            var grade = arm.Length == 0 ? match.Grade : match.Arms.Single(a => a.Arm == arm).Grade;
            if (row[column][0] != Letter(grade))
            {
                yield return $"{match.StudyId} {arm}: expected grade {row[column]}, is {Letter(grade)}";
            }
        }
    }

    static bool IsAbout(Criterion criterion, string fragment) => fragment switch
    {
        "@age" => criterion.Field == "minimumAge",
        "@condition" => criterion.Number == StudyConditions.Number,
        _ => criterion.Field is null && criterion.Number != StudyConditions.Number
            && criterion.Text.Contains(fragment, StringComparison.Ordinal),
    };

    /// <summary>Several rows about one criterion: one that is not met decides, then one that is unknown.</summary>
    static char And(char[] verdicts) => verdicts.Contains('N') ? 'N' : verdicts.Contains('U') ? 'U' : verdicts[0];

    static char Letter(CriterionVerdict verdict) => verdict.Applies
        ? verdict.Verdict switch { Verdict.Met => 'M', Verdict.NotMet => 'N', Verdict.Unknown => 'U' }
        : '-';

    static char Letter(MatchGrade grade) => grade switch
    {
        MatchGrade.Eligible => 'E',
        MatchGrade.PossiblyEligible => 'P',
        MatchGrade.NotEligible => 'N',
    };
}
