using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Tests.Registry;

namespace FhirTrials.Trials.Tests.Mapping;

/// <summary>Each fact of the five pages comes out over FHIR at the place that a client would look for it.</summary>
public sealed class PageFactsTests
{
    const string R5 = "http://hl7.org/fhir/5.0/StructureDefinition/extension-ResearchStudy.";
    const string X5All = "http://hl7.org/fhir/5.0/StructureDefinition/extension-";
    const string ActualWord = ".select(iif($this, 'ACTUAL', 'ESTIMATED'))";
    const string Registration = "http://hl7.org/fhir/StructureDefinition/researchStudy-studyRegistration";

    /// <summary>From a place in the record to the FHIRPath of the same fact.</summary>
    static readonly Dictionary<string, string> Places = new()
    {
        ["protocolSection.identificationModule.briefTitle"] = "ResearchStudy.title",
        ["protocolSection.identificationModule.officialTitle"] = Label("official"),
        ["protocolSection.identificationModule.acronym"] = Label("acronym"),
        ["protocolSection.identificationModule.orgStudyIdInfo.id"] =
            "ResearchStudy.identifier.where(use = 'usual').value",
        ["protocolSection.identificationModule.secondaryIdInfos.id"] =
            "ResearchStudy.identifier.where(use = 'secondary').value",
        ["protocolSection.identificationModule.secondaryIdInfos.type"] =
            "ResearchStudy.identifier.where(use = 'secondary').type.coding.code",
        ["protocolSection.statusModule.overallStatus"] = $"{X5("progressStatus", "state")}.coding.code",
        ["protocolSection.statusModule.startDateStruct.date"] = "ResearchStudy.period.start",
        ["protocolSection.statusModule.completionDateStruct.date"] = "ResearchStudy.period.end",
        ["protocolSection.statusModule.completionDateStruct.type"] =
            Reached("completion", "actual") + ActualWord,
        ["protocolSection.statusModule.primaryCompletionDateStruct.date"] =
            Reached("primary-completion", "period") + ".end",
        ["protocolSection.statusModule.primaryCompletionDateStruct.type"] =
            Reached("primary-completion", "actual") + ActualWord,
        ["protocolSection.statusModule.studyFirstSubmitDate"] = Registered("study-first-submit"),
        ["protocolSection.statusModule.resultsFirstPostDateStruct.date"] = Registered("results-first-post"),
        ["protocolSection.statusModule.lastUpdatePostDateStruct.date"] = Registered("last-update-post"),
        ["protocolSection.statusModule.statusVerifiedDate"] = Registered("status-verified"),
        ["protocolSection.statusModule.expandedAccessInfo.hasExpandedAccess"] =
            YesOrNo("has-expanded-access"),
        ["protocolSection.designModule.studyType"] = "ResearchStudy.category.coding.code",
        ["protocolSection.designModule.phases"] = "ResearchStudy.phase.coding.code",
        ["protocolSection.designModule.enrollmentInfo.count"] =
            $"ResearchStudy{Extension("enrollment-count")}.value | {X5("recruitment", "targetNumber")} "
            + $"| {X5("recruitment", "actualNumber")}",
        ["protocolSection.designModule.designInfo.allocation"] = Design("allocation"),
        ["protocolSection.designModule.designInfo.interventionModel"] = Design("intervention-model"),
        ["protocolSection.designModule.designInfo.maskingInfo.masking"] = Design("masking"),
        ["protocolSection.designModule.designInfo.primaryPurpose"] = "ResearchStudy.primaryPurposeType.coding.code",
        ["protocolSection.conditionsModule.conditions"] = "ResearchStudy.condition.text",
        ["protocolSection.conditionsModule.keywords"] = "ResearchStudy.keyword.text",
        ["protocolSection.sponsorCollaboratorsModule.leadSponsor.name"] = "ResearchStudy.sponsor.resolve().name",
        ["protocolSection.sponsorCollaboratorsModule.leadSponsor.class"] = Party("lead-sponsor",
            "classifier.value.coding.code"),
        ["protocolSection.sponsorCollaboratorsModule.collaborators.name"] = Party("collaborator",
            "party.value.resolve().name"),
        ["protocolSection.sponsorCollaboratorsModule.collaborators.class"] =
            Party("collaborator", "classifier.value.coding.code"),
        ["protocolSection.sponsorCollaboratorsModule.responsibleParty.type"] =
            $"{X5("associatedParty", "role")}.where(text = 'Responsible party').coding.code",
        ["protocolSection.oversightModule.oversightHasDmc"] =
            YesOrNo("oversight-has-dmc"),
        ["protocolSection.armsInterventionsModule.armGroups.label"] = "PlanDefinition.title",
        ["protocolSection.armsInterventionsModule.armGroups.type"] = "ResearchStudy.arm.type.coding.code",
        ["protocolSection.armsInterventionsModule.interventions.name"] =
            "ActivityDefinition.product.text | ActivityDefinition.code.text",
        ["protocolSection.armsInterventionsModule.interventions.type"] = "ActivityDefinition.topic.coding.code",
        ["protocolSection.armsInterventionsModule.interventions.description"] = "ActivityDefinition.dosage.text",
        ["protocolSection.armsInterventionsModule.interventions.otherNames"] =
            $"ActivityDefinition{Extension("other-name")}.value",
        ["protocolSection.outcomesModule.primaryOutcomes.measure"] = Objective("primary"),
        ["protocolSection.outcomesModule.primaryOutcomes.timeFrame"] =
            $"ResearchStudy.extension('{R5}outcomeMeasure').extension('{X5All}EvidenceVariable.characteristic"
            + ".timeFromEvent').extension('description').value",
        ["protocolSection.outcomesModule.secondaryOutcomes.measure"] = Objective("secondary"),
        ["protocolSection.eligibilityModule.minimumAge"] =
            $"Group{Extension("eligibility-ages")}.extension('minimum').value",
        ["protocolSection.eligibilityModule.healthyVolunteers"] =
            YesOrNo("healthy-volunteers"),
        ["protocolSection.eligibilityModule.sex"] =
            "Group.code.coding.where(system = 'http://fhirtrials.org/fhir/CodeSystem/registry-sex').code",
        ["protocolSection.eligibilityModule.stdAges"] =
            "Group.code.coding.where(system = 'http://fhirtrials.org/fhir/CodeSystem/registry-standard-age').code",
        ["protocolSection.contactsLocationsModule.centralContacts.name"] = "ResearchStudy.contact.name",
        ["protocolSection.contactsLocationsModule.centralContacts.role"] =
            $"ResearchStudy.contact.extension('{X5All}ExtendedContactDetail.purpose').value.coding.code",
        ["protocolSection.contactsLocationsModule.centralContacts.phone"] =
            "ResearchStudy.contact.telecom.where(system = 'phone').value",
        ["protocolSection.contactsLocationsModule.overallOfficials.name"] =
            "PractitionerRole.practitioner.resolve().name.text",
        ["protocolSection.contactsLocationsModule.overallOfficials.role"] = "PractitionerRole.code.coding.code",
        ["protocolSection.contactsLocationsModule.overallOfficials.affiliation"] =
            "PractitionerRole.organization.resolve().name",
        ["protocolSection.contactsLocationsModule.locations.facility"] = "ResearchStudy.site.resolve().name",
        ["protocolSection.contactsLocationsModule.locations.city"] = "ResearchStudy.site.resolve().address.city",
        ["protocolSection.contactsLocationsModule.locations.state"] = "ResearchStudy.site.resolve().address.state",
        ["protocolSection.contactsLocationsModule.locations.country"] = "ResearchStudy.site.resolve().address.country",
        ["protocolSection.contactsLocationsModule.locations.contacts.name"] =
            $"Location.extension('{X5All}Location.contact').extension('name').value.text",
        ["protocolSection.referencesModule.references.pmid"] =
            "ResearchStudy.relatedArtifact.where(type = 'citation').url.select($this.replace('https://pubmed.ncbi.nlm"
            + ".nih.gov/', ''))",
        ["protocolSection.referencesModule.references.type"] =
            $"ResearchStudy.relatedArtifact.extension('{X5All}RelatedArtifact.classifier').value.coding.code",
        ["protocolSection.referencesModule.seeAlsoLinks.label"] =
            "ResearchStudy.relatedArtifact.where(type = 'documentation').display",
        ["protocolSection.referencesModule.seeAlsoLinks.url"] =
            "ResearchStudy.relatedArtifact.where(type = 'documentation').url",
        ["derivedSection.conditionBrowseModule.meshes.term"] =
            "ResearchStudy.condition.coding.where(system = 'https://www.nlm.nih.gov/mesh').display",
        ["hasResults"] =
            YesOrNo("has-results"),
        ["resultsSection.participantFlowModule.periods.milestones.achievements.comment"] =
            $"MeasureReport.group.stratifier.stratum.extension('{X5All}Evidence.statistic.note').value.text",
        ["resultsSection.outcomeMeasuresModule.outcomeMeasures.classes.categories.measurements.value"] =
            "MeasureReport.group.stratifier.stratum.measureScore.value",
        ["resultsSection.outcomeMeasuresModule.outcomeMeasures.classes.categories.measurements.upperLimit"] =
            $"MeasureReport.group.stratifier.stratum.extension('{X5All}Evidence.statistic.attributeEstimate')"
            + ".where(extension('type').value.coding.code = 'upper-limit').extension('quantity').value.value",
        ["resultsSection.outcomeMeasuresModule.outcomeMeasures.anticipatedPostingDate"] =
            "Measure.effectivePeriod.start",
        ["resultsSection.adverseEventsModule.frequencyThreshold"] = "Measure.rateAggregation",
        ["resultsSection.adverseEventsModule.seriousEvents.sourceVocabulary"] =
            "MeasureReport.group.stratifier.code.where(coding.code = 'source-vocabulary').text",
        ["resultsSection.moreInfoModule.pointOfContact.phone"] =
            "PractitionerRole.where(code.coding.code = 'results-contact').telecom.where(system = 'phone').value",
    };

    public static TheoryData<string, string, string> Facts() => FiveTrialsTests.Facts();

    [Theory, MemberData(nameof(Facts))]
    public void A_fact_of_the_page_is_at_its_place_in_FHIR(string nctId, string path, string value) =>
        Assert.Contains(value, Evaluate(Resources(nctId), Places[path]), StringComparer.Ordinal);

    [Theory]
    [InlineData("NCT01207388")]
    [InlineData("NCT02013167")]
    [InlineData("NCT02458014")]
    [InlineData("NCT04521231")]
    [InlineData("NCT07192237")]
    public void Each_site_is_a_place_with_its_status(string nctId)
    {
        var resources = Resources(nctId);
        var locations = resources.Where(r => r.Type.Name == "Location").ToDictionary(r => $"Location/{r.Id}");
        var sites = resources.Single(r => r.Type.Name == "ResearchStudy")["site"].Select(site =>
        {
            var location = locations[site.ValueOf("reference")!];
            var status = site["extension"].SelectMany(e => e["extension"])
                .FirstOrDefault(e => e.ValueOf("url") == "status");
            return (
                location.ValueOf("name"),
                location.At("address", "city")?.Value,
                location.At("address", "state")?.Value,
                location.At("address", "country")?.Value,
                status?.ValueOf("value"));
        });
        Assert.Equal(
            Records.Read(nctId).Protocol["contactsLocationsModule"].Items("locations").Select(site => (
                site.Text("facility"), site.Text("city"), site.Text("state"), site.Text("country"),
                site.Text("status"))),
            sites);
    }

    static ImmutableArray<Element> Resources(string nctId) =>
        StudyMapper.Map(Records.Read(nctId), FhirDefinitions.R4.Types).Resources;

    static IEnumerable<string> Evaluate(ImmutableArray<Element> resources, string expression)
    {
        var compiled = FhirPathExpression.Compile(expression);
        var byReference = resources.ToDictionary(r => $"{r.Type.Name}/{r.Id}");
        var context = new FhirPathContext(FhirDefinitions.R4)
        {
            Now = DateTimeOffset.UnixEpoch,
            Resolve = reference => byReference.GetValueOrDefault(reference),
        };
        return resources.SelectMany(resource => compiled.Evaluate(resource, context))
            .Select(item => item is Element element ? element.Value : item.ToString()).OfType<string>();
    }

    static string Extension(string name) =>
        $".extension.where(url = 'http://fhirtrials.org/fhir/StructureDefinition/{name}')";

    static string X5(string element, string part) =>
        $"ResearchStudy.extension.where(url = '{R5}{element}').extension.where(url = '{part}').value";

    static string Label(string type) =>
        $"ResearchStudy.extension.where(url = '{R5}label' and extension.where(url = 'type').value.coding.code = "
        + $"'{type}')"
        + ".extension.where(url = 'value').value";

    static string Registered(string activity) =>
        $"ResearchStudy.extension.where(url = '{Registration}' and extension.where(url = 'activity').value.coding.code "
        + $"= '{activity}')"
        + ".extension.where(url = 'period').value.start";

    static string Design(string system) =>
        $"ResearchStudy.extension.where(url = '{R5}studyDesign').value.coding"
        + $".where(system = 'http://fhirtrials.org/fhir/CodeSystem/registry-{system}').code";

    static string Party(string role, string then)
    {
        var dot = then.IndexOf('.', StringComparison.Ordinal);
        return $"ResearchStudy.extension.where(url = '{R5}associatedParty' and extension.where(url = 'role').value"
            + $".coding.code = '{role}')"
            + $".extension.where(url = '{then[..dot]}'){then[dot..]}";
    }

    static string Objective(string type) => $"ResearchStudy.objective.where(type.coding.code = '{type}').name";

    static string Reached(string milestone, string part) =>
        $"ResearchStudy.extension.where(url = '{R5}progressStatus' and extension('state').value.coding.code = "
        + $"'{milestone}')"
        + $".extension('{part}').value";

    static string YesOrNo(string fact) =>
        $"ResearchStudy.extension('{R5}classifier').value.coding.where(system.endsWith('registry-fact'))"
        + $".code.where($this = '{fact}-yes' or $this = '{fact}-no').select(iif($this.endsWith('-yes'), 'true', "
        + "'false'))";
}
