using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Tests.Criteria;

/// <summary>Whom a criterion binds by the words before its colon.</summary>
public sealed class ScopeReaderTests
{
    [Theory]
    [InlineData(2, 10, 2, ParseStatus.Computable)]
    [InlineData(50, 10, 50, ParseStatus.Computable)]
    [InlineData(51, 10, 0, ParseStatus.Partial)]
    [InlineData(2, 5_000, 0, ParseStatus.Partial)]
    [InlineData(5_000, 10, 0, ParseStatus.Partial)]
    public void Of_more_arms_than_a_prefix_names_it_is_open_whom_it_binds(
        int arms, int length, int named, ParseStatus status)
    {
        var titles = Enumerable.Range(0, arms).Select(i => $"Arm {i} {new string('x', length)}");
        var criterion = Assert.Single(CriteriaParser.Parse(new("* Arm: Relapsed leukemia", [.. titles])));

        Assert.Equal((named, status), (criterion.Scope.Arms.Length, criterion.Status));
    }
}
