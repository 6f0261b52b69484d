using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FhirTrials.Trials.Registry;

/// <summary>A code of the registry, with the code system it becomes in FHIR.</summary>
public sealed record RegistryCode(string System, string Code, string Display);

/// <summary>An enumeration of the registry's format, by its name in the API's schema; each is a CodeSystem of the
/// package in profiles/.</summary>
public sealed partial class RegistryCodes
{
    readonly FrozenDictionary<string, RegistryCode> _byCode;

    RegistryCodes(string id, ImmutableArray<RegistryCode> codes)
    {
        Id = id;
        All = codes;
        _byCode = codes.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);
    }

    /// <summary>The status of a study.</summary>
    public static readonly RegistryCodes Status = Define("registry-status", """
        ACTIVE_NOT_RECRUITING|Active, not recruiting
        COMPLETED|Completed
        ENROLLING_BY_INVITATION|Enrolling by invitation
        NOT_YET_RECRUITING|Not yet recruiting
        RECRUITING|Recruiting
        SUSPENDED|Suspended
        TERMINATED|Terminated
        WITHDRAWN|Withdrawn
        AVAILABLE|Available
        NO_LONGER_AVAILABLE|No longer available
        TEMPORARILY_NOT_AVAILABLE|Temporarily not available
        APPROVED_FOR_MARKETING|Approved for marketing
        WITHHELD|Withheld
        UNKNOWN|Unknown
        """);

    /// <summary>What kind of study it is.</summary>
    public static readonly RegistryCodes StudyType = Define("registry-study-type", """
        EXPANDED_ACCESS|Expanded access
        INTERVENTIONAL|Interventional
        OBSERVATIONAL|Observational
        """);

    /// <summary>The phases of a study.</summary>
    public static readonly RegistryCodes Phase = Define("registry-phase", """
        NA|Not applicable
        EARLY_PHASE1|Early phase 1
        PHASE1|Phase 1
        PHASE2|Phase 2
        PHASE3|Phase 3
        PHASE4|Phase 4
        """);

    /// <summary>Who may take part, by sex.</summary>
    public static readonly RegistryCodes Sex = Define("registry-sex", """
        FEMALE|Female
        MALE|Male
        ALL|All
        """);

    /// <summary>Age groups that may take part.</summary>
    public static readonly RegistryCodes StandardAge = Define("registry-standard-age", """
        CHILD|Child
        ADULT|Adult
        OLDER_ADULT|Older adult
        """);

    /// <summary>How participants of an observational study are chosen.</summary>
    public static readonly RegistryCodes SamplingMethod = Define("registry-sampling-method", """
        PROBABILITY_SAMPLE|Probability sample
        NON_PROBABILITY_SAMPLE|Non probability sample
        """);

    /// <summary>Whether individual participant data will be shared.</summary>
    public static readonly RegistryCodes IpdSharing = Define("registry-ipd-sharing", """
        YES|Yes
        NO|No
        UNDECIDED|Undecided
        """);

    /// <summary>What is shared besides participant data.</summary>
    public static readonly RegistryCodes IpdSharingInfoType = Define("registry-ipd-info-type", """
        STUDY_PROTOCOL|Study protocol
        SAP|Statistical analysis plan
        ICF|Informed consent form
        CSR|Clinical study report
        ANALYTIC_CODE|Analytic code
        """);

    /// <summary>Who issued the organisation's study id.</summary>
    public static readonly RegistryCodes OrgStudyIdType = Define("registry-org-id-type", """
        NIH|National Institutes of Health
        FDA|Food and Drug Administration
        VA|Veterans Affairs
        CDC|Centers for Disease Control and Prevention
        AHRQ|Agency for Healthcare Research and Quality
        SAMHSA|Substance Abuse and Mental Health Services Administration
        """);

    /// <summary>What kind of secondary id it is.</summary>
    public static readonly RegistryCodes SecondaryIdType = Define("registry-secondary-id-type", """
        NIH|National Institutes of Health
        FDA|Food and Drug Administration
        VA|Veterans Affairs
        CDC|Centers for Disease Control and Prevention
        AHRQ|Agency for Healthcare Research and Quality
        SAMHSA|Substance Abuse and Mental Health Services Administration
        OTHER_GRANT|Other grant
        EUDRACT_NUMBER|EudraCT number
        REGISTRY|Registry
        OTHER|Other
        CTIS|EU clinical trial number
        """);

    /// <summary>What kind of organisation it is.</summary>
    public static readonly RegistryCodes AgencyClass = Define("registry-agency-class", """
        NIH|National Institutes of Health
        FED|Federal agency
        OTHER_GOV|Other government
        INDIV|Individual
        INDUSTRY|Industry
        NETWORK|Network
        AMBIG|Ambiguous
        OTHER|Other
        UNKNOWN|Unknown
        """);

    /// <summary>The status of an expanded access record.</summary>
    public static readonly RegistryCodes ExpandedAccessStatus = Define("registry-expanded-access-status", """
        AVAILABLE|Available
        NO_LONGER_AVAILABLE|No longer available
        TEMPORARILY_NOT_AVAILABLE|Temporarily not available
        APPROVED_FOR_MARKETING|Approved for marketing
        """);

    /// <summary>Whether a date has happened or is expected.</summary>
    public static readonly RegistryCodes DateType = Define("registry-date-type", """
        ACTUAL|Actual
        ESTIMATED|Estimated
        """);

    /// <summary>Who is responsible for the record.</summary>
    public static readonly RegistryCodes ResponsiblePartyType = Define("registry-responsible-party", """
        SPONSOR|Sponsor
        PRINCIPAL_INVESTIGATOR|Principal investigator
        SPONSOR_INVESTIGATOR|Sponsor investigator
        """);

    /// <summary>How participants are assigned to arms.</summary>
    public static readonly RegistryCodes DesignAllocation = Define("registry-allocation", """
        RANDOMIZED|Randomized
        NON_RANDOMIZED|Not randomized
        NA|Not applicable
        """);

    /// <summary>How the arms of an interventional study are arranged.</summary>
    public static readonly RegistryCodes InterventionalAssignment = Define("registry-intervention-model", """
        SINGLE_GROUP|Single group
        PARALLEL|Parallel
        CROSSOVER|Crossover
        FACTORIAL|Factorial
        SEQUENTIAL|Sequential
        """);

    /// <summary>What the interventions are for.</summary>
    public static readonly RegistryCodes PrimaryPurpose = Define("registry-primary-purpose", """
        TREATMENT|Treatment
        PREVENTION|Prevention
        DIAGNOSTIC|Diagnostic
        ECT|Educational, counseling or training
        SUPPORTIVE_CARE|Supportive care
        SCREENING|Screening
        HEALTH_SERVICES_RESEARCH|Health services research
        BASIC_SCIENCE|Basic science
        DEVICE_FEASIBILITY|Device feasibility
        OTHER|Other
        """);

    /// <summary>How an observational study chooses and follows its participants.</summary>
    public static readonly RegistryCodes ObservationalModel = Define("registry-observational-model", """
        COHORT|Cohort
        CASE_CONTROL|Case control
        CASE_ONLY|Case only
        CASE_CROSSOVER|Case crossover
        ECOLOGIC_OR_COMMUNITY|Ecologic or community
        FAMILY_BASED|Family based
        DEFINED_POPULATION|Defined population
        NATURAL_HISTORY|Natural history
        OTHER|Other
        """);

    /// <summary>Whether an observational study looks back or ahead.</summary>
    public static readonly RegistryCodes DesignTimePerspective = Define("registry-time-perspective", """
        RETROSPECTIVE|Retrospective
        PROSPECTIVE|Prospective
        CROSS_SECTIONAL|Cross sectional
        OTHER|Other
        """);

    /// <summary>How many roles do not know who gets what.</summary>
    public static readonly RegistryCodes DesignMasking = Define("registry-masking", """
        NONE|None
        SINGLE|Single
        DOUBLE|Double
        TRIPLE|Triple
        QUADRUPLE|Quadruple
        """);

    /// <summary>Which roles do not know who gets what.</summary>
    public static readonly RegistryCodes WhoMasked = Define("registry-who-masked", """
        PARTICIPANT|Participant
        CARE_PROVIDER|Care provider
        INVESTIGATOR|Investigator
        OUTCOMES_ASSESSOR|Outcomes assessor
        """);

    /// <summary>Whether samples are kept, and with DNA.</summary>
    public static readonly RegistryCodes BioSpecRetention = Define("registry-biospecimen-retention", """
        NONE_RETAINED|None retained
        SAMPLES_WITH_DNA|Samples with DNA
        SAMPLES_WITHOUT_DNA|Samples without DNA
        """);

    /// <summary>Whether the number of participants is reached or expected.</summary>
    public static readonly RegistryCodes EnrollmentType = Define("registry-enrollment-type", """
        ACTUAL|Actual
        ESTIMATED|Estimated
        """);

    /// <summary>What role an arm plays.</summary>
    public static readonly RegistryCodes ArmGroupType = Define("registry-arm-type", """
        EXPERIMENTAL|Experimental
        ACTIVE_COMPARATOR|Active comparator
        PLACEBO_COMPARATOR|Placebo comparator
        SHAM_COMPARATOR|Sham comparator
        NO_INTERVENTION|No intervention
        OTHER|Other
        """);

    /// <summary>What kind of intervention it is.</summary>
    public static readonly RegistryCodes InterventionType = Define("registry-intervention-type", """
        BEHAVIORAL|Behavioral
        BIOLOGICAL|Biological
        COMBINATION_PRODUCT|Combination product
        DEVICE|Device
        DIAGNOSTIC_TEST|Diagnostic test
        DIETARY_SUPPLEMENT|Dietary supplement
        DRUG|Drug
        GENETIC|Genetic
        PROCEDURE|Procedure
        RADIATION|Radiation
        OTHER|Other
        """);

    /// <summary>What a contact does in the study.</summary>
    public static readonly RegistryCodes ContactRole = Define("registry-contact-role", """
        STUDY_CHAIR|Study chair
        STUDY_DIRECTOR|Study director
        PRINCIPAL_INVESTIGATOR|Principal investigator
        SUB_INVESTIGATOR|Sub investigator
        CONTACT|Contact
        """);

    /// <summary>What an official does in the study.</summary>
    public static readonly RegistryCodes OfficialRole = Define("registry-official-role", """
        STUDY_CHAIR|Study chair
        STUDY_DIRECTOR|Study director
        PRINCIPAL_INVESTIGATOR|Principal investigator
        SUB_INVESTIGATOR|Sub investigator
        """);

    /// <summary>The status of a site in a study.</summary>
    public static readonly RegistryCodes RecruitmentStatus = Define("registry-site-status", """
        ACTIVE_NOT_RECRUITING|Active, not recruiting
        COMPLETED|Completed
        ENROLLING_BY_INVITATION|Enrolling by invitation
        NOT_YET_RECRUITING|Not yet recruiting
        RECRUITING|Recruiting
        SUSPENDED|Suspended
        TERMINATED|Terminated
        WITHDRAWN|Withdrawn
        AVAILABLE|Available
        """);

    /// <summary>Why a publication is listed.</summary>
    public static readonly RegistryCodes ReferenceType = Define("registry-reference-type", """
        BACKGROUND|Background
        RESULT|Result
        DERIVED|Derived
        """);

    static readonly Lazy<FrozenDictionary<string, RegistryCodes>> Named = new(AllByName);

    /// <summary>Every enumeration, by its name in the API's schema.</summary>
    public static FrozenDictionary<string, RegistryCodes> ByName => Named.Value;

    /// <summary>The id of the CodeSystem, and of the ValueSet of all its codes.</summary>
    public string Id { get; }

    public ImmutableArray<RegistryCode> All { get; }

    /// <summary>The code, or null where the registry's schema does not define it.</summary>
    public RegistryCode? Find(string code) => _byCode.GetValueOrDefault(code);

    static FrozenDictionary<string, RegistryCodes> AllByName() => new Dictionary<string, RegistryCodes>
    {
        ["Status"] = Status,
        ["StudyType"] = StudyType,
        ["Phase"] = Phase,
        ["Sex"] = Sex,
        ["StandardAge"] = StandardAge,
        ["SamplingMethod"] = SamplingMethod,
        ["IpdSharing"] = IpdSharing,
        ["IpdSharingInfoType"] = IpdSharingInfoType,
        ["OrgStudyIdType"] = OrgStudyIdType,
        ["SecondaryIdType"] = SecondaryIdType,
        ["AgencyClass"] = AgencyClass,
        ["ExpandedAccessStatus"] = ExpandedAccessStatus,
        ["DateType"] = DateType,
        ["ResponsiblePartyType"] = ResponsiblePartyType,
        ["DesignAllocation"] = DesignAllocation,
        ["InterventionalAssignment"] = InterventionalAssignment,
        ["PrimaryPurpose"] = PrimaryPurpose,
        ["ObservationalModel"] = ObservationalModel,
        ["DesignTimePerspective"] = DesignTimePerspective,
        ["DesignMasking"] = DesignMasking,
        ["WhoMasked"] = WhoMasked,
        ["BioSpecRetention"] = BioSpecRetention,
        ["EnrollmentType"] = EnrollmentType,
        ["ArmGroupType"] = ArmGroupType,
        ["InterventionType"] = InterventionType,
        ["ContactRole"] = ContactRole,
        ["OfficialRole"] = OfficialRole,
        ["RecruitmentStatus"] = RecruitmentStatus,
        ["ReferenceType"] = ReferenceType,
        ["MeasureParam"] = MeasureParam,
        ["MeasureDispersionType"] = MeasureDispersionType,
        ["OutcomeMeasureType"] = OutcomeMeasureType,
        ["ReportingStatus"] = ReportingStatus,
        ["EventAssessment"] = EventAssessment,
        ["AgreementRestrictionType"] = AgreementRestrictionType,
        ["BrowseLeafRelevance"] = BrowseLeafRelevance,
        ["AnalysisDispersionType"] = AnalysisDispersionType,
        ["ConfidenceIntervalNumSides"] = ConfidenceIntervalNumSides,
        ["NonInferiorityType"] = NonInferiorityType,
        ["UnpostedEventType"] = UnpostedEventType,
        ["ViolationEventType"] = ViolationEventType,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A code system of the package, from rows of <c>CODE|Display</c>.</summary>
    internal static RegistryCodes Define(string id, string rows)
    {
        var system = $"http://fhirtrials.org/fhir/CodeSystem/{id}";
        return new(
            id,
            [.. rows.Split('\n').Select(row => row.Split('|'))
                .Select(cells => new RegistryCode(system, cells[0], cells[1]))]);
    }
}
