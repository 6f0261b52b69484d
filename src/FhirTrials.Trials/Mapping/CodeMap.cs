using System.Collections.Immutable;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>How FHIR's code relates to the registry's —
/// https://hl7.org/fhir/R4/valueset-concept-map-equivalence.html</summary>
enum Equivalence
{
    Equivalent,

    /// <summary>FHIR's code means more.</summary>
    Wider,

    /// <summary>FHIR's code means less.</summary>
    Narrower,
}

/// <summary>One code of the registry, or several that are stated together (<c>PHASE1+PHASE2</c>), and FHIR's.</summary>
sealed record CodePair(string Registry, string Fhir, string Display, Equivalence Equivalence);

/// <summary>Codes of an enumeration of the registry and those of FHIR. Mapping reads these tables, and each is two
/// ConceptMaps of the package in profiles/, one a direction.</summary>
sealed class CodeMap
{
    CodeMap(string id, RegistryCodes registry, string system, string rows)
    {
        (Id, Registry, System) = (id, registry, system);
        Pairs = [.. rows.Split('\n').Select(row => row.Split('|')).Select(cells =>
            new CodePair(cells[0], cells[1], cells[2], Enum.Parse<Equivalence>(cells[3], ignoreCase: true)))];
    }

    public static readonly CodeMap Status =
        new("status", RegistryCodes.Status, "http://hl7.org/fhir/research-study-status", """
            RECRUITING|active|Active|equivalent
            ENROLLING_BY_INVITATION|active|Active|wider
            AVAILABLE|active|Active|wider
            NOT_YET_RECRUITING|approved|Approved|wider
            ACTIVE_NOT_RECRUITING|closed-to-accrual|Closed to Accrual|equivalent
            NO_LONGER_AVAILABLE|closed-to-accrual|Closed to Accrual|wider
            APPROVED_FOR_MARKETING|closed-to-accrual|Closed to Accrual|wider
            SUSPENDED|temporarily-closed-to-accrual|Temporarily Closed to Accrual|equivalent
            TEMPORARILY_NOT_AVAILABLE|temporarily-closed-to-accrual|Temporarily Closed to Accrual|wider
            TERMINATED|administratively-completed|Administratively Completed|equivalent
            COMPLETED|completed|Completed|equivalent
            WITHDRAWN|withdrawn|Withdrawn|equivalent
            """);

    public static readonly CodeMap Phase =
        new("phase", RegistryCodes.Phase, "http://terminology.hl7.org/CodeSystem/research-study-phase", """
            NA|n-a|N/A|equivalent
            EARLY_PHASE1|early-phase-1|Early Phase 1|equivalent
            PHASE1|phase-1|Phase 1|equivalent
            PHASE1+PHASE2|phase-1-phase-2|Phase 1/Phase 2|equivalent
            PHASE2|phase-2|Phase 2|equivalent
            PHASE2+PHASE3|phase-2-phase-3|Phase 2/Phase 3|equivalent
            PHASE3|phase-3|Phase 3|equivalent
            PHASE4|phase-4|Phase 4|equivalent
            """);

    public static readonly CodeMap Purpose = new(
        "primary-purpose", RegistryCodes.PrimaryPurpose,
        "http://terminology.hl7.org/CodeSystem/research-study-prim-purp-type", """
        TREATMENT|treatment|Treatment|equivalent
        PREVENTION|prevention|Prevention|equivalent
        DIAGNOSTIC|diagnostic|Diagnostic|equivalent
        SUPPORTIVE_CARE|supportive-care|Supportive Care|equivalent
        SCREENING|screening|Screening|equivalent
        HEALTH_SERVICES_RESEARCH|health-services-research|Health Services Research|equivalent
        BASIC_SCIENCE|basic-science|Basic Science|equivalent
        DEVICE_FEASIBILITY|device-feasibility|Device Feasibility|equivalent
        """);

    /// <summary>Whom a sex of the registry lets in.</summary>
    public static readonly CodeMap Sex = new("sex", RegistryCodes.Sex, "http://hl7.org/fhir/administrative-gender", """
        FEMALE|female|Female|equivalent
        MALE|male|Male|equivalent
        ALL|female|Female|narrower
        ALL|male|Male|narrower
        ALL|other|Other|narrower
        """);

    /// <summary>R5's kinds of organizations.</summary>
    public static readonly CodeMap AgencyClass = new(
        "agency-class", RegistryCodes.AgencyClass, "http://hl7.org/fhir/research-study-party-organization-type", """
        NIH|nih|NIH|equivalent
        FED|government|Government|wider
        OTHER_GOV|government|Government|wider
        INDUSTRY|industry|Industry|equivalent
        """);

    /// <summary>R5's roles of parties.</summary>
    public static readonly CodeMap OfficialRole = new(
        "official-role", RegistryCodes.OfficialRole, "http://hl7.org/fhir/research-study-party-role", """
        STUDY_CHAIR|study-chair|Study chair|equivalent
        STUDY_DIRECTOR|study-director|Study director|equivalent
        PRINCIPAL_INVESTIGATOR|primary-investigator|Primary investigator|equivalent
        SUB_INVESTIGATOR|sub-investigator|Sub-investigator|equivalent
        """);

    /// <summary>The request that would order an intervention.</summary>
    public static readonly CodeMap InterventionType = new(
        "intervention-type", RegistryCodes.InterventionType, "http://hl7.org/fhir/request-resource-types", """
        DRUG|MedicationRequest|MedicationRequest|wider
        BIOLOGICAL|MedicationRequest|MedicationRequest|wider
        DEVICE|DeviceRequest|DeviceRequest|wider
        DIETARY_SUPPLEMENT|NutritionOrder|NutritionOrder|wider
        PROCEDURE|ServiceRequest|ServiceRequest|wider
        RADIATION|ServiceRequest|ServiceRequest|wider
        DIAGNOSTIC_TEST|ServiceRequest|ServiceRequest|wider
        BEHAVIORAL|ServiceRequest|ServiceRequest|wider
        """);

    public static IEnumerable<CodeMap> All =>
        [Status, Phase, Purpose, Sex, AgencyClass, OfficialRole, InterventionType];

    public string Id { get; }

    public RegistryCodes Registry { get; }

    /// <summary>FHIR's code system.</summary>
    public string System { get; }

    public ImmutableArray<CodePair> Pairs { get; }

    /// <summary>FHIR's code; null where it has none that says the same.</summary>
    public CodePair? Of(string? registry) => Pairs.FirstOrDefault(p => p.Registry == registry);
}
