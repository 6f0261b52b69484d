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
}
