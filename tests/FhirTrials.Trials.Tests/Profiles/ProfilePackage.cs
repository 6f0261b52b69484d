using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Tests;

namespace FhirTrials.Trials.Tests.Profiles;

/// <summary>The conformance resources of profiles/.</summary>
static class ProfilePackage
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "profiles");

    public static ImmutableArray<Element> Resources { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.json").Where(f => Path.GetFileName(f) != "package.json")
            .Order(StringComparer.Ordinal).Select(Read),
    ];

    public static Element Read(string file)
    {
        var read = FhirJson.Read(File.ReadAllBytes(file), FhirDefinitions.R4.Types);
        Assert.True(read.IsValid, $"{Path.GetFileName(file)}: {string.Join("; ", read.Issues)}");
        return read.Resource!;
    }
}
