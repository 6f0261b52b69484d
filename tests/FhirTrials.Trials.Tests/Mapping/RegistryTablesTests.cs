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
            schema, $@"^    {enumeration}:\n(?:      .*\n)*?      enum:\n((?:        ?- .*\n|      - .*\n)+)", RegexOptions.Multiline);
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
    public void Every_FHIR_status_is_one_of_R4s() => AreOf(
        "http://hl7.org/fhir/research-study-status", RegistryCodes.Status.All.Select(s => StatusOf(s.Code)));

    [Theory]
    [InlineData("NA")]
    [InlineData("EARLY_PHASE1")]
    [InlineData("PHASE1")]
    [InlineData("PHASE1+PHASE2")]
    [InlineData("PHASE2")]
    [InlineData("PHASE2+PHASE3")]
    [InlineData("PHASE3")]
    [InlineData("PHASE4")]
    public void A_phase_is_one_of_R4s(string phases)
    {
        var phase = DesignModule.PhaseOf(phases);
        Assert.NotNull(phase);
        AreOf("http://terminology.hl7.org/CodeSystem/research-study-phase", [phase.Value.Code]);
    }

    [Fact]
    public void Every_phase_of_the_registry_has_one_in_FHIR() =>
        Assert.All(RegistryCodes.Phase.All, phase => Assert.NotNull(DesignModule.PhaseOf(phase.Code)));

    [Fact]
    public void Every_purpose_but_two_has_a_FHIR_code()
    {
        var without = RegistryCodes.PrimaryPurpose.All.Select(p => p.Code)
            .Where(p => DesignModule.PurposeOf(p) is null);
        Assert.Equal(["ECT", "OTHER"], without);
        AreOf(
            "http://terminology.hl7.org/CodeSystem/research-study-prim-purp-type",
            RegistryCodes.PrimaryPurpose.All.Select(p => DesignModule.PurposeOf(p.Code)));
    }

    [Fact]
    public void Every_kind_of_request_is_one_of_R4s() => AreOf(
        "http://hl7.org/fhir/request-resource-types",
        RegistryCodes.InterventionType.All.Select(type => Intervention.KindOf(type.Code)));

    [Fact]
    public void Every_official_has_a_role_in_R5() =>
        Assert.All(RegistryCodes.OfficialRole.All, role => Assert.NotEmpty(PartiesModule.R5RoleOf(role.Code)));

    static string? StatusOf(string status) => StatusModule.StatusOf(status);

    static void AreOf(string codeSystem, IEnumerable<string?> codes)
    {
        var system = FhirDefinitions.R4.CodeSystem(codeSystem);
        Assert.NotNull(system);
        Assert.All(codes.OfType<string>(), code => Assert.True(system.Find(code) is not null, code));
    }

    [GeneratedRegex(@"- '?""?([A-Z0-9_]+)'?""?\s*$", RegexOptions.Multiline)]
    private static partial Regex Item();
}
