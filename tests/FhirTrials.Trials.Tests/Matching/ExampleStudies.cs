using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
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

    /// <summary>The ResearchStudy and its Groups, of a registry record.</summary>
    public static (Element Study, ImmutableArray<Element> Groups) Resources(string file)
    {
        var resources =
            StudyMapper.Map(RegistryReader.Read(File.ReadAllBytes(file)).Record!, FhirDefinitions.R4.Types).Resources;
        return (
            resources.Single(r => r.Type.Name == "ResearchStudy"), [.. resources.Where(r => r.Type.Name == "Group")]);
    }

    public static string FileOf(string id) => Path.Combine(Repository.Root, "examples", "registry", $"{id}.json");

    static StudyEligibility Of(string file)
    {
        var (study, groups) = Resources(file);
        return StudyEligibilityReader.Read(study, groups);
    }
}
