using System.Text.Json;
using FhirTrials.Tests.Studies;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>Generated studies are such as the registry could have, whatever is beside the checkout.</summary>
public sealed class StudyGeneratorTests
{
    const int Seed = 2026;

    static readonly StudyGenerator Generator = StudyGenerator.Of(Repository.Root);

    [Fact]
    public void The_same_seed_and_number_give_the_same_bytes_in_any_order()
    {
        var forwards = Generator.Studies(Seed, 20).ToList();
        var other = StudyGenerator.Of(Repository.Root);
        Assert.All(Enumerable.Range(0, 20).Reverse(), i => Assert.Equal(forwards[i], other.Study(Seed, i)));
        Assert.NotEqual(forwards[0], other.Study(Seed + 1, 0));
    }

    [Fact]
    public void No_two_studies_have_the_same_number_or_eligibility()
    {
        var studies = Generator.Studies(Seed, 500).Select(s => JsonSerializer.Deserialize<JsonElement>(s))
            .Select(s => s.GetProperty("protocolSection")).ToList();
        Assert.Distinct(studies.Select(s => s.GetProperty("identificationModule").GetProperty("nctId").GetString()));
        Assert.Distinct(
            studies.Select(s => s.GetProperty("eligibilityModule").GetProperty("eligibilityCriteria").GetString()));
    }

    [Fact]
    public void Few_studies_ask_for_one_disease_and_many_diseases_are_asked_for()
    {
        var byDisease = Generator.Studies(Seed, 500).Select(s => JsonSerializer.Deserialize<JsonElement>(s))
            .GroupBy(s => s.GetProperty("protocolSection").GetProperty("conditionsModule")
                .GetProperty("conditions")[0].GetString())
            .ToList();
        Assert.True(byDisease.Count > 150);
        Assert.True(byDisease.Max(studies => studies.Count()) < 50);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Each_is_read_without_a_warning_is_valid_and_comes_back(int quarter)
    {
        foreach (var index in Enumerable.Range(quarter * 12, 12))
        {
            var read = RegistryReader.Read(Generator.Study(Seed, index));
            Assert.Equal([], read.Issues);
            Assert.Equal([], RoundTripTests.Differences(read.Record!));
            Assert.Equal("", RoundTripTests.Errors(read.Record!));
        }
    }
}
