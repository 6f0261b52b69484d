using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;
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
        var locations = resources.Where(r => r.Type.Name == "Location")
            .ToDictionary(r => r.Id!, StringComparer.Ordinal);
        return Of(study, groups, locations.GetValueOrDefault, version);
    }

    /// <summary>The same without the mapping, which takes most of the time: criteria straight from their text, and of
    /// the study only what a match looks at.</summary>
    public static StudyEntry Brief(byte[] record)
    {
        var read = RegistryReader.Read(record).Record!;
        var (protocol, sites) = (read.Protocol, read.Protocol["contactsLocationsModule"].Items("locations").ToList());
        var study = Parse(new JsonObject
        {
            ["resourceType"] = "ResearchStudy",
            ["id"] = read.NctId,
            ["condition"] = Concepts(protocol["conditionsModule"].Texts("conditions")),
            ["location"] = Concepts(sites.Select(s => s.Text("country")).OfType<string>().Distinct()),
            ["arm"] = Objects(
                protocol["armsInterventionsModule"].Items("armGroups").Select(a => a.Text("label")).OfType<string>(),
                "name"),
            ["site"] = Objects(sites.Select((_, i) => $"Location/{read.NctId}-site-{i}"), "reference"),
        });
        var eligibility = StudyEligibilityReader.Read(study, []);
        return new(
            new(read.NctId, 1),
            [new($"{read.NctId}-eligibility", 1)],
            eligibility with
            {
                Criteria = [
                    .. eligibility.Criteria.Where(c => c.Number == StudyConditions.Number),
                    .. CriteriaParser.Parse(EligibilityModule.TextOf(read)),
                ],
            },
            StudyFacets.Of(
                study,
                id => Location(sites[int.Parse(id[(id.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture)])));
    }

    static Element Location(RegistryNode site) => Parse(new JsonObject
    {
        ["resourceType"] = "Location",
        ["position"] =
            JsonNode.Parse(site["geoPoint"].Exists ? site["geoPoint"].Json.GetRawText() : "{}") is JsonObject point
            && point["lat"] is { } latitude && point["lon"] is { } longitude
                    ? new JsonObject { ["longitude"] = longitude.DeepClone(), ["latitude"] = latitude.DeepClone() }
                    : null,
    });

    static JsonArray? Concepts(IEnumerable<string> texts) => Objects(texts, "text");

    static JsonArray? Objects(IEnumerable<string> texts, string name) =>
        texts.Select(t => (JsonNode)new JsonObject { [name] = t }).ToArray() is { Length: > 0 } objects
            ? [.. objects]
            : null;

    static Element Parse(JsonObject resource)
    {
        foreach (var absent in resource.Where(p => p.Value is null).Select(p => p.Key).ToList())
        {
            resource.Remove(absent);
        }

        return FhirJson.Read(resource, FhirDefinitions.R4.Types).Resource!;
    }

    static StudyEntry Of(
        Element study, ImmutableArray<Element> groups, Func<string, Element?> location, int version) => new(
            new(study.Id!, version),
            [.. groups.Select(g => new VersionedId(g.Id!, version))],
            StudyEligibilityReader.Read(study, groups),
            StudyFacets.Of(study, location));
}
