using FhirTrials.Tests;

namespace FhirTrials.Fhir.Tests;

/// <summary>HL7's R4 package with definitions and examples, for tests only: named by FHIR_R4_EXAMPLES or installed
/// below tests/conformance.</summary>
static class R4Package
{
    /// <summary>The package's folder; the calling test is skipped where there is none.</summary>
    public static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("FHIR_R4_EXAMPLES")
                ?? Path.Combine(Repository.Root, "tests", "conformance", "node_modules", "hl7.fhir.r4.examples");
            Assert.SkipUnless(Directory.Exists(folder), "HL7's package hl7.fhir.r4.examples is not installed.");
            return folder;
        }
    }

    /// <summary>The files that hold a resource, in order of name.</summary>
    public static IEnumerable<string> Files(string pattern = "*.json") =>
        Directory.EnumerateFiles(Folder, pattern)
            .Where(file => Path.GetFileName(file) is not ("package.json" or ".index.json"))
            .Order(StringComparer.Ordinal);
}
