using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>Code systems of the mapping itself: what tells one thing of a study from another where FHIR has one element
/// for both. Each is a CodeSystem of the package in profiles/.</summary>
static class MappingCodes
{
    /// <summary>What the registry answers with yes or no.</summary>
    public static readonly RegistryCodes Fact = RegistryCodes.Define("registry-fact", string.Join('\n', new[]
    {
        ("oversight-has-dmc", "Overseen by a data monitoring committee"),
        ("is-fda-regulated-drug", "Studies a drug that the FDA regulates"),
        ("is-fda-regulated-device", "Studies a device that the FDA regulates"),
        ("is-unapproved-device", "Studies a device that the FDA has not approved or cleared"),
        ("is-ppsd", "Pediatric postmarket surveillance of a device"),
        ("is-us-export", "Product is exported from the United States"),
        ("fdaaa801-violation", "The FDA found a violation of FDAAA 801"),
        ("has-expanded-access", "Expanded access is available"),
        ("expanded-access-individual", "Expanded access for individual patients"),
        ("expanded-access-intermediate", "Expanded access for an intermediate-size population"),
        ("expanded-access-treatment", "Expanded access under a treatment protocol"),
        ("patient-registry", "Patient registry"),
        ("delayed-posting", "Posting is delayed"),
        ("results-waived", "Results are waived"),
        ("has-results", "Results are posted"),
        ("no-sap", "No statistical analysis plan exists"),
        ("has-protocol", "Holds the protocol"),
        ("has-sap", "Holds the statistical analysis plan"),
        ("has-icf", "Holds the informed consent form"),
        ("healthy-volunteers", "Accepts healthy volunteers"),
        ("gender-based", "Eligibility is based on gender"),
        ("pi-sponsor-employee", "Principal investigators are employees of the sponsor"),
        ("restrictive-agreement", "An agreement restricts what investigators may publish"),
        ("calculate-pct", "Percentages are calculated from the counts"),
        ("tested-non-inferiority", "Tests non-inferiority"),
        ("date-unknown", "The date is unknown"),
    }.SelectMany(fact => new[] { $"{fact.Item1}-yes|{fact.Item2}: yes", $"{fact.Item1}-no|{fact.Item2}: no" })));

    /// <summary>What a progress status of a study is about.</summary>
    public static readonly RegistryCodes Progress = RegistryCodes.Define("registry-progress", """
        overall|Overall status
        last-known|Last known status
        start|Start
        primary-completion|Primary completion
        completion|Completion
        """);

    /// <summary>Parts that a party plays in a study and R5's codes do not name.</summary>
    public static readonly RegistryCodes PartyRole = RegistryCodes.Define("registry-party-role", """
        responsible-party|Responsible party
        responsible-organization|Organization of the responsible party
        registrant|Registering organization
        unposted-responsible-party|Responsible party of results that are not posted
        results-contact|Point of contact for the results
        """);

    /// <summary>What a related artifact of a study is.</summary>
    public static readonly RegistryCodes Artifact = RegistryCodes.Define("registry-artifact", """
        see-also|Link
        available-data|Available data or document
        ipd-sharing|Statement on sharing participant data
        study-document|Study document
        expanded-access|Expanded access record
        violation-notice|Notice of a violation
        retraction|Retraction
        """);

    /// <summary>What a classifier of a study says besides yes or no.</summary>
    public static readonly RegistryCodes Classification = RegistryCodes.Define("registry-classification", """
        condition-mesh|MeSH heading of a condition
        condition-ancestor|Broader MeSH heading of a condition
        condition-leaf|Browse term of a condition
        condition-branch|Browse branch of a condition
        intervention-mesh|MeSH heading of an intervention
        intervention-ancestor|Broader MeSH heading of an intervention
        intervention-leaf|Browse term of an intervention
        intervention-branch|Browse branch of an intervention
        certain-agreement|Agreement between sponsor and investigators
        gender-description|Eligibility by gender
        removed-country|Country without sites any more
        """);

    /// <summary>What a part of a study's design is about.</summary>
    public static readonly RegistryCodes DesignPart = RegistryCodes.Define("registry-design-part", """
        allocation|Allocation
        intervention-model|Intervention model
        masking|Masking
        who-masked|Who is masked
        observational-model|Observational model
        time-perspective|Time perspective
        biospecimen|Biospecimen retention
        sampling|Sampling method
        target-duration|Target duration of follow-up
        """);

    /// <summary>What happened to the registration of a study, as the registry dates it.</summary>
    public static readonly RegistryCodes Registration = RegistryCodes.Define("registration-activity", """
        status-verified|Status verified
        study-first-submit|Study first submitted
        study-first-submit-qc|Study first submitted and passed quality control
        study-first-post|Study first posted
        results-first-submit|Results first submitted
        results-first-submit-qc|Results first submitted and passed quality control
        results-first-post|Results first posted
        delay-first-submit|Delay of results first submitted
        delay-first-submit-qc|Delay of results first submitted and passed quality control
        delay-first-post|Delay of results first posted
        last-update-submit|Last update submitted
        last-update-post|Last update posted
        version|Version of the record
        estimated-results-first-submit|Results first submitted, estimated
        first-mcp-post|Results first posted with comments of the quality control
        results-submission|Results submitted and returned
        unposted-event|Event of results that are not posted yet
        """);

    /// <summary>What a part of a result is.</summary>
    public static readonly RegistryCodes ResultPart = RegistryCodes.Define("registry-result-part", """
        participant-flow|Participant flow
        baseline|Baseline characteristics
        baseline-measure|Baseline measure
        outcome-measure|Outcome measure
        adverse-events|Adverse events
        period|Period
        milestone|Milestone
        drop-withdraw|Reason not completed
        denominators|Numbers analyzed
        denominator|Number analyzed
        denominator-units|Units of the numbers analyzed
        class|Class
        category|Category
        event-group|Totals of adverse events
        deaths|Deaths from any cause
        serious-event|Serious adverse event
        other-event|Other adverse event
        organ-system|Organ system
        source-vocabulary|Source vocabulary
        """);

    /// <summary>What is counted.</summary>
    public static readonly RegistryCodes Counted = RegistryCodes.Define("registry-counted", """
        subjects|Participants
        units|Units
        analyzed|Analyzed
        affected|Affected
        at-risk|At risk
        events|Events
        deaths-affected|Deaths from any cause
        deaths-at-risk|At risk of death from any cause
        serious-affected|Affected by serious adverse events
        serious-at-risk|At risk of serious adverse events
        other-affected|Affected by other adverse events
        other-at-risk|At risk of other adverse events
        """);

    /// <summary>What an estimate beside a value is.</summary>
    public static readonly RegistryCodes Estimate = RegistryCodes.Define("registry-estimate", """
        spread|Spread
        lower-limit|Lower limit
        upper-limit|Upper limit
        p-value|P value
        dispersion|Dispersion of the estimate
        confidence-interval|Confidence interval
        """);

    /// <summary>All, for the package.</summary>
    public static IEnumerable<RegistryCodes> All =>
        [
            Fact, Progress, PartyRole, Artifact, Classification, DesignPart, Registration, ResultPart, Counted,
            Estimate,
        ];
}
