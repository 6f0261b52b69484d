namespace FhirTrials.Trials.Mapping;

/// <summary>The extensions of the eligibility Group (profile <c>trial-eligibility</c>); the
/// profiles define the same URLs.</summary>
public static class EligibilityExtensions
{
    const string Base = "http://fhirtrials.org/fhir/StructureDefinition/";

    public const string Profile = Base + "trial-eligibility";

    /// <summary>On Group.characteristic; complex, one per criterion: <c>number</c> (positiveInt), <c>text</c> (string,
    /// verbatim; markdown escapes as in the registry), <c>start</c> and <c>length</c> (unsignedInt; absent for a
    /// criterion of a registry field), <c>field</c> (code: minimumAge, maximumAge, sex, healthyVolunteers; absent for
    /// one of the text), <c>status</c> (code: computable, partial, text), <c>confidence</c> (decimal 0 to 1),
    /// <c>parser</c> (string: name and version).</summary>
    public const string Source = Base + "criterion-source";

    /// <summary>On Group.characteristic; complex: any number of <c>arm</c>, each complex with <c>title</c> (string) and
    /// <c>cohort</c> (string, optional), and at most one <c>age</c> (Range in years or other UCUM units) with
    /// <c>lowInclusive</c> and <c>highInclusive</c> (boolean, true where absent).</summary>
    public const string Scope = Base + "criterion-scope";

    /// <summary>On Group.characteristic: an Expression (<c>text/fhirpath</c>) over a Bundle of the patient's record;
    /// true where the characteristic holds, false where not, empty where unknown.</summary>
    public const string Expression = Base + "criterion-expression";

    /// <summary>On a contained Group: code <c>all-of</c>, <c>any-of</c>, <c>at-least</c>: how
    /// its characteristics combine.</summary>
    public const string Combination = Base + "group-combination";

    /// <summary>On a contained Group with combination <c>at-least</c>: positiveInt, how many must hold.</summary>
    public const string Threshold = Base + "group-threshold";

    /// <summary>On Group.characteristic; complex, what the typed value leaves out: <c>kind</c> (code: measured,
    /// present, sex, unread, group), <c>category</c> (code: the measurement's or the fact's kind), <c>comparator</c>
    /// (code), <c>lowInclusive</c>, <c>highInclusive</c> (boolean), <c>relativeTo</c> (code: uln, lln), <c>except</c>
    /// (CodeableConcept: does not count), <c>status</c> (code: any, current, history, planned), <c>reason</c> (code:
    /// consent, judgement, other).</summary>
    public const string Detail = Base + "criterion-detail";

    /// <summary>On Group.characteristic; complex, the time window: <c>value</c> (Quantity, UCUM),
    /// <c>direction</c> (code: before, after, more-than-before), <c>anchor</c> (code: treatment,
    /// enrollment, screening, consent).</summary>
    public const string Window = Base + "criterion-window";

    /// <summary>On Group.characteristic; complex, a person's word on the criterion: <c>status</c> (code: reviewed,
    /// review-needed), <c>by</c> (string), <c>date</c> (dateTime), <c>text</c> (string: the text that was reviewed,
    /// where it has changed), <c>comment</c> (string).</summary>
    public const string Review = Base + "criterion-review";

    /// <summary>HL7's, on Group, in place of characteristics: an Expression over the subject's record.</summary>
    public const string CharacteristicExpression = "http://hl7.org/fhir/StructureDefinition/characteristicExpression";
}
