using System.Globalization;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

public sealed class MagnitudeTests
{
    [Theory]
    [InlineData("5", null, "5", true, true)]
    [InlineData("5", null, "5", false, false)]
    [InlineData("5.01", null, "5", false, true)]
    [InlineData("5", "<", "5", true, false)]
    [InlineData("5", "<=", "5", true, null)]
    [InlineData("5", "<=", "5", false, false)]
    [InlineData("5", ">", "5", false, true)]
    [InlineData("5", ">=", "5", false, null)]
    [InlineData("5", ">=", "5", true, true)]
    [InlineData("0.01", "<", "5", true, false)]
    [InlineData("0.01", ">", "5", true, null)]
    [InlineData("10", "<", "5", true, null)]
    public void Being_above_a_limit_is_known_as_far_as_the_bounds_tell(
        string value, string? comparator, string limit, bool inclusive, bool? expected)
    {
        var magnitude = Magnitude.Of(decimal.Parse(value, CultureInfo.InvariantCulture), comparator);

        Assert.Equal(expected, magnitude.IsAbove(decimal.Parse(limit, CultureInfo.InvariantCulture), inclusive));
        Assert.Equal(!expected, magnitude.IsBelow(decimal.Parse(limit, CultureInfo.InvariantCulture), !inclusive));
    }
}
