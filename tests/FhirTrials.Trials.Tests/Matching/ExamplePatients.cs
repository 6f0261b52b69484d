using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>The patients of examples/patients.</summary>
static class ExamplePatients
{
    /// <summary>The day for which their verdicts were written.</summary>
    public static readonly DateOnly ReferenceDate = new(2026, 11, 21);

    public static string Folder => Path.Combine(Repository.Root, "examples", "patients");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).OfType<string>();

    public static Element Bundle(string name) => Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json")));

    public static PatientRecord Record(string name) => PatientRecordReader.Read(Bundle(name), ReferenceDate).Record!;

    public static Element Parse(ReadOnlySpan<byte> json)
    {
        var read = FhirJson.Read(json, FhirDefinitions.R4.Types);
        Assert.Empty(read.Issues);
        return read.Resource!;
    }
}
