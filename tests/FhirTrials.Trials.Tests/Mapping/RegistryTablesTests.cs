using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Tests;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>The tables from the registry's enumerations to FHIR's codes are complete.</summary>
public sealed partial class RegistryTablesTests
{
    public static TheoryData<string> Enumerations => [.. RegistryCodes.ByName.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Enumerations))]
    public void An_enumeration_has_every_code_of_the_API_schema(string enumeration)
    {
        var schema = File.ReadAllText(Repository.SharedData("ctgov-v2", "openapi.yaml"));
        var block = Regex.Match(
            schema, $@"^    {enumeration}:\n(?:      .*\n)*?      enum:\n((?:        ?- .*\n|      - .*\n)+)",
            RegexOptions.Multiline);
        Assert.True(block.Success, $"The schema does not define {enumeration}.");
        var codes = Item().Matches(block.Groups[1].Value).Select(m => m.Groups[1].Value);
        Assert.Empty(codes.Except(RegistryCodes.ByName[enumeration].All.Select(code => code.Code)));
    }

    [Fact]
    public void Every_status_but_the_unsaid_ones_has_a_FHIR_status()
    {
        var unsaid = RegistryCodes.Status.All.Select(s => s.Code).Where(s => StatusOf(s) is null);
        Assert.Equal(["WITHHELD", "UNKNOWN"], unsaid);
    }

    [Fact]
    public void Every_code_that_mapping_writes_is_one_of_R4s()
    {
        var inR4 = CodeMap.All.Where(map => FhirDefinitions.R4.CodeSystem(map.System) is not null).ToList();
        Assert.Equal(["status", "phase", "primary-purpose", "sex", "intervention-type"], inR4.Select(map => map.Id));
        Assert.All(inR4.SelectMany(map => map.Pairs.Select(pair => (map, pair))), each =>
            Assert.True(
                FhirDefinitions.R4.CodeSystem(each.map.System)!.Find(each.pair.Fhir) is not null, each.pair.Fhir));
    }

    [Fact]
    public void Every_code_that_is_mapped_is_one_of_the_registry() => Assert.All(
        CodeMap.All.SelectMany(
            map => map.Pairs.SelectMany(pair => pair.Registry.Split('+').Select(code => (map, code)))),
        each => Assert.NotNull(each.map.Registry.Find(each.code)));

    [Fact]
    public void Every_phase_of_the_registry_has_one_in_FHIR() =>
        Assert.All(RegistryCodes.Phase.All, phase => Assert.NotNull(CodeMap.Phase.Of(phase.Code)));

    [Fact]
    public void Every_purpose_but_two_has_a_FHIR_code() => Assert.Equal(
        ["ECT", "OTHER"],
        RegistryCodes.PrimaryPurpose.All.Select(p => p.Code).Where(p => CodeMap.Purpose.Of(p) is null));

    [Fact]
    public void Every_official_has_a_role_in_R5() =>
        Assert.All(RegistryCodes.OfficialRole.All, role => Assert.NotNull(CodeMap.OfficialRole.Of(role.Code)));

    static string? StatusOf(string status) => StatusModule.StatusOf(status);

    [GeneratedRegex(@"- '?""?([A-Z0-9_]+)'?""?\s*$", RegexOptions.Multiline)]
    private static partial Regex Item();
}
