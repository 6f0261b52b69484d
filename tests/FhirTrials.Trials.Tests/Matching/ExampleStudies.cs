using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Registry;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Tests.Matching;

/// <summary>The studies of examples/registry, ready to be matched.</summary>
static class ExampleStudies
{
    static readonly Lazy<ImmutableDictionary<string, StudyEligibility>> Read = new(() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "examples", "registry"), "NCT*.json").Select(Of).ToImmutableDictionary(s => s.StudyId));

    public static IEnumerable<StudyEligibility> All => Read.Value.Values.OrderBy(s => s.StudyId, StringComparer.Ordinal);

    public static StudyEligibility Named(string id) => Read.Value[id];

    static Element Study(string file) => StudyMapper
        .Map(RegistryReader.Read(File.ReadAllBytes(file)).Record!, FhirDefinitions.R4.Types)
        .Resources.Single(r => r.Type.Name == "ResearchStudy");

    static StudyEligibility Of(string file)
    {
        var protocol = JsonNode.Parse(File.ReadAllText(file))!["protocolSection"]!;
        var module = protocol["eligibilityModule"]!;
        ImmutableArray<string> arms = [.. protocol["armsInterventionsModule"]!["armGroups"]!.AsArray().Select(a => (string)a!["label"]!)];
        var criteria = CriteriaParser.Parse(new EligibilityText(
            (string)module["eligibilityCriteria"]!, arms, (string?)module["minimumAge"], (string?)module["maximumAge"],
            (string?)module["sex"], (bool?)module["healthyVolunteers"])
            { StandardAges = [.. module["stdAges"]?.AsArray().Select(a => (string)a!) ?? []] });
        return new StudyEligibility(
            (string)protocol["identificationModule"]!["nctId"]!, (string)protocol["identificationModule"]!["briefTitle"]!, arms,
            StudyConditions.Of(Study(file), ConceptVocabulary.Default) is { } condition ? [condition, .. criteria] : criteria);
    }
}
