namespace FhirTrials.Trials.Registry;

/// <summary>ClinicalTrials.gov's API v2 format, as one table. The reader checks records against it; a field that it
/// does not list is kept as it is — https://clinicaltrials.gov/data-api/about-api/study-data-structure</summary>
static partial class RegistryFormat
{
    /// <summary>The fields of a record.</summary>
    public static RegistryField.Fields Record { get; } = RegistryField.Parse($"""
        protocolSection
          identificationModule
            nctId text
            nctIdAliases[] text
            orgStudyIdInfo
              id text
              type OrgStudyIdType
              link link
            secondaryIdInfos[]
              id text
              type SecondaryIdType
              domain text
              link link
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
            delayedPosting flag
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
            resultsWaived flag
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
              url link
            availIpds[]
              id text
              type text
              url link
              comment text
          ipdSharingStatementModule
            ipdSharing IpdSharing
            description text
            infoTypes[] IpdSharingInfoType
            timeFrame text
            accessCriteria text
            url link
        {Results}
        annotationSection
          annotationModule
            unpostedAnnotation
              unpostedResponsibleParty text
              unpostedEvents[]
                type UnpostedEventType
                date date
                dateUnknown flag
            violationAnnotation
              violationEvents[]
                type ViolationEventType
                description text
                creationDate date
                issuedDate date
                releaseDate date
                postedDate date
        documentSection
          largeDocumentModule
            noSap flag
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
          miscInfoModule
            versionHolder date
            removedCountries[] text
            submissionTracking
              estimatedResultsFirstSubmitDate date
              firstMcpInfo
                postDateStruct
                  date date
                  type DateType
              submissionInfos[]
                releaseDate date
                unreleaseDate date
                unreleaseDateUnknown flag
                resetDate date
                mcpReleaseN count
            modelPredictions
              bmiLimits
                minBmi number
                maxBmi number
          conditionBrowseModule
            meshes[]
              id text
              term text
            ancestors[]
              id text
              term text
            browseLeaves[]
              id text
              name text
              asFound text
              relevance BrowseLeafRelevance
            browseBranches[]
              abbrev text
              name text
          interventionBrowseModule
            meshes[]
              id text
              term text
            ancestors[]
              id text
              term text
            browseLeaves[]
              id text
              name text
              asFound text
              relevance BrowseLeafRelevance
            browseBranches[]
              abbrev text
              name text
        hasResults flag
        """);
}
