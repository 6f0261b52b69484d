using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>A study as FHIR resources, each after those it refers to.</summary>
/// <param name="Issues">What could not be mapped, and where.</param>
public sealed record MappedStudy(ImmutableArray<Element> Resources, ImmutableArray<Issue> Issues);

/// <summary>Registry record → FHIR R4: a ResearchStudy, a PlanDefinition per arm, an ActivityDefinition per
/// intervention, the eligibility Group, and the organizations, people and sites they name. The same record always gives
/// the same resources.</summary>
public static class StudyMapper
{
    public static MappedStudy Map(RegistryRecord record, FhirTypes types)
    {
        var resources = ImmutableArray.CreateBuilder<Element>();
        var issues = ImmutableArray.CreateBuilder<Issue>();
        if (record.Root["resultsSection"].Exists)
        {
            issues.Add(Issue.Information(
                IssueCode.Informational,
                $"The results of {record.NctId} are not mapped yet; everything else of the record is.",
                "resultsSection"));
        }

        foreach (var json in ToJson(record))
        {
            var read = FhirJson.Read(JsonSerializer.SerializeToUtf8Bytes(json), types);
            issues.AddRange(read.Issues);
            if (read.Resource is { } resource)
            {
                resources.Add(resource);
            }
        }

        return new(resources.DrainToImmutable(), issues.DrainToImmutable());
    }

    /// <summary>The resources as JSON, each after those it refers to.</summary>
    internal static ImmutableArray<JsonObject> ToJson(RegistryRecord record)
    {
        var book = new AddressBook(record);
        var study = Study(record, book);
        return
        [
            .. book.Resources,
            .. Intervention.Of(record).Select(intervention => intervention.ToResource()),
            .. ArmsModule.Plans(record),
            EligibilityGroup.Map(record),
            study,
        ];
    }

    static JsonObject Study(RegistryRecord record, AddressBook book)
    {
        var description = record.Protocol["descriptionModule"];
        var overallStatus = record.Protocol["statusModule"].Text("overallStatus");
        return FhirNode.Resource(
            "ResearchStudy",
            record.NctId,
            Canonicals.TrialStudy,
            StudyNarrative.Of(record),
            ("extension", FhirNode.Array(
            [
                .. IdentificationModule.Labels(record),
                .. StatusModule.Extensions(record),
                .. PartiesModule.Extensions(record, book),
                FhirNode.Extension(Canonicals.R5("descriptionSummary"), "valueMarkdown",
                    description.Text("briefSummary")),
                .. DesignModule.Extensions(record),
                .. ArmsModule.Extensions(record),
                .. Intervention.Extensions(record),
                .. OutcomesModule.Extensions(record),
                .. OversightModule.Extensions(record),
                .. UnmappedFields.Extensions(record),
            ])),
            ("identifier", IdentificationModule.Identifiers(record, book)),
            ("title", record.Identification.Text("briefTitle")),
            ("protocol", ArmsModule.Protocol(record)),
            ("status", StatusModule.StatusOf(overallStatus)),
            ("_status", StatusModule.StatusAbsent(overallStatus)),
            ("primaryPurposeType", DesignModule.PrimaryPurpose(record)),
            ("phase", DesignModule.Phase(record)),
            ("category", DesignModule.Category(record)),
            ("focus", Intervention.Focus(record)),
            ("condition", ConditionsModule.Conditions(record)),
            ("contact", ContactsModule.Contacts(record)),
            ("relatedArtifact", ReferencesModule.RelatedArtifacts(record)),
            ("keyword", ConditionsModule.Keywords(record)),
            ("location", ContactsModule.Countries(record)),
            ("description", description.Text("detailedDescription")),
            ("enrollment", FhirNode.Array(FhirNode.Reference(EligibilityGroup.ReferenceOf(record)))),
            ("period", StatusModule.Period(record)),
            ("sponsor", PartiesModule.Sponsor(record, book)),
            ("principalInvestigator", PartiesModule.PrincipalInvestigator(record, book)),
            ("site", ContactsModule.Sites(record, book)),
            ("reasonStopped", StatusModule.ReasonStopped(record)),
            ("arm", ArmsModule.Arms(record)),
            ("objective", OutcomesModule.Objectives(record)));
    }
}
