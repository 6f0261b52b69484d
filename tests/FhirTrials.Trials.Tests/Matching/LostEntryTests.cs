using System.Collections.Immutable;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Matching;
using static FhirTrials.Trials.Tests.Matching.Records;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>What cannot be read of a record is left out, and nothing that it may have decided is decided.</summary>
public sealed class LostEntryTests
{
    const string BrokenValue = ",\"valueString\":\"?\"";

    static readonly string Platelets = Observation("Platelet count", Quantity("80", "10*9/L"));

    static readonly string NoProblems =
        """{"resourceType":"List","status":"current","mode":"working","date":"2026-11-10","code":{"coding":"""
        + """[{"system":"http://loinc.org","code":"11450-4"}]},"emptyReason":{"coding":[{"code":"nilknown"}]}}""";

    static readonly Clause EnoughPlatelets = Lab("platelets", Comparator.GreaterOrEqual, 50, "10*9/L");

    static readonly Clause Epilepsy = Present(FactKind.Condition, "epilepsy", FactStatus.Current);

    [Theory]
    [InlineData("Platelet count", Verdict.Unknown)]
    [InlineData("Hemoglobin", Verdict.Met)]
    [InlineData("Something that no vocabulary has", Verdict.Unknown)]
    public void A_lost_result_leaves_open_what_it_may_have_decided(string lost, Verdict expected) =>
        Assert.Equal(expected, Read(Platelets, Observation(lost, Quantity("3", "10*9/L"), more: BrokenValue))
            .Verdict(EnoughPlatelets).Verdict);

    [Theory]
    [InlineData("Epilepsy", "epilepsy", Verdict.Unknown)]
    [InlineData("Seizure", "epilepsy", Verdict.Unknown)]
    [InlineData("Prostate cancer", "epilepsy", Verdict.Unknown)]
    [InlineData("AML", "b-all", Verdict.Unknown)]
    [InlineData("Asthma", "b-all", Verdict.Met)]
    public void A_lost_condition_voids_complete_lists_and_bears_on_its_kin(string lost, string asked, Verdict expected)
    {
        var record = Read(Condition("B-ALL"), NoProblems, Condition(lost, more: ",\"onsetString\":3"));

        Assert.Equal(expected, record.Verdict(Present(FactKind.Condition, asked, FactStatus.Current)).Verdict);
        Assert.Single(record.Lost);
    }

    [Theory]
    [InlineData(""","note":[{"text":3}]""", Verdict.NotMet)]
    [InlineData(""","identifier":"x" """, Verdict.NotMet)]
    [InlineData(""","id":"under_score" """, Verdict.NotMet)]
    [InlineData(""","meta":{"colour":"red"}""", Verdict.NotMet)]
    [InlineData(""","clinicalStatus":"active" """, Verdict.Unknown)]
    [InlineData(""","modifierExtension":[{"url":3}]""", Verdict.Unknown)]
    [InlineData(""","colour":"red" """, Verdict.Unknown)]
    public void An_error_where_nothing_is_read_leaves_the_resource_in(string broken, Verdict expected) => Assert.Equal(
        expected,
        Read(NoProblems,
            $$"""{"resourceType":"Condition","code":{"text":"Asthma"},"subject":{"reference":"Patient/p"}{{broken}} """
                + """}""")
            .Verdict(Epilepsy).Verdict);

    [Theory]
    [InlineData("""{"resourceType":"Unheard","code":{"text":"Epilepsy"} }""")]
    [InlineData("""{"code":{"text":"Epilepsy"} }""")]
    [InlineData("""{"resourceType":"QuestionnaireResponse","item":3}""")]
    public void What_is_not_known_at_all_bears_on_everything(string lost)
    {
        var record = Read(Platelets, NoProblems, lost);

        Assert.Equal(Verdict.Unknown, record.Verdict(EnoughPlatelets).Verdict);
        Assert.Equal(Verdict.Unknown, record.Verdict(Epilepsy).Verdict);
        Assert.Equal(Verdict.Met, record.Verdict(new Clause.Sex("male")).Verdict);
    }

    [Fact]
    public void Each_loss_is_told_with_its_place_and_without_its_value()
    {
        var record = Read(Platelets, Observation("Platelet count", Quantity("4711", "10*9/L"), more: BrokenValue));

        var warning = Assert.Single(record.Notes);
        Assert.StartsWith("Bundle.entry[2].resource", warning.Expression, StringComparison.Ordinal);
        Assert.False(warning.IsError);
        Assert.DoesNotContain("4711", warning.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_decides_nothing_of_a_record_with_losses()
    {
        var study = Study(Criterion(1, new Clause.Unread("?"))) with
        {
            Expressions = new Dictionary<int, Fhir.FhirPath.FhirPathExpression>
            {
                [1] = Fhir.FhirPath.FhirPathExpression.Compile("true"),
            }.ToImmutableDictionary(),
        };

        Assert.Equal(Verdict.Unknown, Matcher.Match(Read("""{"resourceType":"Unheard"}"""), study).Verdicts[0].Verdict);
        Assert.Equal(Verdict.Met, Matcher.Match(Read(Platelets), study).Verdicts[0].Verdict);
    }

    [Fact]
    public void What_a_transaction_deletes_is_not_in_the_record()
    {
        var deleted = $$"""{"resource":{{Condition("Epilepsy")}},"request":{"method":"DELETE","url":"Condition/1"} }""";

        Assert.Equal(
            Verdict.NotMet, ReadEntries($$"""{"resource":{{NoProblems}} }""", deleted).Verdict(Epilepsy).Verdict);
    }

    static PatientRecord Read(params string[] resources) =>
        ReadEntries([.. resources.Select(r => $$"""{"resource":{{r}} }""")]);

    static PatientRecord ReadEntries(params string[] entries)
    {
        const string patient =
            """{"resource":{"resourceType":"Patient","id":"p","gender":"male","birthDate":"1980-05-05"} }""";
        var json = """{"resourceType":"Bundle","type":"transaction","entry":"""
            + $$"""[{{string.Join(",", entries.Prepend(patient))}}]}""";
        var read = FhirJson.Read(Encoding.UTF8.GetBytes(json), FhirDefinitions.R4.Types);
        return PatientRecordReader.Read(read.Resource!, ExamplePatients.ReferenceDate, faults: read.Issues).Record!;
    }
}
