using System.Collections.Frozen;

namespace FhirTrials.Trials.Registry;

/// <summary>What a field of the format holds.</summary>
abstract record RegistryField
{
    RegistryField()
    {
    }

    /// <summary>An object with these fields.</summary>
    public sealed record Fields(FrozenDictionary<string, RegistryField> ByName) : RegistryField;

    /// <summary>An array of such items.</summary>
    public sealed record Array(RegistryField Item) : RegistryField;

    public sealed record Text : RegistryField;

    public sealed record Date : RegistryField;

    public sealed record Flag : RegistryField;

    public sealed record Number : RegistryField;

    /// <summary>A whole number, not negative.</summary>
    public sealed record Count : RegistryField;

    /// <summary>Text that is one of these codes.</summary>
    public sealed record Code(RegistryCodes Codes) : RegistryField;

    /// <summary>Kept as it is, neither checked nor mapped here.</summary>
    public sealed record Any : RegistryField;
}

/// <summary>The part of ClinicalTrials.gov's API v2 format that the mapper reads, as one table. The reader checks
/// records against it, and what it does not list is kept as unmapped —
/// https://clinicaltrials.gov/data-api/about-api/study-data-structure</summary>
static class RegistryFormat
{
    /// <summary>The fields of a record.</summary>
    public static RegistryField.Fields Record { get; } = Parse("""
        protocolSection
          identificationModule
            nctId text
            nctIdAliases[] text
            orgStudyIdInfo
              id text
              type OrgStudyIdType
              link text
            secondaryIdInfos[]
              id text
              type SecondaryIdType
              domain text
              link text
            briefTitle text
            officialTitle text
            acronym text
            organization
              fullName text
              class AgencyClass
          statusModule
            statusVerifiedDate date
            overallStatus Status
            lastKnownStatus Status
            whyStopped text
            expandedAccessInfo
              hasExpandedAccess flag
              nctId text
              statusForNctId ExpandedAccessStatus
            startDateStruct
              date date
              type DateType
            primaryCompletionDateStruct
              date date
              type DateType
            completionDateStruct
              date date
              type DateType
            studyFirstSubmitDate date
            studyFirstSubmitQcDate date
            studyFirstPostDateStruct
              date date
              type DateType
            resultsFirstSubmitDate date
            resultsFirstSubmitQcDate date
            resultsFirstPostDateStruct
              date date
              type DateType
            dispFirstSubmitDate date
            dispFirstSubmitQcDate date
            dispFirstPostDateStruct
              date date
              type DateType
            lastUpdateSubmitDate date
            lastUpdatePostDateStruct
              date date
              type DateType
          sponsorCollaboratorsModule
            responsibleParty
              type ResponsiblePartyType
              investigatorFullName text
              investigatorTitle text
              investigatorAffiliation text
              oldNameTitle text
              oldOrganization text
            leadSponsor
              name text
              class AgencyClass
            collaborators[]
              name text
              class AgencyClass
          oversightModule
            oversightHasDmc flag
            isFdaRegulatedDrug flag
            isFdaRegulatedDevice flag
            isUnapprovedDevice flag
            isPpsd flag
            isUsExport flag
            fdaaa801Violation flag
          descriptionModule
            briefSummary text
            detailedDescription text
          conditionsModule
            conditions[] text
            keywords[] text
          designModule
            studyType StudyType
            nPtrsToThisExpAccNctId count
            expandedAccessTypes
              individual flag
              intermediate flag
              treatment flag
            patientRegistry flag
            targetDuration text
            phases[] Phase
            designInfo
              allocation DesignAllocation
              interventionModel InterventionalAssignment
              interventionModelDescription text
              primaryPurpose PrimaryPurpose
              observationalModel ObservationalModel
              timePerspective DesignTimePerspective
              maskingInfo
                masking DesignMasking
                maskingDescription text
                whoMasked[] WhoMasked
            bioSpec
              retention BioSpecRetention
              description text
            enrollmentInfo
              count count
              type EnrollmentType
          armsInterventionsModule
            armGroups[]
              label text
              type ArmGroupType
              description text
              interventionNames[] text
            interventions[]
              type InterventionType
              name text
              description text
              armGroupLabels[] text
              otherNames[] text
          outcomesModule
            primaryOutcomes[]
              measure text
              description text
              timeFrame text
            secondaryOutcomes[]
              measure text
              description text
              timeFrame text
            otherOutcomes[]
              measure text
              description text
              timeFrame text
          eligibilityModule
            eligibilityCriteria text
            healthyVolunteers flag
            sex Sex
            genderBased flag
            genderDescription text
            minimumAge text
            maximumAge text
            stdAges[] StandardAge
            studyPopulation text
            samplingMethod SamplingMethod
          contactsLocationsModule
            centralContacts[]
              name text
              role ContactRole
              phone text
              phoneExt text
              email text
            overallOfficials[]
              name text
              affiliation text
              role OfficialRole
            locations[]
              facility text
              status RecruitmentStatus
              city text
              state text
              zip text
              country text
              contacts[]
                name text
                role ContactRole
                phone text
                phoneExt text
                email text
              geoPoint
                lat number
                lon number
          referencesModule
            references[]
              pmid text
              type ReferenceType
              citation text
              retractions[]
                pmid text
                source text
            seeAlsoLinks[]
              label text
              url text
            availIpds[]
              id text
              type text
              url text
              comment text
          ipdSharingStatementModule
            ipdSharing IpdSharing
            description text
            infoTypes[] IpdSharingInfoType
            timeFrame text
            accessCriteria text
            url text
        resultsSection any
        documentSection
          largeDocumentModule
            largeDocs[]
              typeAbbrev text
              hasProtocol flag
              hasSap flag
              hasIcf flag
              label text
              date date
              uploadDate text
              filename text
              size count
        derivedSection
          conditionBrowseModule
            meshes[]
              id text
              term text
          interventionBrowseModule
            meshes[]
              id text
              term text
        hasResults flag
        """);

    static RegistryField.Fields Parse(string table)
    {
        var lines = table.Split('\n');
        var at = 0;
        return Children(0);

        RegistryField.Fields Children(int depth)
        {
            var fields = new Dictionary<string, RegistryField>(StringComparer.Ordinal);
            while (at < lines.Length && DepthOf(lines[at]) == depth)
            {
                var cells = lines[at].Trim().Split(' ');
                at++;
                var item = cells.Length == 1 ? Children(depth + 1) : KindOf(cells[1]);
                var isArray = cells[0].EndsWith("[]", StringComparison.Ordinal);
                fields.Add(isArray ? cells[0][..^2] : cells[0], isArray ? new RegistryField.Array(item) : item);
            }

            return new(fields.ToFrozenDictionary(StringComparer.Ordinal));
        }
    }

    static int DepthOf(string line) => (line.Length - line.TrimStart(' ').Length) / 2;

    static RegistryField KindOf(string kind) => kind switch
    {
        "text" => new RegistryField.Text(),
        "date" => new RegistryField.Date(),
        "flag" => new RegistryField.Flag(),
        "number" => new RegistryField.Number(),
        "count" => new RegistryField.Count(),
        "any" => new RegistryField.Any(),
        _ => new RegistryField.Code(RegistryCodes.ByName[kind]),
    };
}
