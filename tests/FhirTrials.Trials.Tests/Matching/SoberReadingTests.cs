using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using static FhirTrials.Trials.Tests.Matching.Records;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>What a record seems to say and does not: verdicts on inclusions, met is true, not met is false.</summary>
public sealed class SoberReadingTests
{
    static readonly string Problems = List("11450-4");
    static readonly string Medications = List("10160-0");
    static readonly string Procedures = List("47519-4");
    static readonly string Allergies = List("48765-2");

    [Theory]
    [InlineData("Creatinine [Mass/volume] in Urine", "100", "mg/dL", "creatinine")]
    [InlineData("Erythrocyte mean corpuscular hemoglobin concentration", "33", "g/dL", "hemoglobin")]
    [InlineData("Bilirubin direct", "1", "mg/dL", "bilirubin")]
    [InlineData("Band neutrophils", "0.02", "10*9/L", "anc")]
    [InlineData("Blasts/100 leukocytes in Blood", "0", "%", "bm-blasts")]
    [InlineData("Blasts", "0", "%", "bm-blasts")]
    [InlineData("Leukocytes in cerebrospinal fluid", "2", "/uL", "wbc")]
    [InlineData("ALT/AST ratio", "1", "1", "alt")]
    public void Another_observation_with_a_like_name_is_not_the_one_asked_for(
        string text, string value, string unit, string asked)
    {
        var record = Of(Observation(text, Quantity(value, unit)));

        Assert.Empty(record.Verdict(Lab(asked, Comparator.GreaterOrEqual, 0, unit)).Evidence);
    }

    [Fact]
    public void Whoever_is_allergic_to_something_may_be_to_a_component_that_nobody_named()
    {
        var component = Present(FactKind.Allergy, "product-excipient");
        const string penicillin =
            """{"resourceType":"AllergyIntolerance","code":{"text":"Penicillin"},"patient":"""
            + """{"reference":"Patient/p"}}""";

        Assert.Equal(Verdict.NotMet, Of(Allergies).Verdict(component).Verdict);
        Assert.Equal(Verdict.Unknown, Of(Allergies, penicillin).Verdict(component).Verdict);
    }

    [Theory]
    [InlineData("HER2 negative", Verdict.NotMet)]
    [InlineData("HER2 positive", Verdict.Met)]
    public void What_is_found_negative_is_not_there(string found, Verdict expected) =>
        Assert.Equal(expected, Of(Condition(found)).Verdict(Present(FactKind.Genomic, "her2")).Verdict);

    [Theory]
    [InlineData("Hemoglobin [Mass/volume] in Blood", "g/dL", "hemoglobin")]
    [InlineData("Creatinine in serum", "mg/dL", "creatinine")]
    [InlineData("Blasts in bone marrow by flow cytometry", "%", "bm-blasts")]
    [InlineData("MRD in bone marrow (RQ-PCR)", "%", "mrd")]
    public void Specimen_and_method_do_not_hide_what_is_observed(string text, string unit, string asked)
    {
        var record = Of(Observation(text, Quantity("1", unit)));

        Assert.Equal(Verdict.Met, record.Verdict(Lab(asked, Comparator.GreaterOrEqual, 0, unit)).Verdict);
    }

    [Theory]
    [InlineData("2161-8", null, Verdict.Unknown)]
    [InlineData("2161-8", "Creatinine [Mass/volume] in Urine", Verdict.Unknown)]
    [InlineData("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", Verdict.Met)]
    public void A_code_tells_more_than_the_text_beside_it(string code, string? display, Verdict expected)
    {
        var coding = $$"""
            {"system":"http://loinc.org","code":"{{code}}"{{(display is null ? "" : $",\"display\":\"{display}\"")}}}
            """;
        var record = Of($$"""
            {"resourceType":"Observation","status":"final","code":{"coding":[{{coding}}],"text":"Creatinine"},
             "effectiveDateTime":"2026-11-20",{{Quantity("1.2", "mg/dL")}}}
            """);

        Assert.Equal(expected, record.Verdict(Lab("creatinine", Comparator.LessOrEqual, 1.6m, "mg/dL")).Verdict);
    }

    [Theory]
    [InlineData("anc", "Absolute neutrophil count", "mmol/L", "/uL")]
    [InlineData("platelets", "Platelet count", "nmol/L", "10*9/L")]
    [InlineData("hba1c", "HbA1c", "mmol/mol", "%")]
    [InlineData("hemoglobin", "Hemoglobin", "%", "g/dL")]
    [InlineData("ferritin", "Ferritin", "mmol/L", "ng/mL")]
    public void A_value_of_another_dimension_decides_nothing(string key, string text, string unit, string asked)
    {
        var record = Of(Observation(text, Quantity("600", unit)));

        Assert.Equal(Verdict.Unknown, record.Verdict(Lab(key, Comparator.GreaterOrEqual, 5, asked)).Verdict);
    }

    [Theory]
    [InlineData("Hepatitis B surface antibody", "Positive", "hbv")]
    [InlineData("Hepatitis B surface antibody", "Negative", "hbv")]
    [InlineData("HIV 1 RNA", "Not detected", "hiv")]
    [InlineData("HIV test", "No specimen received", "hiv")]
    public void Immunity_viral_load_and_missing_samples_are_no_tests_for_the_infection(
        string text, string value, string asked)
    {
        var record = Of(Observation(text, $"\"valueString\":\"{value}\""));

        Assert.Equal(Verdict.Unknown, record.Verdict(Present(FactKind.Condition, asked)).Verdict);
    }

    [Fact]
    public void A_result_whose_interpretation_contradicts_it_is_left_open()
    {
        const string interpretation = ",\"interpretation\":[{\"coding\":[{\"code\":\"NEG\"}]}]";

        Assert.Equal(
            Verdict.Unknown,
            Of(Observation("HIV test", "\"valueString\":\"Positive\"", more: interpretation))
                .Verdict(Present(FactKind.Condition, "hiv")).Verdict);
    }

    [Theory]
    [InlineData("HIV negative", "hiv")]
    [InlineData("Burkitt leukemia has been excluded", "burkitt")]
    [InlineData("CNS disease ruled out", "cns-leukemia")]
    [InlineData("CNS disease and testicular involvement: absent", "cns-leukemia")]
    [InlineData("B-ALL, BCR-ABL1 negative", "ph-positive")]
    [InlineData("Rule out epilepsy", "epilepsy")]
    [InlineData("Hormone receptor positive tumor, negative for breast cancer", "malignancy")]
    public void A_name_that_is_denied_or_doubted_neither_states_nor_lets_a_complete_list_deny(string text, string asked)
    {
        var kind = asked == "ph-positive" ? FactKind.Genomic : FactKind.Condition;

        Assert.Equal(
            Verdict.Unknown, Of(Condition(text), Problems).Verdict(Present(kind, asked, FactStatus.Current)).Verdict);
    }

    [Theory]
    [InlineData("Breast cancer HER2 negative", "malignancy", Verdict.Met)]
    [InlineData("Family history of breast cancer", "malignancy", Verdict.NotMet)]
    [InlineData("History of epilepsy", "epilepsy", Verdict.NotMet)]
    [InlineData("Triple negative breast cancer", "malignancy", Verdict.Met)]
    [InlineData("Glioblastoma multiforme", "malignancy", Verdict.Met)]
    [InlineData("Desmoplastic infantile ganglioglioma", "malignancy", Verdict.Unknown)]
    [InlineData("Glioblastoma multiforme", "epilepsy", Verdict.NotMet)]
    public void A_complete_list_denies_what_no_entry_may_mean(string text, string asked, Verdict expected) =>
        Assert.Equal(
            expected,
            Of(Condition(text), Problems).Verdict(Present(FactKind.Condition, asked, FactStatus.Current)).Verdict);

    [Theory]
    [InlineData("2026", Verdict.Unknown)]
    [InlineData("2026-10", Verdict.Unknown)]
    [InlineData("2026-11", Verdict.Met)]
    public void An_imprecise_date_is_as_old_as_it_may_be(string date, Verdict expected)
    {
        Assert.Equal(
            expected,
            Of(Observation("Platelet count", Quantity("80", "10*9/L"), date))
                .Verdict(Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L")).Verdict);
        Assert.Equal(
            expected == Verdict.Met ? Verdict.NotMet : Verdict.Unknown,
            Of(Observation("Circulating blasts", "\"valueString\":\"Absent\"", date))
                .Verdict(Present(FactKind.Condition, "circulating-blasts", FactStatus.Current)).Verdict);
    }

    [Fact]
    public void An_imprecise_date_is_not_the_latest_but_may_be()
    {
        var record = Of(
            Observation("Platelet count", Quantity("80", "10*9/L"), "2026-11-10"),
            Observation("Platelet count", Quantity("20", "10*9/L"), "2026-11"));

        Assert.Equal(
            Verdict.Unknown, record.Verdict(Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L")).Verdict);
    }

    [Theory]
    [InlineData("2026-09-01", "2026-11-10", Verdict.Met)]
    [InlineData("2026-09-01", "2026-11-07", Verdict.Met)]
    [InlineData("2026-09-01", "2026-11-06", Verdict.NotMet)]
    [InlineData("2026-09-01", "2026-11", Verdict.Unknown)]
    public void A_course_that_ended_in_the_window_counts(string start, string end, Verdict expected)
    {
        var window = new Window(2, "wk", WindowDirection.Before, "treatment");
        var record = Of(
            Medication("Vincristine", "completed", $$""" "effectivePeriod":{"start":"{{start}}","end":"{{end}}"} """),
            Medications, Procedures);

        Assert.Equal(
            expected, record.Verdict(Present(FactKind.Therapy, "chemotherapy", FactStatus.History, window)).Verdict);
    }

    [Theory]
    [InlineData("Methotrexate", "Intrathecal", "chemotherapy", FactStatus.History)]
    [InlineData("Methotrexate", "Intrathecal", "intrathecal-therapy", FactStatus.History)]
    [InlineData("Dexamethasone", "Ophthalmic", "systemic-immunosuppression", FactStatus.Current)]
    [InlineData("Prednisone", "Oral", "systemic-immunosuppression", FactStatus.Current)]
    public void A_drug_given_locally_is_no_sure_systemic_therapy(
        string drug, string route, string asked, FactStatus status)
    {
        var given = Medication(
            drug, "in-progress",
            $$$""" "effectiveDateTime":"2026-11-19","dosage":{"route":{"text":"{{{route}}}"} } """);
        var isSure = asked == "intrathecal-therapy" || route == "Oral";

        Assert.Equal(
            isSure ? Verdict.Met : Verdict.Unknown,
            Of(given, Medications, Procedures).Verdict(Present(FactKind.Therapy, asked, status)).Verdict);
    }

    [Theory]
    [InlineData("2026-11-20", Verdict.Unknown)]
    [InlineData("2026-10-01", Verdict.NotMet)]
    public void A_dose_completed_lately_may_be_one_of_a_treatment_that_goes_on(string date, Verdict expected)
    {
        var given = Medication("Prednisone", "completed", $$""" "effectiveDateTime":"{{date}}" """);

        Assert.Equal(
            expected,
            Of(given, Medications, Procedures)
                .Verdict(Present(FactKind.Therapy, "systemic-immunosuppression", FactStatus.Current)).Verdict);
    }

    [Theory]
    [InlineData("order", "", Verdict.Unknown)]
    [InlineData("plan", "", Verdict.NotMet)]
    [InlineData("order", "\"doNotPerform\":true,", Verdict.NotMet)]
    public void An_order_may_have_been_carried_out(string intent, string more, Verdict expected)
    {
        var request = $$$"""
            {"resourceType":"MedicationRequest","status":"completed","intent":"{{{intent}}}",
             {{{more}}}"medicationCodeableConcept":{"text":"Blinatumomab"},
             "subject":{"reference":"Patient/p"},"authoredOn":"2026-05-01"}
            """;

        Assert.Equal(
            expected,
            Of(request, Medications).Verdict(Present(FactKind.Therapy, "blinatumomab", FactStatus.History)).Verdict);
    }

    [Theory]
    [InlineData("on-hold", "Allogeneic HSCT", Verdict.Unknown)]
    [InlineData("stopped", "Allogeneic HSCT", Verdict.Unknown)]
    [InlineData("completed", "Allogeneic HSCT evaluation", Verdict.Unknown)]
    [InlineData("completed", "Allogeneic HSCT", Verdict.Met)]
    public void A_procedure_that_was_not_done_to_its_end_is_not_certain(string status, string text, Verdict expected)
    {
        var procedure = $$"""
            {"resourceType":"Procedure","status":"{{status}}","code":{"text":"{{text}}"},
             "subject":{"reference":"Patient/p"},"performedDateTime":"2026-10-01"}
            """;

        Assert.Equal(expected, Of(procedure, Procedures)
            .Verdict(Present(FactKind.Procedure, "hsct-allogeneic", FactStatus.History)).Verdict);
    }

    [Theory]
    [InlineData("[{\"high\":{\"value\":50}},{\"high\":{\"value\":30}}]", Verdict.Unknown)]
    [InlineData("[{\"high\":{\"value\":50}},{\"high\":{\"value\":50}}]", Verdict.Met)]
    public void Limits_of_normal_that_differ_decide_nothing(string ranges, Verdict expected)
    {
        var record = Of(Observation("ALT", Quantity("200", "U/L"), more: $",\"referenceRange\":{ranges}"));

        Assert.Equal(expected, record.Verdict(Lab("alt", Comparator.LessOrEqual, 5, "1", ReferenceLimit.Uln)).Verdict);
    }

    [Fact]
    public void A_test_of_the_donor_says_nothing_of_the_patient()
    {
        var record = Of(Observation(
            "HIV test", "\"valueString\":\"Negative\"", more: ",\"focus\":[{\"reference\":\"Patient/donor\"}]"));

        Assert.Equal(Verdict.Unknown, record.Verdict(Present(FactKind.Condition, "hiv")).Verdict);
    }

    [Theory]
    [InlineData("Epilepsy", "epilepsy", Verdict.Unknown)]
    [InlineData("Epilepsy", "stroke", Verdict.NotMet)]
    [InlineData("", "autoimmune", Verdict.Unknown)]
    public void What_a_list_names_is_not_denied_by_it(string entry, string asked, Verdict expected)
    {
        var list = Problems.Replace(
            "\"emptyReason\":{\"coding\":[{\"code\":\"nilknown\"}]}",
            $"\"entry\":[{{\"item\":{{\"reference\":\"Condition/elsewhere\",\"display\":\"{entry} \"}}}}]",
            StringComparison.Ordinal);

        Assert.Equal(expected, Of(list).Verdict(Present(FactKind.Condition, asked, FactStatus.Current)).Verdict);
    }

    [Theory]
    [InlineData("0", "0.1", Verdict.Met)]
    [InlineData("0", "0.001", Verdict.NotMet)]
    [InlineData("0", null, Verdict.Unknown)]
    [InlineData("2", null, Verdict.Met)]
    [InlineData("7", "0.1", Verdict.NotMet)]
    public void No_blasts_seen_in_the_marrow_do_not_deny_residual_disease(string blasts, string? mrd, Verdict expected)
    {
        var record = Of(
            Observation("Blasts in bone marrow", Quantity(blasts, "%")),
            mrd is null ? Condition("Hypertension") : Observation("Minimal residual disease", Quantity(mrd, "%")));
        var clause = new Clause.Measured(new(
            MeasurementKind.Lab, new Concept("bm-blasts", "bm-blasts"), Comparator.Between, 0.01m, 5, "%",
            HighInclusive: false));

        Assert.Equal(expected, record.Verdict(clause).Verdict);
    }

    [Theory]
    [InlineData("2", Verdict.Met)]
    [InlineData("40", Verdict.Unknown)]
    public void A_remission_with_leukemia_in_the_marrow_is_left_open(string blasts, Verdict expected)
    {
        var record = Of(Condition("B-ALL", "remission"), Observation("Blasts in bone marrow", Quantity(blasts, "%")));

        Assert.Equal(expected, record.Verdict(Present(FactKind.Condition, "remission", FactStatus.Current)).Verdict);
    }

    [Fact]
    public void Leukemia_in_the_central_nervous_system_is_extramedullary() =>
        Assert.Equal(
            Verdict.Met,
            Of(Condition("CNS leukemia"), Problems)
                .Verdict(Present(FactKind.Condition, "extramedullary", FactStatus.Current)).Verdict);

    [Fact]
    public void An_earlier_leukemia_that_is_over_does_not_tell_the_lineage_of_the_present_one() =>
        Assert.Equal(
            Verdict.Unknown,
            Of(Condition("Acute myeloid leukemia", "resolved"), Condition("Acute lymphoblastic leukemia"))
                .Verdict(Present(FactKind.Condition, "b-all")).Verdict);

    static string Medication(string drug, string status, string more) => $$$"""
        {"resourceType":"MedicationAdministration","status":"{{{status}}}","medicationCodeableConcept":
         {"text":"{{{drug}}}"},
         "subject":{"reference":"Patient/p"},{{{more}}} }
        """;

    static string List(string loinc) => $$"""
        {"resourceType":"List","status":"current","mode":"working","date":"2026-11-10",
         "code":{"coding":[{"system":"http://loinc.org","code":"{{loinc}}"}] },
         "subject":{"reference":"Patient/p"},"emptyReason":{"coding":[{"code":"nilknown"}]} }
        """;
}
