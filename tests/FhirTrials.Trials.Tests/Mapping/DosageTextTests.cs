using System.Text.Json.Nodes;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Mapping;

public sealed class DosageTextTests
{
    [Theory]
    [InlineData("Given by IV", "47625008")]
    [InlineData("Receiving blinatumomab as injections under the skin.", "34206005")]
    [InlineData("Administered as a subcutaneous (SC) injection.", "34206005")]
    [InlineData("100 mg taken orally", "26643006")]
    [InlineData("IV or SC, as tolerated", null)]
    [InlineData("Given", null)]
    public void A_route_is_read_where_the_text_states_one(string text, string? code) => Assert.Equal(
        code, (string?)Read(text).Select(d => d["route"]?["coding"]?[0]?["code"]).FirstOrDefault());

    [Theory]
    [InlineData("at a constant flow rate of 15 μg/m²/day over 28 days", "rateQuantity 15 ug/m2/d")]
    [InlineData("0.5 mg/kg once", "doseQuantity 0.5 mg/kg")]
    [InlineData("9 μg/day for the first 7 days, increased to 28 μg/day", "rateQuantity 9 ug/d|rateQuantity 28 ug/d")]
    [InlineData("10 mg or 20 mg", "")]
    [InlineData("500 mg/m2 to 3 g/m2 infused", "")]
    [InlineData("5-10 mg IV", "")]
    [InlineData("at doses up to 60 mg IV", "")]
    [InlineData("idarubicin 10 mg/m² and fludarabine 30 mg/m²", "")]
    [InlineData("* FLAG 10 mg/m²\n* HiDAC 1 g/m²", "")]
    [InlineData("1 g daily in 2020 participants, IV", "doseQuantity 1 g")]
    public void A_dose_is_read_where_the_text_states_it_in_one_way(string text, string doses) => Assert.Equal(
        doses,
        string.Join('|', Read(text).SelectMany(d => d["doseAndRate"]?.AsArray() ?? [])
            .SelectMany(d => d!.AsObject()).Select(q => $"{q.Key} {q.Value!["value"]} {q.Value["code"]}")));

    [Theory]
    [InlineData("continuous infusion over 28 days", "28 d")]
    [InlineData("IV continuously on days 1-28. Treatment repeats every 6 weeks.", "28 d, 1 per 6 wk")]
    [InlineData("IV on days 1-28 every 6 weeks, then every 3 months", "28 d")]
    [InlineData("injections under the skin in 35-day (5-week) treatment cycles", "")]
    public void A_time_is_read_where_the_text_states_one(string text, string timing)
    {
        var repeat = Assert.Single(Read(text))["timing"]?["repeat"];
        string?[] parts =
        [
            repeat?["duration"] is { } duration ? $"{duration} {repeat["durationUnit"]}" : null,
            repeat?["period"] is { } period ? $"{repeat["frequency"]} per {period} {repeat["periodUnit"]}" : null,
        ];
        Assert.Equal(timing, string.Join(", ", parts.OfType<string>()));
    }

    [Fact]
    public void A_dosage_carries_the_whole_text() =>
        Assert.Equal("Given by IV", (string?)Assert.Single(Read("Given by IV"))["text"]);

    [Fact]
    public void A_text_that_states_nothing_gives_no_dosage() => Assert.Empty(Read("Best supportive care"));

    [Theory]
    [InlineData("Given by IV. ")]
    [InlineData("1 mg then ")]
    [InlineData("\n")]
    public void A_text_longer_than_any_description_gives_no_dosage(string part) =>
        Assert.Empty(Read("Given by IV. " + string.Concat(Enumerable.Repeat(part, 100_000))));

    static IEnumerable<JsonObject> Read(string text) => DosageText.Read(text).Select(d => d.ToJson());
}
