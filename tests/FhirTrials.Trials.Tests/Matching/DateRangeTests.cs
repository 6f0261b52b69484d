using System.Globalization;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

public sealed class DateRangeTests
{
    static readonly DateOnly Reference = new(2026, 11, 21);

    [Theory]
    [InlineData("2026", "2026-01-01", "2026-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2026-11-21", "2026-11-21", "2026-11-21")]
    [InlineData("2026-11-21T23:59:59-08:00", "2026-11-21", "2026-11-21")]
    public void A_partial_date_means_every_day_of_it(string text, string first, string last)
    {
        var range = DateRange.Parse(text);

        Assert.Equal(
            (DateOnly.Parse(first, CultureInfo.InvariantCulture), DateOnly.Parse(last, CultureInfo.InvariantCulture)),
            (range!.Value.First, range.Value.Last));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("last year")]
    [InlineData("2026-13")]
    [InlineData("2026-02-30")]
    public void What_is_no_date_is_none(string? text) => Assert.Null(DateRange.Parse(text));

    [Theory]
    [InlineData("2026-08-29", WindowDirection.Before, true)]
    [InlineData("2026-08-28", WindowDirection.Before, false)]
    [InlineData("2026-08", WindowDirection.Before, null)]
    [InlineData("2026-09", WindowDirection.Before, true)]
    [InlineData("2025", WindowDirection.Before, false)]
    [InlineData("2026-08-28", WindowDirection.MoreThanBefore, true)]
    [InlineData("2026-08-29", WindowDirection.MoreThanBefore, false)]
    [InlineData("2026-08", WindowDirection.MoreThanBefore, null)]
    [InlineData(null, WindowDirection.Before, null)]
    public void Twelve_weeks_before_the_reference_date_end_on_their_day(
        string? date, WindowDirection direction, bool? expected)
    {
        var window = new Window(12, "wk", direction, "treatment");

        Assert.Equal(expected, TimeWindow.Contains(window, DateRange.Parse(date), Reference));
    }
}
