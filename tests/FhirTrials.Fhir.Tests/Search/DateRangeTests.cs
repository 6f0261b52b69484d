using System.Globalization;
using FhirTrials.Fhir.Search;
using FsCheck;
using FsCheck.Fluent;

namespace FhirTrials.Fhir.Tests.Search;

public sealed class DateRangeTests
{
    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-02-29T23:59", "2024-02-29T23:59:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-02-29T23:59Z", "2024-02-29T23:59:00Z", "2024-03-01T00:00:00Z")]
    [InlineData("2024-02-29T23:59:59+02:00", "2024-02-29T21:59:59Z", "2024-02-29T22:00:00Z")]
    [InlineData("2024-02-29T23:59:59.5-03:30", "2024-03-01T03:29:59.5Z", "2024-03-01T03:29:59.6Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z")]
    public void A_date_of_any_precision_is_a_half_open_range(string text, string start, string end)
    {
        Assert.True(DateRange.TryParse(text, out var range));
        Assert.Equal((Ticks(start), Ticks(end)), (range.Start, range.End));
    }

    [Fact]
    public void The_last_year_ends_at_the_end_of_time()
    {
        Assert.True(DateRange.TryParse("9999", out var range));
        Assert.Equal(DateRange.Latest, range.End);
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("2024-1")]
    [InlineData("2024-00")]
    [InlineData("2023-02-29")]
    [InlineData("2024-02-29T24:00:00Z")]
    [InlineData("2024-02-29T10")]
    [InlineData("2024-02-29 10:00")]
    [InlineData("2024-02-29T10:00:00+15:00")]
    [InlineData("2024Z")]
    [InlineData("2024\n")]
    [InlineData("٢٠٢٤")]
    public void What_is_no_date_is_refused(string text) => Assert.False(DateRange.TryParse(text, out _));

    [Fact]
    public void Every_moment_lies_in_the_range_of_its_day_which_lies_in_that_of_its_month() =>
        Prop.ForAll(ArbMap.Default.ArbFor<DateTime>(), moment =>
        {
            var utc = DateTime.SpecifyKind(moment, DateTimeKind.Utc);
            return Contains(Range(utc, "yyyy-MM"), Range(utc, "yyyy-MM-dd"))
                && Contains(Range(utc, "yyyy-MM-dd"), Range(utc, "yyyy-MM-ddTHH:mm:ss.fffffffZ"))
                && Range(utc, "yyyy-MM-ddTHH:mm:ss.fffffffZ").Start == utc.Ticks;
        }).QuickCheckThrowOnFailure();

    static DateRange Range(DateTime moment, string format) =>
        DateRange.TryParse(moment.ToString(format, CultureInfo.InvariantCulture), out var range)
            ? range
            : throw new InvalidOperationException("A formatted date did not parse.");

    static bool Contains(DateRange outer, DateRange inner) => outer.Start <= inner.Start && inner.End <= outer.End;

    static long Ticks(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcTicks;
}
