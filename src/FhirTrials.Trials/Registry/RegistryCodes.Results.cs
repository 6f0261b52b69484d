namespace FhirTrials.Trials.Registry;

/// <content>The enumerations of results and of what the registry notes itself.</content>
public sealed partial class RegistryCodes
{
    /// <summary>What kind of number a measure gives.</summary>
    public static readonly RegistryCodes MeasureParam = Define("registry-measure-param", """
        GEOMETRIC_MEAN|Geometric mean
        GEOMETRIC_LEAST_SQUARES_MEAN|Geometric least squares mean
        LEAST_SQUARES_MEAN|Least squares mean
        LOG_MEAN|Log mean
        MEAN|Mean
        MEDIAN|Median
        NUMBER|Number
        COUNT_OF_PARTICIPANTS|Count of participants
        COUNT_OF_UNITS|Count of units
        """);

    /// <summary>How the spread of a baseline measure is given.</summary>
    public static readonly RegistryCodes MeasureDispersionType = Define("registry-measure-dispersion", """
        NA|Not applicable
        STANDARD_DEVIATION|Standard deviation
        STANDARD_ERROR|Standard error
        INTER_QUARTILE_RANGE|Inter-quartile range
        FULL_RANGE|Full range
        CONFIDENCE_80|80% confidence interval
        CONFIDENCE_90|90% confidence interval
        CONFIDENCE_95|95% confidence interval
        CONFIDENCE_975|97.5% confidence interval
        CONFIDENCE_99|99% confidence interval
        CONFIDENCE_OTHER|Other confidence interval
        GEOMETRIC_COEFFICIENT|Geometric coefficient of variation
        """);

    /// <summary>What part an outcome measure plays.</summary>
    public static readonly RegistryCodes OutcomeMeasureType = Define("registry-outcome-type", """
        PRIMARY|Primary
        SECONDARY|Secondary
        OTHER_PRE_SPECIFIED|Other pre-specified
        POST_HOC|Post hoc
        """);

    /// <summary>Whether the data of an outcome measure are posted.</summary>
    public static readonly RegistryCodes ReportingStatus = Define("registry-reporting-status", """
        NOT_POSTED|Not posted
        POSTED|Posted
        """);

    /// <summary>How adverse events were looked for.</summary>
    public static readonly RegistryCodes EventAssessment = Define("registry-event-assessment", """
        NON_SYSTEMATIC_ASSESSMENT|Non-systematic assessment
        SYSTEMATIC_ASSESSMENT|Systematic assessment
        """);

    /// <summary>How long the sponsor may hold back a publication.</summary>
    public static readonly RegistryCodes AgreementRestrictionType = Define("registry-agreement-restriction", """
        LTE60|60 days or less
        GT60|More than 60 and up to 180 days
        OTHER|Other
        """);

    /// <summary>How near a browse term is to the study.</summary>
    public static readonly RegistryCodes BrowseLeafRelevance = Define("registry-browse-relevance", """
        LOW|Low
        HIGH|High
        """);

    /// <summary>How the spread of an estimate is given.</summary>
    public static readonly RegistryCodes AnalysisDispersionType = Define("registry-analysis-dispersion", """
        STANDARD_DEVIATION|Standard deviation
        STANDARD_ERROR_OF_MEAN|Standard error of the mean
        """);

    /// <summary>Whether a confidence interval has one side or two.</summary>
    public static readonly RegistryCodes ConfidenceIntervalNumSides = Define("registry-confidence-interval", """
        ONE_SIDED|One-sided
        TWO_SIDED|Two-sided
        """);

    /// <summary>What a statistical analysis tests.</summary>
    public static readonly RegistryCodes NonInferiorityType = Define("registry-non-inferiority-type", """
        SUPERIORITY|Superiority
        NON_INFERIORITY|Non-inferiority
        EQUIVALENCE|Equivalence
        OTHER|Other
        NON_INFERIORITY_OR_EQUIVALENCE|Non-inferiority or equivalence
        SUPERIORITY_OR_OTHER|Superiority or other
        NON_INFERIORITY_OR_EQUIVALENCE_LEGACY|Non-inferiority or equivalence (legacy)
        SUPERIORITY_OR_OTHER_LEGACY|Superiority or other (legacy)
        """);

    /// <summary>What happened to results that are not posted yet.</summary>
    public static readonly RegistryCodes UnpostedEventType = Define("registry-unposted-event-type", """
        RESET|Reset
        RELEASE|Release
        UNRELEASE|Unrelease
        """);

    /// <summary>What the FDA stated about a violation of the reporting duties.</summary>
    public static readonly RegistryCodes ViolationEventType = Define("registry-violation-event-type", """
        VIOLATION_IDENTIFIED|Violation identified
        CORRECTION_CONFIRMED|Correction confirmed
        PENALTY_IMPOSED|Penalty imposed
        """);
}
