using FhirTrials.Server.Configuration;
using FhirTrials.Trials.Vocabulary;
using Microsoft.Extensions.Configuration;

namespace FhirTrials.Server.Tests.Configuration;

public sealed class FreshnessSettingsTests
{
    [Fact]
    public void What_a_site_says_is_taken_and_the_rest_stays() => Assert.Equal(
        new Freshness { Usual = 7, Lists = 30 }, FreshnessSettings.Of(With(("Usual", "7"), ("Lists", "30"))));

    [Fact]
    public void A_site_that_says_nothing_changes_nothing() => Assert.Null(FreshnessSettings.Of(With()));

    [Fact]
    public void A_setting_left_blank_stays() =>
        Assert.Equal(new Freshness(), FreshnessSettings.Of(With(("Usual", ""))));

    [Theory]
    [InlineData("Usual", "0")]
    [InlineData("Usual", "a week")]
    [InlineData("Usual", "-3")]
    [InlineData("Unheard", "3")]
    public void What_is_no_number_of_days_of_a_known_kind_is_refused(string name, string value) =>
        Assert.Throws<InvalidOperationException>(() => FreshnessSettings.Of(With((name, value))));

    static IConfiguration With(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(
            settings.Select(s => KeyValuePair.Create($"Matching:Freshness:{s.Name}", (string?)s.Value))).Build();
}
