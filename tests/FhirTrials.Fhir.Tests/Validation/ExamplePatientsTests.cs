using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Validation;

public sealed class ExamplePatientsTests
{
    static string Folder => Path.Combine(Repository.Root, "examples", "patients");

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_patient_is_valid(string file) =>
        Assert.Empty(Validated.Errors(File.ReadAllText(Path.Combine(Folder, file))));

    /// <summary>Synthea's records, and two of mCODE with faults: an id with an underscore, two values for one
    /// observation, references to entries that are missing, and a transaction without requests.</summary>
    [Fact]
    public void Records_of_others_are_valid_but_for_known_faults()
    {
        var files = Directory.EnumerateFiles(Repository.SharedData("patients"), "*.json").Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "mcode-patient-01.json: 1 value",
                "mcode-patient-data.json: 2 invariant",
                "mcode-patient-data.json: 22 not-found",
                "mcode-patient-data.json: 3 structure",
                "mcode-patient-data.json: 6 value",
            ],
            files.SelectMany(file => ErrorsByCode(File.ReadAllBytes(file))
                .Select(e => $"{Path.GetFileName(file)}: {e}")));
    }

    static IEnumerable<string> ErrorsByCode(byte[] json) =>
        Validated.Issues(FhirJson.Read(json, FhirDefinitions.R4.Types))
            .Where(i => i.IsError)
            .CountBy(i => i.Code.ToFhirCode())
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Value} {c.Key}");
}
