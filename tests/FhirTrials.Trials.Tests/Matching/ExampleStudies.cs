using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>The studies of examples/registry on the product's road: record → FHIR resources → what the matcher
/// needs.</summary>
static class ExampleStudies
{
    static readonly Lazy<ImmutableDictionary<string, StudyEligibility>> Read = new(() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "examples", "registry"), "NCT*.json").Select(Of)
            .ToImmutableDictionary(s => s.StudyId));

    public static IEnumerable<StudyEligibility> All =>
        Read.Value.Values.OrderBy(s => s.StudyId, StringComparer.Ordinal);

    public static StudyEligibility Named(string id) => Read.Value[id];

    static StudyEligibility Of(string file)
    {
        var resources =
            StudyMapper.Map(RegistryReader.Read(File.ReadAllBytes(file)).Record!, FhirDefinitions.R4.Types).Resources;
        return StudyEligibilityReader.Read(
            resources.Single(r => r.Type.Name == "ResearchStudy"), [.. resources.Where(r => r.Type.Name == "Group")]);
    }
}
