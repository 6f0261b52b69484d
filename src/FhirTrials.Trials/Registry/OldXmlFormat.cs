using System.Collections.Immutable;

namespace FhirTrials.Trials.Registry;

/// <summary>An element of the old XML and the field of a record that it is.</summary>
/// <param name="Element">Its path below the row above; <c>@name</c> for an attribute,
/// <c>.</c> for the element itself.</param>
/// <param name="Field">The field's path below that of the row above.</param>
/// <param name="Below">Of an array of objects, the rows of its items.</param>
sealed record OldXmlRow(string Element, string Field, List<OldXmlRow> Below);

/// <summary>The old XML, as one table.</summary>
static class OldXmlFormat
{
    const string Groups = """
          @group_id id
          title title
          description description
        """;

    /// <summary>The rows of <c>clinical_study</c>, each below the module that the line with <c>=</c> names. Numbers of
    /// adverse events, and what the XML puts in words, are <see cref="OldXmlResults"/>'s and
    /// <see cref="OldXmlProtocol"/>'s.</summary>
    public static ImmutableArray<OldXmlRow> Rows { get; } = Parse($"""
        = protocolSection.identificationModule
        id_info/nct_id nctId
        id_info/nct_alias nctIdAliases
        id_info/org_study_id orgStudyIdInfo.id
        id_info/secondary_id secondaryIdInfos
          . id
        brief_title briefTitle
        acronym acronym
        official_title officialTitle
        source organization.fullName
        = protocolSection.statusModule
        verification_date statusVerifiedDate
        overall_status overallStatus
        last_known_status lastKnownStatus
        why_stopped whyStopped
        has_expanded_access expandedAccessInfo.hasExpandedAccess
        start_date startDateStruct.date
        start_date/@type startDateStruct.type
        primary_completion_date primaryCompletionDateStruct.date
        primary_completion_date/@type primaryCompletionDateStruct.type
        completion_date completionDateStruct.date
        completion_date/@type completionDateStruct.type
        study_first_submitted studyFirstSubmitDate
        study_first_submitted_qc studyFirstSubmitQcDate
        study_first_posted studyFirstPostDateStruct.date
        study_first_posted/@type studyFirstPostDateStruct.type
        results_first_submitted resultsFirstSubmitDate
        results_first_submitted_qc resultsFirstSubmitQcDate
        results_first_posted resultsFirstPostDateStruct.date
        results_first_posted/@type resultsFirstPostDateStruct.type
        disposition_first_submitted dispFirstSubmitDate
        disposition_first_submitted_qc dispFirstSubmitQcDate
        disposition_first_posted dispFirstPostDateStruct.date
        disposition_first_posted/@type dispFirstPostDateStruct.type
        last_update_submitted lastUpdateSubmitDate
        last_update_posted lastUpdatePostDateStruct.date
        last_update_posted/@type lastUpdatePostDateStruct.type
        = protocolSection.sponsorCollaboratorsModule
        responsible_party/responsible_party_type responsibleParty.type
        responsible_party/investigator_full_name responsibleParty.investigatorFullName
        responsible_party/investigator_title responsibleParty.investigatorTitle
        responsible_party/investigator_affiliation responsibleParty.investigatorAffiliation
        responsible_party/name_title responsibleParty.oldNameTitle
        responsible_party/organization responsibleParty.oldOrganization
        sponsors/lead_sponsor/agency leadSponsor.name
        sponsors/lead_sponsor/agency_class leadSponsor.class
        sponsors/collaborator collaborators
          agency name
          agency_class class
        = protocolSection.oversightModule
        oversight_info/has_dmc oversightHasDmc
        oversight_info/is_fda_regulated_drug isFdaRegulatedDrug
        oversight_info/is_fda_regulated_device isFdaRegulatedDevice
        oversight_info/is_unapproved_device isUnapprovedDevice
        oversight_info/is_ppsd isPpsd
        oversight_info/is_us_export isUsExport
        = protocolSection.descriptionModule
        brief_summary briefSummary
        detailed_description detailedDescription
        = protocolSection.conditionsModule
        condition conditions
        keyword keywords
        = protocolSection.designModule
        study_type studyType
        expanded_access_info/expanded_access_type_individual expandedAccessTypes.individual
        expanded_access_info/expanded_access_type_intermediate expandedAccessTypes.intermediate
        expanded_access_info/expanded_access_type_treatment expandedAccessTypes.treatment
        target_duration targetDuration
        study_design_info/allocation designInfo.allocation
        study_design_info/intervention_model designInfo.interventionModel
        study_design_info/intervention_model_description designInfo.interventionModelDescription
        study_design_info/primary_purpose designInfo.primaryPurpose
        study_design_info/observational_model designInfo.observationalModel
        study_design_info/time_perspective designInfo.timePerspective
        study_design_info/masking designInfo.maskingInfo.masking
        study_design_info/masking_description designInfo.maskingInfo.maskingDescription
        biospec_retention bioSpec.retention
        biospec_descr bioSpec.description
        enrollment enrollmentInfo.count
        enrollment/@type enrollmentInfo.type
        = protocolSection.armsInterventionsModule
        arm_group armGroups
          arm_group_label label
          arm_group_type type
          description description
        intervention interventions
          intervention_type type
          intervention_name name
          description description
          arm_group_label armGroupLabels
          other_name otherNames
        = protocolSection.outcomesModule
        primary_outcome primaryOutcomes
          measure measure
          description description
          time_frame timeFrame
        secondary_outcome secondaryOutcomes
          measure measure
          description description
          time_frame timeFrame
        other_outcome otherOutcomes
          measure measure
          description description
          time_frame timeFrame
        = protocolSection.eligibilityModule
        eligibility/criteria eligibilityCriteria
        eligibility/healthy_volunteers healthyVolunteers
        eligibility/gender sex
        eligibility/gender_based genderBased
        eligibility/gender_description genderDescription
        eligibility/minimum_age minimumAge
        eligibility/maximum_age maximumAge
        eligibility/study_pop studyPopulation
        eligibility/sampling_method samplingMethod
        = protocolSection.contactsLocationsModule
        location locations
          facility/name facility
          status status
          facility/address/city city
          facility/address/state state
          facility/address/zip zip
          facility/address/country country
        = protocolSection.referencesModule
        reference references
          PMID pmid
          citation citation
        results_reference references
          PMID pmid
          citation citation
        link seeAlsoLinks
          description label
          url url
        study_docs/study_doc availIpds
          doc_id id
          doc_type type
          doc_url url
          doc_comment comment
        = protocolSection.ipdSharingStatementModule
        patient_data/sharing_ipd ipdSharing
        patient_data/ipd_description description
        patient_data/ipd_info_type infoTypes
        patient_data/ipd_time_frame timeFrame
        patient_data/ipd_access_criteria accessCriteria
        patient_data/ipd_url url
        = derivedSection.miscInfoModule
        removed_countries/country removedCountries
        = resultsSection.participantFlowModule
        clinical_results/participant_flow/recruitment_details recruitmentDetails
        clinical_results/participant_flow/pre_assignment_details preAssignmentDetails
        clinical_results/participant_flow/group_list/group groups
        {Groups}
        clinical_results/participant_flow/period_list/period periods
          title title
          milestone_list/milestone milestones
            title type
            participants_list/participants achievements
              @group_id groupId
              . comment
              @count numSubjects
          drop_withdraw_reason_list/drop_withdraw_reason dropWithdraws
            title type
            participants_list/participants reasons
              @group_id groupId
              . comment
              @count numSubjects
        = resultsSection.baselineCharacteristicsModule
        clinical_results/baseline/population populationDescription
        clinical_results/baseline/group_list/group groups
        {Groups}
        clinical_results/baseline/analyzed_list/analyzed denoms
          units units
          count_list/count counts
            @group_id groupId
            @value value
        clinical_results/baseline/measure_list/measure measures
        {Measure}
        = resultsSection.outcomeMeasuresModule
        clinical_results/outcome_list/outcome outcomeMeasures
          type type
          title title
          description description
          time_frame timeFrame
          population populationDescription
          posting_date anticipatedPostingDate
          group_list/group groups
            @group_id id
            title title
            description description
          measure/units unitOfMeasure
          measure/param paramType
          measure/dispersion dispersionType
          measure/analyzed_list/analyzed denoms
            units units
            count_list/count counts
              @group_id groupId
              @value value
          measure/class_list/class classes
            title title
            analyzed_list/analyzed denoms
              units units
              count_list/count counts
                @group_id groupId
                @value value
            category_list/category categories
              title title
              measurement_list/measurement measurements
                @group_id groupId
                @value value
                @spread spread
                @lower_limit lowerLimit
                @upper_limit upperLimit
                . comment
          analysis_list/analysis analyses
            group_id_list/group_id groupIds
            groups_desc groupDescription
            non_inferiority_type nonInferiorityType
            non_inferiority_desc nonInferiorityComment
            p_value pValue
            p_value_desc pValueComment
            method statisticalMethod
            method_desc statisticalComment
            param_type paramType
            param_value paramValue
            dispersion_type dispersionType
            dispersion_value dispersionValue
            ci_percent ciPctValue
            ci_n_sides ciNumSides
            ci_lower_limit ciLowerLimit
            ci_upper_limit ciUpperLimit
            ci_upper_limit_na_comment ciUpperLimitComment
            ci_lower_limit_na_comment ciLowerLimitComment
            estimate_desc estimateComment
            other_analysis_desc otherAnalysisDescription
        = resultsSection.adverseEventsModule
        clinical_results/reported_events/time_frame timeFrame
        clinical_results/reported_events/desc description
        clinical_results/reported_events/other_events/frequency_threshold frequencyThreshold
        clinical_results/reported_events/group_list/group eventGroups
        {Groups}
        = resultsSection.moreInfoModule
        clinical_results/limitations_and_caveats limitationsAndCaveats.description
        clinical_results/point_of_contact/name_or_title pointOfContact.title
        clinical_results/point_of_contact/organization pointOfContact.organization
        clinical_results/point_of_contact/email pointOfContact.email
        clinical_results/point_of_contact/phone pointOfContact.phone
        clinical_results/point_of_contact/phone_ext pointOfContact.phoneExt
        """);

    const string Measure = """
          title title
          description description
          population populationDescription
          units unitOfMeasure
          param paramType
          dispersion dispersionType
          analyzed_list/analyzed denoms
            units units
            count_list/count counts
              @group_id groupId
              @value value
          class_list/class classes
            title title
            analyzed_list/analyzed denoms
              units units
              count_list/count counts
                @group_id groupId
                @value value
            category_list/category categories
              title title
              measurement_list/measurement measurements
                @group_id groupId
                @value value
                @spread spread
                @lower_limit lowerLimit
                @upper_limit upperLimit
                . comment
        """;

    static ImmutableArray<OldXmlRow> Parse(string table)
    {
        var open = new Stack<(int Depth, List<OldXmlRow> Rows)>([(0, [])]);
        var module = "";
        foreach (var line in table.Split('\n'))
        {
            if (line[0] == '=')
            {
                module = $"{line[2..]}.";
                continue;
            }

            var depth = line.Length - line.TrimStart(' ').Length;
            while (open.Peek().Depth > depth)
            {
                open.Pop();
            }

            if (open.Peek().Depth < depth)
            {
                open.Push((depth, open.Peek().Rows[^1].Below));
            }

            var cells = line.Trim().Split(' ');
            open.Peek().Rows.Add(new OldXmlRow(cells[0], depth == 0 ? module + cells[1] : cells[1], []));
        }

        return [.. open.Last().Rows];
    }
}
