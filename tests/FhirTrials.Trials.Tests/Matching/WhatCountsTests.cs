using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Vocabulary;
using static FhirTrials.Trials.Tests.Matching.Records;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Each kind of resource and of value, once: what counts for a verdict and what does not.</summary>
public sealed class WhatCountsTests
{
    static readonly Clause Platelets = Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L");

    [Theory]
    [InlineData("\"valueQuantity\":{\"value\":60,\"code\":\"10*9/L\"}", Verdict.Met)]
    [InlineData("\"valueQuantity\":{\"value\":60,\"comparator\":\"<\",\"code\":\"10*9/L\"}", Verdict.Unknown)]
    [InlineData("\"valueQuantity\":{\"value\":40,\"comparator\":\"<\",\"code\":\"10*9/L\"}", Verdict.NotMet)]
    [InlineData("\"valueQuantity\":{\"value\":60,\"unit\":\"furlong\"}", Verdict.Unknown)]
    [InlineData("\"valueQuantity\":{\"value\":60}", Verdict.Unknown)]
    [InlineData(
        "\"valueRange\":{\"low\":{\"value\":60,\"code\":\"10*9/L\"},\"high\":{\"value\":80,\"code\":\"10*9/L\"}}",
        Verdict.Met)]
    [InlineData(
        "\"valueRange\":{\"low\":{\"value\":40,\"code\":\"10*9/L\"},\"high\":{\"value\":80,\"code\":\"10*9/L\"}}",
        Verdict.Unknown)]
    [InlineData("\"valueRange\":{\"high\":{\"value\":45,\"code\":\"10*9/L\"}}", Verdict.NotMet)]
    [InlineData("\"valueRange\":{\"low\":{\"value\":60,\"code\":\"10*9/L\"},\"high\":{\"value\":80,\"code\":\"/uL\"}}",
        Verdict.Unknown)]
    [InlineData("\"valueRatio\":{\"numerator\":{\"value\":60}}", Verdict.Unknown)]
    [InlineData("\"valueString\":\"60\"", Verdict.Unknown)]
    [InlineData("\"valueInteger\":60", Verdict.Unknown)]
    [InlineData("\"dataAbsentReason\":{\"coding\":[{\"code\":\"unknown\"}]}", Verdict.Unknown)]
    public void A_value_of_each_type(string value, Verdict expected) =>
        Assert.Equal(expected, Of(Observation("Platelet count", value)).Verdict(Platelets).Verdict);

    [Fact]
    public void A_panel_counts_by_its_components_and_members()
    {
        const string panel = """
            {"resourceType":"Observation","status":"final","code":{"text":"Panel"},"effectiveDateTime":"2026-11-20",
             "hasMember":[{"reference":"Observation/m"}],
             "component":[{"code":{"text":"Platelet count"},"valueQuantity":{"value":60,"code":"10*9/L"}}]}
            """;
        const string member = """
            {"resourceType":"Observation","id":"m","status":"final","code":{"text":"Hemoglobin"},
             "effectiveDateTime":"2026-11-20","valueQuantity":{"value":10,"code":"g/dL"}}
            """;
        var record = Of(panel, member);

        Assert.Equal(Verdict.Met, record.Verdict(Platelets).Verdict);
        Assert.Equal(Verdict.Met, record.Verdict(Lab("hemoglobin", Comparator.GreaterOrEqual, 9, "g/dL")).Verdict);
    }

    [Theory]
    [InlineData("""{"resourceType":"FamilyMemberHistory","status":"completed","patient":{"reference":"Patient/p"}"""
        + ""","relationship":{"text":"mother"},"condition":[{"code":{"text":"Epilepsy"}}]}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/p"},"code":{"text":"Family history of """
        + """epilepsy"}}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/other"},"code":{"text":"Epilepsy"}}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/p"},"code":{"text":"Epilepsy"}"""
        + ""","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/p"},"code":{"text":"Epilepsy"}"""
        + ""","verificationStatus":{"coding":[{"code":"provisional"}]}}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/p"},"code":{"text":"Epilepsy"}"""
        + ""","verificationStatus":{"coding":[{"code":"differential"}]}}""")]
    [InlineData("""{"resourceType":"Condition","subject":{"reference":"Patient/p"},"code":{"text":"Epilepsy"}"""
        + ""","onsetDateTime":"2027-01-01"}""")]
    [InlineData("""{"resourceType":"ServiceRequest","status":"active","intent":"order","subject":"""
        + """{"reference":"Patient/p"},"code":{"text":"Epilepsy"}}""")]
    [InlineData("""{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{"reference":"Patient/p"}"""
        + ""","title":"Epilepsy"}""")]
    public void What_looks_like_a_condition_of_the_patient_and_is_none(string resource) =>
        Assert.Equal(Verdict.Unknown, Of(resource).Verdict(Present(FactKind.Condition, "epilepsy")).Verdict);

    [Theory]
    [InlineData(
        """{"resourceType":"ServiceRequest","status":"active","intent":"order","code":{"text":"Allogeneic HSCT"}"""
            + ""","subject":{"reference":"Patient/p"}}""",
        Verdict.Met)]
    [InlineData(
        """{"resourceType":"ServiceRequest","status":"active","intent":"order","doNotPerform":true,"code":"""
            + """{"text":"Allogeneic HSCT"},"subject":{"reference":"Patient/p"}}""",
        Verdict.Unknown)]
    [InlineData(
        """{"resourceType":"ServiceRequest","status":"revoked","intent":"order","code":{"text":"Allogeneic HSCT"}"""
            + ""","subject":{"reference":"Patient/p"}}""",
        Verdict.Unknown)]
    [InlineData(
        """{"resourceType":"Procedure","status":"preparation","code":{"text":"Allogeneic HSCT"},"subject":"""
            + """{"reference":"Patient/p"}}""",
        Verdict.Met)]
    [InlineData(
        """{"resourceType":"Procedure","status":"completed","code":{"text":"Allogeneic HSCT"},"subject":"""
            + """{"reference":"Patient/p"}}""",
        Verdict.Unknown)]
    public void What_is_planned(string resource, Verdict expected) =>
        Assert.Equal(
            expected, Of(resource).Verdict(Present(FactKind.Procedure, "hsct-allogeneic", FactStatus.Planned)).Verdict);

    [Theory]
    [InlineData("active", "2020-01-01", null, Verdict.Met)]
    [InlineData("resolved", "2020-01-01", "2026-11-01", Verdict.Met)]
    [InlineData("resolved", "2020-01-01", "2022-11-01", Verdict.Unknown)]
    [InlineData("remission", "2020-01-01", null, Verdict.Met)]
    public void What_lasts_is_in_a_window_while_it_lasts(
        string clinical, string onset, string? abated, Verdict expected)
    {
        var more = $",\"onsetDateTime\":\"{onset}\"" + (abated is null ? "" : $",\"abatementDateTime\":\"{abated}\"");

        Assert.Equal(
            expected,
            Of(Condition("Prostate cancer", clinical, more: more))
                .Verdict(Present(
                    FactKind.Condition, "malignancy", FactStatus.History,
                    new(1, "a", WindowDirection.Before, "treatment"))).Verdict);
    }

    [Theory]
    [InlineData(28, Verdict.Met)]
    [InlineData(10, Verdict.Unknown)]
    public void A_site_says_how_old_a_value_may_be(int days, Verdict expected)
    {
        var record = Of(Observation("Platelet count", Quantity("80", "10*9/L"), "2026-11-05"));

        Assert.Equal(expected, Matcher.Match(
            record, Study(Criterion(1, Platelets)), freshness: new Freshness { Usual = days }).Verdicts[0].Verdict);
    }
}
