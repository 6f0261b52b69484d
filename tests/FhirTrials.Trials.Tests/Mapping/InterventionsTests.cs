using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>What an arm gets is what it names, then what names it.</summary>
public sealed class InterventionsTests
{
    const string DrugA = """{"type":"DRUG","name":"A"}""";
    const string BareDrugA = """{"name":"Drug: A"}""";
    const string DeviceXY = """{"type":"DEVICE","name":"x: y","armGroupLabels":["M","L","L"]}""";

    [Theory]
    [InlineData(new[] { DrugA, BareDrugA }, "Drug: A", "1")]
    [InlineData(new[] { BareDrugA, DrugA }, "Drug: A", "1")]
    [InlineData(new[] { BareDrugA, DrugA }, "drug: A", "2")]
    [InlineData(new[] { BareDrugA, DrugA, DrugA }, "DRUG: A", "2")]
    [InlineData(new[] { DrugA, DeviceXY }, "Device: x: y", "2")]
    [InlineData(new[] { DrugA, DeviceXY }, "Device: none", " 2")]
    [InlineData(new[] { DrugA, DeviceXY }, "a", " 2")]
    [InlineData(new[] { DeviceXY, DeviceXY, DrugA }, "Drug: A", "3 1 2")]
    public void Each_is_found_by_its_kind_and_name(string[] interventions, string named, string expected)
    {
        var record = Records.WithProtocol($$"""
            "armsInterventionsModule":{"armGroups":[{"label":"L","interventionNames":["{{named}}"]}],
             "interventions":[{{string.Join(',', interventions)}}]}
            """);

        var plan = StudyMapper.ToJson(record).Single(r => (string?)r["resourceType"] == "PlanDefinition");

        var numbers = plan["action"]!.AsArray().Select(a => Number((string?)a!["definitionCanonical"]));
        Assert.Equal(expected, string.Join(' ', numbers));
        Assert.Equal([], RoundTripTests.Differences(record));
    }

    [Fact]
    public void Each_refers_to_the_first_arm_of_a_label_that_it_names()
    {
        var record = Records.WithProtocol($$"""
            "armsInterventionsModule":{"armGroups":[{},{"label":"L"},{"label":"M"},{"label":"L"}],
             "interventions":[{{DeviceXY}}]}
            """);

        var contexts = StudyMapper.ToJson(record)
            .Single(r => (string?)r["resourceType"] == "ActivityDefinition")["useContext"]!.AsArray();

        Assert.Equal(
            ["3", "2", "2"], contexts.Select(c => Number((string?)c!["valueReference"]!["reference"])));
    }

    static string Number(string? reference) => reference?.Split('-')[^1] ?? "";
}
