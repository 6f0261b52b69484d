using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using static FhirTrials.Trials.Tests.Matching.Records;

namespace FhirTrials.Trials.Tests.Matching;

public sealed class MeasuredClauseTests
{
    [Theory]
    [InlineData("500", "/uL", Verdict.Met)]
    [InlineData("499", "/uL", Verdict.NotMet)]
    [InlineData("0.5", "10*3/uL", Verdict.Met)]
    [InlineData("0.49", "10*9/L", Verdict.NotMet)]
    [InlineData("0.5", "K/uL", Verdict.Met)]
    [InlineData("500", "cells/uL", Verdict.Met)]
    [InlineData("5", "mg/dL", Verdict.Unknown)]
    [InlineData("5", "bananas", Verdict.Unknown)]
    public void A_count_compares_in_any_unit_that_converts(string value, string unit, Verdict expected)
    {
        var record = Of(Observation("Absolute neutrophil count", Quantity(value, unit)));

        Assert.Equal(expected, record.Verdict(Lab("anc", Comparator.GreaterOrEqual, 500, "/uL")).Verdict);
    }

    [Theory]
    [InlineData("creatinine", "Creatinine", "141", "umol/L", "1.6", Verdict.Met)]
    [InlineData("creatinine", "Creatinine", "142", "umol/L", "1.6", Verdict.NotMet)]
    [InlineData("bilirubin", "Total bilirubin", "59", "umol/L", "3.5", Verdict.Met)]
    [InlineData("bilirubin", "Total bilirubin", "60", "umol/L", "3.5", Verdict.NotMet)]
    [InlineData("calcium", "Calcium", "2.5", "mmol/L", "10.1", Verdict.Met)]
    [InlineData("uric-acid", "Uric acid", "446", "umol/L", "7.5", Verdict.Met)]
    [InlineData("uric-acid", "Uric acid", "447", "umol/L", "7.5", Verdict.NotMet)]
    [InlineData("calcium", "Calcium", "5", "meq/L", "10.1", Verdict.Unknown)]
    [InlineData("hemoglobin", "Hemoglobin", "7.4", "mmol/L", "8000", Verdict.Unknown)]
    public void Amounts_of_substance_convert_to_mass_by_molar_mass(
        string key, string text, string value, string unit, string limit, Verdict expected)
    {
        var record = Of(Observation(text, Quantity(value, unit)));
        var clause = Lab(
            key, Comparator.LessOrEqual, decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture),
            "mg/dL");

        Assert.Equal(expected, record.Verdict(clause).Verdict);
    }

    [Theory]
    [InlineData("0.1", "%", null, Verdict.Met)]
    [InlineData("0.001", "1", null, Verdict.Met)]
    [InlineData("0.09", "%", null, Verdict.NotMet)]
    [InlineData("0.01", "%", "<", Verdict.NotMet)]
    [InlineData("0.1", "%", "<", Verdict.NotMet)]
    [InlineData("1", "%", "<", Verdict.Unknown)]
    [InlineData("0.01", "%", ">", Verdict.Unknown)]
    public void A_bound_decides_only_what_it_decides(string value, string unit, string? comparator, Verdict expected)
    {
        var record = Of(Observation("Minimal residual disease", Quantity(value, unit, comparator)));

        Assert.Equal(expected, record.Verdict(Lab("mrd", Comparator.GreaterOrEqual, 0.001m, "1")).Verdict);
    }

    [Theory]
    [InlineData("2026-10-24", Verdict.Met)]
    [InlineData("2026-10-23", Verdict.Unknown)]
    public void A_count_of_28_days_ago_is_the_oldest_that_counts(string date, Verdict expected)
    {
        var verdict = Of(Observation("Platelet count", Quantity("80", "10*9/L"), date))
            .Verdict(Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L"));

        Assert.Equal(expected, verdict.Verdict);
        Assert.Single(verdict.Evidence);
        Assert.Equal(expected == Verdict.Unknown ? ["no platelets in the last 28 days"] : [], verdict.Missing);
    }

    [Theory]
    [InlineData("250", "50", Verdict.Met)]
    [InlineData("251", "50", Verdict.NotMet)]
    [InlineData("40", null, Verdict.Unknown)]
    public void Multiples_of_the_upper_limit_need_that_limit(string value, string? upper, Verdict expected)
    {
        var range =
            upper is null ? "" : $$$""","referenceRange":[{"high":{"value":{{{upper}}},"unit":"U/L","code":"U/L"}}]""";
        var record = Of(Observation("ALT", Quantity(value, "U/L"), more: range));

        Assert.Equal(expected, record.Verdict(Lab("alt", Comparator.LessOrEqual, 5, "1", ReferenceLimit.Uln)).Verdict);
    }

    [Theory]
    [InlineData("18", "{\"low\":{\"value\":20,\"code\":\"U/L\"}}", Verdict.NotMet)]
    [InlineData("20", "{\"low\":{\"value\":20,\"code\":\"U/L\"}}", Verdict.Met)]
    [InlineData("18", "{\"high\":{\"value\":50,\"code\":\"U/L\"}}", Verdict.Unknown)]
    public void Multiples_of_the_lower_limit_need_that_limit(string value, string range, Verdict expected)
    {
        var record = Of(Observation("ALT", Quantity(value, "U/L"), more: $",\"referenceRange\":[{range}]"));

        Assert.Equal(
            expected, record.Verdict(Lab("alt", Comparator.GreaterOrEqual, 1, "1", ReferenceLimit.Lln)).Verdict);
    }

    [Theory]
    [InlineData("final", Verdict.Met)]
    [InlineData("preliminary", Verdict.Met)]
    [InlineData("amended", Verdict.Met)]
    [InlineData("corrected", Verdict.Met)]
    [InlineData("registered", Verdict.Unknown)]
    [InlineData("cancelled", Verdict.Unknown)]
    [InlineData("unknown", Verdict.Unknown)]
    [InlineData("entered-in-error", Verdict.Unknown)]
    public void A_result_counts_while_it_stands(string status, Verdict expected)
    {
        var observation = Observation("Platelet count", Quantity("80", "10*9/L"))
            .Replace("\"final\"", $"\"{status}\"", StringComparison.Ordinal);

        Assert.Equal(
            expected, Of(observation).Verdict(Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L")).Verdict);
    }

    [Fact]
    public void The_latest_value_wins()
    {
        var record = Of(
            Observation("Platelet count", Quantity("20", "10*9/L"), "2026-11-10"),
            Observation("Platelet count", Quantity("80", "10*9/L"), "2026-11-12"));

        Assert.Equal(Verdict.Met, record.Verdict(Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L")).Verdict);
    }

    [Theory]
    [InlineData("60", Verdict.Met)]
    [InlineData("40", Verdict.Unknown)]
    public void Values_of_one_day_must_agree_on_the_verdict(string second, Verdict expected)
    {
        var record = Of(
            Observation("Platelet count", Quantity("80", "10*9/L")),
            Observation("Platelet count", Quantity(second, "10*9/L")));
        var verdict = record.Verdict(Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L"));

        Assert.Equal(expected, verdict.Verdict);
        Assert.Equal(2, verdict.Evidence.Length);
    }

    [Theory]
    [InlineData("1980-11-21", Comparator.GreaterOrEqual, 46, Verdict.Met)]
    [InlineData("1980-11-22", Comparator.GreaterOrEqual, 46, Verdict.NotMet)]
    [InlineData("1980-11", Comparator.GreaterOrEqual, 46, Verdict.Unknown)]
    [InlineData("1980", Comparator.GreaterOrEqual, 45, Verdict.Met)]
    [InlineData("2010-11-21", Comparator.LessThan, 16, Verdict.NotMet)]
    [InlineData("2010-11-22", Comparator.LessThan, 16, Verdict.Met)]
    public void Age_turns_on_the_birthday(string birthDate, Comparator comparator, int years, Verdict expected)
    {
        var record = Of() with { BirthDate = DateRange.Parse(birthDate) };
        var age = new Measurement(
            MeasurementKind.Age,
            new Concept("age", "age"),
            comparator,
            comparator == Comparator.GreaterOrEqual ? years : null,
            comparator == Comparator.LessThan ? years : null,
            "a");

        Assert.Equal(expected, record.Verdict(new Clause.Measured(age)).Verdict);
    }
}
