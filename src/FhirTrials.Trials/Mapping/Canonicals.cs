namespace FhirTrials.Trials.Mapping;

/// <summary>The URLs that mapped resources name; profiles/ defines all of ours.</summary>
static class Canonicals
{
    public const string Base = "http://fhirtrials.org/fhir";

    public const string TrialStudy = Base + "/StructureDefinition/trial-study";
    public const string TrialArm = Base + "/StructureDefinition/trial-arm";
    public const string TrialIntervention = Base + "/StructureDefinition/trial-intervention";
    public const string TrialEligibility = Base + "/StructureDefinition/trial-eligibility";
    public const string TrialSite = Base + "/StructureDefinition/trial-site";
    public const string TrialSponsor = Base + "/StructureDefinition/trial-sponsor";
    public const string TrialPerson = Base + "/StructureDefinition/trial-person";
    public const string TrialPersonRole = Base + "/StructureDefinition/trial-person-role";
    public const string TrialResultGroup = Base + "/StructureDefinition/trial-result-group";
    public const string TrialMeasure = Base + "/StructureDefinition/trial-measure";
    public const string TrialResult = Base + "/StructureDefinition/trial-result";
    public const string TrialAnalysis = Base + "/StructureDefinition/trial-analysis";

    /// <summary>ClinicalTrials.gov's study numbers.</summary>
    public const string Nct = "http://clinicaltrials.gov";

    /// <summary>MeSH, as HL7's terminology names it.</summary>
    public const string Mesh = "https://www.nlm.nih.gov/mesh";

    public const string Snomed = "http://snomed.info/sct";

    /// <summary>One of our extensions.</summary>
    public static string Ours(string name) => $"{Base}/StructureDefinition/{name}";

    /// <summary>HL7's cross-version extension for an element that R5's ResearchStudy has and R4's has not.</summary>
    public static string R5(string element) => R5Element($"ResearchStudy.{element}");

    /// <summary>HL7's cross-version extension for an element of R5 that R4 lacks —
    /// https://hl7.org/fhir/R4/versions.html#extensions</summary>
    public static string R5Element(string path) => $"http://hl7.org/fhir/5.0/StructureDefinition/extension-{path}";

    /// <summary>One of HL7's extensions for R4.</summary>
    public static string Hl7(string name) => $"http://hl7.org/fhir/StructureDefinition/{name}";

    /// <summary>One of our identifier systems.</summary>
    public static string Identifiers(string name) => $"{Base}/sid/{name}";

    /// <summary>One of our code systems that has no enumeration in the registry's format.</summary>
    public static string CodeSystem(string name) => $"{Base}/CodeSystem/{name}";
}
