using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Matching;
using FhirTrials.Trials.Matching.Index;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Tests.Studies;

/// <summary>Registry records → what the index of studies takes, on the product's road but for the store.</summary>
static class StudyEntries
{
    public static StudyEntry Of(byte[] record, int version = 1)
    {
        var resources = StudyMapper.Map(RegistryReader.Read(record).Record!, FhirDefinitions.R4.Types).Resources;
        var study = resources.Single(r => r.Type.Name == "ResearchStudy");
        var groups = study["enrollment"].Select(e => e.ValueOf("reference")).OfType<string>()
            .Select(reference => resources.Single(r => $"{r.Type.Name}/{r.Id}" == reference)).ToImmutableArray();
        var locations = resources.Where(r => r.Type.Name == "Location").ToDictionary(r => r.Id!, StringComparer.Ordinal);
        return Of(study, groups, locations.GetValueOrDefault, version);
    }

    static StudyEntry Of(Element study, ImmutableArray<Element> groups, Func<string, Element?> location, int version) => new(
        new(study.Id!, version),
        [.. groups.Select(g => new VersionedId(g.Id!, version))],
        StudyEligibilityReader.Read(study, groups),
        StudyFacets.Of(study, location));
}
