using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using static FhirTrials.Trials.Tests.Matching.Records;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>Verdicts on inclusions: met is true, not met is false.</summary>
public sealed class PresentClauseTests
{
    const string Problems = """
        {"resourceType":"List","status":"current","mode":"working","date":"2026-11-10",
         "code":{"coding":[{"system":"http://loinc.org","code":"11450-4"}]},
         "subject":{"reference":"Patient/p"},"entry":[{"item":{"display":"Hypertension"}}]}
        """;

    [Theory]
    [InlineData("Epilepsy", "active", "confirmed", "epilepsy", FactStatus.Any, Verdict.Met)]
    [InlineData("Epilepsy", "active", "confirmed", "cns-pathology", FactStatus.Any, Verdict.Met)]
    [InlineData("Epilepsy", "resolved", "confirmed", "epilepsy", FactStatus.History, Verdict.Met)]
    [InlineData("Epilepsy", "resolved", "confirmed", "epilepsy", FactStatus.Current, Verdict.NotMet)]
    [InlineData("Epilepsy", "active", "refuted", "epilepsy", FactStatus.Any, Verdict.NotMet)]
    [InlineData("Epilepsy", "active", "refuted", "cns-pathology", FactStatus.Any, Verdict.Unknown)]
    [InlineData("Epilepsy", "active", "provisional", "epilepsy", FactStatus.Any, Verdict.Unknown)]
    [InlineData("Seizure disorder", "active", "confirmed", "epilepsy", FactStatus.Any, Verdict.Unknown)]
    [InlineData("Family history of epilepsy", "active", "confirmed", "epilepsy", FactStatus.Any, Verdict.Unknown)]
    [InlineData("No epilepsy", "active", "confirmed", "epilepsy", FactStatus.Any, Verdict.Unknown)]
    [InlineData("Burkitt leukemia", "active", "confirmed", "b-all", FactStatus.Any, Verdict.NotMet)]
    [InlineData("Acute lymphoblastic leukemia", "active", "confirmed", "b-all", FactStatus.Any, Verdict.Unknown)]
    [InlineData("B-cell acute lymphoblastic leukemia", "remission", "confirmed", "remission", FactStatus.Current,
        Verdict.Met)]
    [InlineData("B-cell acute lymphoblastic leukemia", "remission", "confirmed", "relapsed", FactStatus.Current,
        Verdict.NotMet)]
    [InlineData("B-cell acute lymphoblastic leukemia", "relapse", "confirmed", "relapsed-refractory",
        FactStatus.Current, Verdict.Met)]
    [InlineData("B-cell acute lymphoblastic leukemia", "active", "confirmed", "relapsed", FactStatus.Current,
        Verdict.Unknown)]
    public void A_condition_says_what_it_says_and_no_more(
        string text, string clinical, string verification, string asked, FactStatus status, Verdict expected)
    {
        var record = Of(Condition(text, clinical, verification));

        Assert.Equal(expected, record.Verdict(Present(FactKind.Condition, asked, status)).Verdict);
    }

    [Theory]
    [InlineData("Negative", Verdict.NotMet)]
    [InlineData("Not detected", Verdict.NotMet)]
    [InlineData("Positive", Verdict.Met)]
    [InlineData("Detected", Verdict.Met)]
    [InlineData("Indeterminate", Verdict.Unknown)]
    [InlineData("Notable", Verdict.Unknown)]
    public void A_test_states_or_denies_what_it_tests_for(string result, Verdict expected)
    {
        var record = Of(Observation("HIV test", $"\"valueCodeableConcept\":{{\"text\":\"{result}\"}}"));

        Assert.Equal(expected, record.Verdict(Present(FactKind.Condition, "hiv")).Verdict);
    }

    [Fact]
    public void A_test_that_contradicts_a_diagnosis_leaves_it_open()
    {
        var record = Of(
            Condition("HIV infection"), Observation("HIV test", "\"valueCodeableConcept\":{\"text\":\"Negative\"}"));

        Assert.Equal(Verdict.Unknown, record.Verdict(Present(FactKind.Condition, "hiv")).Verdict);
    }

    [Fact]
    public void A_diagnosis_that_is_confirmed_and_refuted_is_left_open()
    {
        var record = Of(Condition("Epilepsy"), Condition("Epilepsy", verification: "refuted"));

        Assert.Equal(Verdict.Unknown, record.Verdict(Present(FactKind.Condition, "epilepsy")).Verdict);
    }

    [Theory]
    [InlineData("infection", Verdict.Met)]
    [InlineData("hiv", Verdict.Met)]
    [InlineData("hcv", Verdict.NotMet)]
    [InlineData("hbv", Verdict.Unknown)]
    public void A_negative_test_denies_no_other_infection(string asked, Verdict expected)
    {
        var record = Of(
            Observation("HIV test", "\"valueCodeableConcept\":{\"text\":\"Positive\"}", "2026-11-10"),
            Observation("Hepatitis C test", "\"valueCodeableConcept\":{\"text\":\"Negative\"}"),
            Observation("Infectious disease screening panel", "\"valueCodeableConcept\":{\"text\":\"Negative\"}"),
            Observation("Infection", "\"valueCodeableConcept\":{\"text\":\"Negative\"}", "2026-11-09"));

        Assert.Equal(expected, record.Verdict(Present(FactKind.Condition, asked)).Verdict);
    }

    [Fact]
    public void An_old_negative_test_says_nothing_today()
    {
        var record =
            Of(Observation("Urine pregnancy test", "\"valueCodeableConcept\":{\"text\":\"Negative\"}", "2026-10-01"));

        Assert.Equal(
            Verdict.Unknown,
            (record with { Gender = "female" }).Verdict(Present(FactKind.Pregnancy, "pregnancy")).Verdict);
    }

    [Theory]
    [InlineData("autoimmune", FactStatus.Current, Verdict.NotMet)]
    [InlineData("autoimmune", FactStatus.History, Verdict.Unknown)]
    [InlineData("circulating-blasts", FactStatus.Current, Verdict.Unknown)]
    public void A_complete_problem_list_denies_current_problems_alone(string asked, FactStatus status, Verdict expected)
    {
        Assert.Equal(expected, Of(Problems).Verdict(Present(FactKind.Condition, asked, status)).Verdict);
    }

    [Theory]
    [InlineData("\"mode\":\"changes\"", "\"mode\":\"working\"")]
    [InlineData("2025-11-10", "2026-11-10")]
    [InlineData("\"status\":\"retired\"", "\"status\":\"current\"")]
    public void A_list_that_is_partial_old_or_retired_denies_nothing(string with, string instead)
    {
        var record = Of(Problems.Replace(instead, with, StringComparison.Ordinal));

        Assert.Equal(
            Verdict.Unknown, record.Verdict(Present(FactKind.Condition, "autoimmune", FactStatus.Current)).Verdict);
    }

    [Theory]
    [InlineData("2026-09-26", 12, Verdict.Met)]
    [InlineData("2026-08-29", 12, Verdict.Met)]
    [InlineData("2026-08-28", 12, Verdict.Unknown)]
    [InlineData("2026", 12, Verdict.Unknown)]
    public void A_procedure_counts_in_its_window(string date, int weeks, Verdict expected)
    {
        var procedure = $$"""
            {"resourceType":"Procedure","status":"completed","code":{"text":"Allogeneic HSCT"},
             "subject":{"reference":"Patient/p"},"performedDateTime":"{{date}}"}
            """;
        var window = new Window(weeks, "wk", WindowDirection.Before, "treatment");

        Assert.Equal(
            expected,
            Of(procedure).Verdict(Present(FactKind.Procedure, "hsct-allogeneic", FactStatus.History, window)).Verdict);
    }

    [Theory]
    [InlineData("Intravenous", "blinatumomab-sc", Verdict.Unknown)]
    [InlineData("Subcutaneous", "blinatumomab-sc", Verdict.Met)]
    [InlineData("Intravenous", "blinatumomab", Verdict.Met)]
    [InlineData("Intravenous", "cd19-therapy", Verdict.Met)]
    public void Blinatumomab_is_told_apart_by_its_route(string route, string asked, Verdict expected)
    {
        var given = $$$"""
            {"resourceType":"MedicationAdministration","status":"completed","medicationCodeableConcept":
             {"text":"Blinatumomab"},
             "subject":{"reference":"Patient/p"},"effectiveDateTime":"2026-08-01",
             "dosage":{"route":{"text":"{{{route}}}"} } }
            """;

        Assert.Equal(expected, Of(given).Verdict(Present(FactKind.Therapy, asked, FactStatus.History)).Verdict);
    }

    [Theory]
    [InlineData("not-taken")]
    [InlineData("intended")]
    public void A_drug_that_was_not_taken_is_no_therapy(string status)
    {
        var statement = $$$"""
            {"resourceType":"MedicationStatement","status":"{{{status}}}","medicationCodeableConcept":
             {"text":"Blinatumomab"},"subject":{"reference":"Patient/p"}}
            """;

        Assert.Equal(
            Verdict.Unknown,
            Of(statement).Verdict(Present(FactKind.Therapy, "blinatumomab", FactStatus.History)).Verdict);
    }

    [Theory]
    [InlineData("active", "\"start\":\"2026-01-01\"", FactStatus.Current, Verdict.Met)]
    [InlineData("stopped", "\"start\":\"2026-01-01\",\"end\":\"2026-08-01\"", FactStatus.Current, Verdict.Unknown)]
    [InlineData("stopped", "\"start\":\"2026-01-01\",\"end\":\"2026-08-01\"", FactStatus.History, Verdict.Met)]
    [InlineData("completed", "\"start\":\"2026-01-01\",\"end\":\"2026-08-01\"", FactStatus.History, Verdict.Met)]
    [InlineData("entered-in-error", "\"start\":\"2026-01-01\"", FactStatus.History, Verdict.Unknown)]
    public void A_drug_that_was_stopped_was_given_and_is_not_known_to_be(
        string status, string period, FactStatus asked, Verdict expected)
    {
        var statement = $$$"""
            {"resourceType":"MedicationStatement","status":"{{{status}}}","medicationCodeableConcept":
             {"text":"Prednisone"},
             "subject":{"reference":"Patient/p"},"effectivePeriod":{{{{period}}}} }
            """;

        Assert.Equal(expected, Of(statement).Verdict(Present(FactKind.Therapy, "prednisone", asked)).Verdict);
    }

    [Fact]
    public void What_is_known_by_its_text_alone_is_marked_so()
    {
        const string Coded = """
            {"resourceType":"Condition","code":{"coding":[{"system":"http://snomed.info/sct","code":"84757009"}]},
             "subject":{"reference":"Patient/p"}}
            """;

        Assert.EndsWith(
            " [by its text]",
            Assert.Single(Of(Condition("Epilepsy")).Verdict(Present(FactKind.Condition, "epilepsy")).Evidence).Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "[by its text]", Assert.Single(Of(Coded).Verdict(Present(FactKind.Condition, "epilepsy")).Evidence).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Men_are_not_pregnant_and_women_have_no_testicular_leukemia()
    {
        Assert.Equal(Verdict.NotMet, Of().Verdict(Present(FactKind.Pregnancy, "pregnancy")).Verdict);
        Assert.Equal(
            Verdict.NotMet, Of("female", []).Verdict(Present(FactKind.Condition, "testicular-leukemia")).Verdict);
        Assert.Equal(Verdict.Unknown, Of("unknown", []).Verdict(Present(FactKind.Pregnancy, "pregnancy")).Verdict);
    }
}
