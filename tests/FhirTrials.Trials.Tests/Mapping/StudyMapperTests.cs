using System.Text.Encodings.Web;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Tests;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Trials.Tests.Mapping;

public sealed class StudyMapperTests
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> All => Records.All;

    [Theory, MemberData(nameof(All))]
    public void A_record_maps_to_resources_that_are_structurally_FHIR(string nctId) =>
        Assert.DoesNotContain(Map(nctId).Issues, issue => issue.IsError);

    [Theory, MemberData(nameof(All))]
    public void A_study_goes_by_its_number(string nctId)
    {
        var study = Assert.Single(Map(nctId).Resources, r => r.Type.Name == "ResearchStudy");
        Assert.Equal(nctId, study.Id);
    }

    [Theory, MemberData(nameof(All))]
    public void Every_reference_leads_to_a_resource_written_before(string nctId)
    {
        var written = new HashSet<string>();
        foreach (var resource in Map(nctId).Resources)
        {
            var references = Descendants(resource).Where(e => e.Name == "reference").Select(e => e.Value!)
                .Where(reference => !reference.StartsWith('#'));
            Assert.Empty(references.Except(written));
            Assert.True(written.Add($"{resource.Type.Name}/{resource.Id}"), $"{resource.Id} is written twice.");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Every_activity_that_an_arm_plans_is_defined(string nctId)
    {
        var resources = Map(nctId).Resources;
        var defined = resources.Where(r => r.Type.Name == "ActivityDefinition").Select(r => r.ValueOf("url")!);
        var planned = resources.Where(r => r.Type.Name == "PlanDefinition")
            .SelectMany(r => r["action"]).Select(a => a.ValueOf("definition")).OfType<string>();
        Assert.Empty(planned.Except(defined));
    }

    [Theory, MemberData(nameof(All))]
    public void Every_resource_has_a_profile_and_a_narrative(string nctId) =>
        Assert.All(Map(nctId).Resources, resource =>
    {
        Assert.StartsWith("http://fhirtrials.org/fhir/", resource.At("meta", "profile")!.Value,
            StringComparison.Ordinal);
        Assert.NotNull(resource.At("text", "div")!.Value);
    });

    [Theory, MemberData(nameof(All))]
    public void The_same_record_gives_the_same_bytes(string nctId) => Assert.Equal(Bytes(nctId), Bytes(nctId));

    [Fact]
    public void A_study_is_mapped_as_approved()
    {
        var resources = StudyMapper.ToJson(Records.Read("NCT07192237"));
        foreach (var group in resources.Where(r => (string?)r["resourceType"] == "Group"))
        {
            // The criteria have approved files of their own.
            group.Remove("contained");
            group.Remove("characteristic");
        }

        Approved.Verify(JsonSerializer.Serialize(resources, Readable), "NCT07192237", "json");
    }

    static byte[][] Bytes(string nctId) => [.. Map(nctId).Resources.Select(resource => FhirJson.ToUtf8Bytes(resource))];

    static MappedStudy Map(string nctId) => StudyMapper.Map(Records.Read(nctId), FhirDefinitions.R4.Types);

    static IEnumerable<Element> Descendants(Element element) =>
        element.Children.SelectMany(child => Descendants(child).Prepend(child));
}
