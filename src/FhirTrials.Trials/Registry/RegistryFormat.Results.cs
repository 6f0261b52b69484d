namespace FhirTrials.Trials.Registry;

/// <content>The fields of results.</content>
static partial class RegistryFormat
{
    const string Results = """
        resultsSection
          participantFlowModule
            preAssignmentDetails text
            recruitmentDetails text
            typeUnitsAnalyzed text
            groups[]
              id text
              title text
              description text
            periods[]
              title text
              milestones[]
                type text
                comment text
                achievements[]
                  groupId text
                  comment text
                  numSubjects numeral
                  numUnits numeral
              dropWithdraws[]
                type text
                comment text
                reasons[]
                  groupId text
                  comment text
                  numSubjects numeral
                  numUnits numeral
          baselineCharacteristicsModule
            populationDescription text
            typeUnitsAnalyzed text
            groups[]
              id text
              title text
              description text
            denoms[]
              units text
              counts[]
                groupId text
                value numeral
            measures[]
              title text
              description text
              populationDescription text
              paramType MeasureParam
              dispersionType MeasureDispersionType
              unitOfMeasure text
              calculatePct flag
              denomUnitsSelected text
              denoms[]
                units text
                counts[]
                  groupId text
                  value numeral
              classes[]
                title text
                denoms[]
                  units text
                  counts[]
                    groupId text
                    value numeral
                categories[]
                  title text
                  measurements[]
                    groupId text
                    value text
                    spread text
                    lowerLimit text
                    upperLimit text
                    comment text
          outcomeMeasuresModule
            outcomeMeasures[]
              type OutcomeMeasureType
              title text
              description text
              populationDescription text
              reportingStatus ReportingStatus
              anticipatedPostingDate date
              paramType MeasureParam
              dispersionType text
              unitOfMeasure text
              calculatePct flag
              timeFrame text
              typeUnitsAnalyzed text
              denomUnitsSelected text
              groups[]
                id text
                title text
                description text
              denoms[]
                units text
                counts[]
                  groupId text
                  value numeral
              classes[]
                title text
                denoms[]
                  units text
                  counts[]
                    groupId text
                    value numeral
                categories[]
                  title text
                  measurements[]
                    groupId text
                    value text
                    spread text
                    lowerLimit text
                    upperLimit text
                    comment text
              analyses[]
                paramType text
                paramValue text
                dispersionType AnalysisDispersionType
                dispersionValue text
                statisticalMethod text
                statisticalComment text
                pValue text
                pValueComment text
                ciNumSides ConfidenceIntervalNumSides
                ciPctValue text
                ciLowerLimit text
                ciUpperLimit text
                ciLowerLimitComment text
                ciUpperLimitComment text
                estimateComment text
                testedNonInferiority flag
                nonInferiorityType NonInferiorityType
                nonInferiorityComment text
                otherAnalysisDescription text
                groupDescription text
                groupIds[] text
          adverseEventsModule
            frequencyThreshold text
            timeFrame text
            description text
            allCauseMortalityComment text
            eventGroups[]
              id text
              title text
              description text
              deathsNumAffected count
              deathsNumAtRisk count
              seriousNumAffected count
              seriousNumAtRisk count
              otherNumAffected count
              otherNumAtRisk count
            seriousEvents[]
              term text
              organSystem text
              sourceVocabulary text
              assessmentType EventAssessment
              notes text
              stats[]
                groupId text
                numEvents count
                numAffected count
                numAtRisk count
            otherEvents[]
              term text
              organSystem text
              sourceVocabulary text
              assessmentType EventAssessment
              notes text
              stats[]
                groupId text
                numEvents count
                numAffected count
                numAtRisk count
          moreInfoModule
            limitationsAndCaveats
              description text
            certainAgreement
              piSponsorEmployee flag
              restrictionType AgreementRestrictionType
              restrictiveAgreement flag
              otherDetails text
            pointOfContact
              title text
              organization text
              email text
              phone text
              phoneExt text
        """;
}
