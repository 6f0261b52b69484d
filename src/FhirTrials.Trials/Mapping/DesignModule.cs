using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>designModule → category, phase, purpose, design, recruitment, and what observational studies add.</summary>
static class DesignModule
{
    const string Phases = "http://terminology.hl7.org/CodeSystem/research-study-phase";
    const string Purposes = "http://terminology.hl7.org/CodeSystem/research-study-prim-purp-type";

    public static JsonArray? Category(RegistryRecord record) =>
        FhirNode.Array(FhirNode.Concept(Module(record).Code("studyType", RegistryCodes.StudyType)));

    /// <summary>FHIR's phase, which joins neighbours (<c>phase-1-phase-2</c>), and the registry's own.</summary>
    public static JsonObject? Phase(RegistryRecord record)
    {
        var phases = Module(record).Codes("phases", RegistryCodes.Phase).ToList();
        var joined = PhaseOf(string.Join('+', phases.Select(p => p.Code)));
        return FhirNode.Concept(
        [
            joined is { } phase ? FhirNode.Coding(Phases, phase.Code, phase.Display) : null,
            .. phases.Select(FhirNode.Coding),
        ]);
    }

    /// <summary>FHIR's code for the registry's phases, in order, joined by <c>+</c>; null for a combination it
    /// lacks.</summary>
    public static (string Code, string Display)? PhaseOf(string phases) => phases switch
    {
        "NA" => ("n-a", "N/A"),
        "EARLY_PHASE1" => ("early-phase-1", "Early Phase 1"),
        "PHASE1" => ("phase-1", "Phase 1"),
        "PHASE1+PHASE2" => ("phase-1-phase-2", "Phase 1/Phase 2"),
        "PHASE2" => ("phase-2", "Phase 2"),
        "PHASE2+PHASE3" => ("phase-2-phase-3", "Phase 2/Phase 3"),
        "PHASE3" => ("phase-3", "Phase 3"),
        "PHASE4" => ("phase-4", "Phase 4"),
        _ => null,
    };

    public static JsonObject? PrimaryPurpose(RegistryRecord record)
    {
        var purpose = Module(record)["designInfo"].Code("primaryPurpose", RegistryCodes.PrimaryPurpose);
        return FhirNode.Concept(
        [
            PurposeOf(purpose?.Code) is { } code ? FhirNode.Coding(Purposes, code, purpose!.Display) : null,
            FhirNode.Coding(purpose),
        ]);
    }

    /// <summary>FHIR's code for the registry's purpose; null for one that FHIR lacks (education, other).</summary>
    public static string? PurposeOf(string? purpose) => purpose switch
    {
        "TREATMENT" => "treatment",
        "PREVENTION" => "prevention",
        "DIAGNOSTIC" => "diagnostic",
        "SUPPORTIVE_CARE" => "supportive-care",
        "SCREENING" => "screening",
        "HEALTH_SERVICES_RESEARCH" => "health-services-research",
        "BASIC_SCIENCE" => "basic-science",
        "DEVICE_FEASIBILITY" => "device-feasibility",
        _ => null,
    };

    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record)
    {
        var info = Module(record)["designInfo"];
        var masking = info["maskingInfo"];
        return
        [
            Design(FhirNode.Concept(info.Code("allocation", RegistryCodes.DesignAllocation))),
            Design(FhirNode.Concept(
                info.Code("interventionModel", RegistryCodes.InterventionalAssignment),
                info.Text("interventionModelDescription"))),
            Design(FhirNode.Concept(info.Code("observationalModel", RegistryCodes.ObservationalModel))),
            Design(FhirNode.Concept(info.Code("timePerspective", RegistryCodes.DesignTimePerspective))),
            Design(FhirNode.Concept(
                masking.Code("masking", RegistryCodes.DesignMasking), masking.Text("maskingDescription"))),
            .. masking.Codes("whoMasked", RegistryCodes.WhoMasked).Select(who => Design(FhirNode.Concept(who))),
            Recruitment(record),
            UntypedEnrollment(Module(record)["enrollmentInfo"]),
            Observational(Module(record)),
        ];
    }

    /// <summary>How many, and whom: R5's recruitment.</summary>
    static JsonObject? Recruitment(RegistryRecord record)
    {
        var enrollment = Module(record)["enrollmentInfo"];
        var (count, type) = (enrollment.Count("count"), enrollment.Code("type", RegistryCodes.EnrollmentType)?.Code);
        return FhirNode.Extension(
            Canonicals.R5("recruitment"),
            FhirNode.Extension("targetNumber", "valueUnsignedInt",
                FhirNode.Integer(type == "ESTIMATED" ? count : null)),
            FhirNode.Extension("actualNumber", "valueUnsignedInt", FhirNode.Integer(type == "ACTUAL" ? count : null)),
            FhirNode.Extension("eligibility", "valueReference",
                FhirNode.Reference(EligibilityGroup.ReferenceOf(record))));
    }

    /// <summary>A number of participants of which the record does not say whether it is reached or expected.</summary>
    static JsonObject? UntypedEnrollment(RegistryNode enrollment) =>
        enrollment.Code("type", RegistryCodes.EnrollmentType) is null
            ? FhirNode.Extension(
                Canonicals.Ours("enrollment-count"), "valueUnsignedInt", FhirNode.Integer(enrollment.Count("count")))
            : null;

    static JsonObject? Observational(RegistryNode module) => FhirNode.Extension(
        Canonicals.Ours("observational-design"),
        FhirNode.Extension("patientRegistry", "valueBoolean", FhirNode.Boolean(module.Flag("patientRegistry"))),
        FhirNode.Extension("targetDuration", "valueString", module.Text("targetDuration")),
        FhirNode.Extension(
            "bioSpecRetention", "valueCode", module["bioSpec"].Code("retention", RegistryCodes.BioSpecRetention)?.Code),
        FhirNode.Extension("bioSpecDescription", "valueMarkdown", module["bioSpec"].Text("description")));

    static JsonObject? Design(JsonObject? concept) =>
        FhirNode.Extension(Canonicals.R5("studyDesign"), "valueCodeableConcept", concept);

    static RegistryNode Module(RegistryRecord record) => record.Protocol["designModule"];
}
