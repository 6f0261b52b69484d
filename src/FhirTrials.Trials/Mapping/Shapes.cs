using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>Places that several modules name.</summary>
static class Shapes
{
    /// <summary>An object that holds anything.</summary>
    public static ObjectNode Any => new();

    public static PatternTest AnyTest { get; } = new(new());

    /// <summary>An object with a code of ours in its concept.</summary>
    public static ObjectNode Concept(RegistryCodes codes, string code) => FhirNode.Concept(codes.Find(code))!;

    /// <summary>A concept of some code of that system.</summary>
    public static ObjectNode SystemOnly(RegistryCodes codes) => FhirNode.Concept([RuleSet.SystemOf(codes)])!;

    /// <summary>The code in the concept of an extension, where that has a code of the system.</summary>
    public static Place CodeIn(RegistryCodes codes) =>
        ((Place)"valueCodeableConcept").Item("coding", RuleSet.SystemOf(codes)) / "code";

    /// <summary>R5's classifier of a study, told by a code.</summary>
    public static ObjectNode ClassifierPattern(ObjectNode concept) =>
        FhirNode.Extension(Canonicals.R5("classifier"), "valueCodeableConcept", concept)!;

    /// <summary>The concept of the classifier that has a code of <see cref="MappingCodes.Classification"/>.</summary>
    public static Place Classifier(string classification) =>
        Place.Here.Item("extension", ClassifierPattern(Concept(MappingCodes.Classification, classification)))
            / "valueCodeableConcept";

    /// <summary>A yes or no of a study: a classifier of its own.</summary>
    public static Rule StudyFact(string name, string code) => RuleSet.Fact(
        name, code, fact => Place.Here.Item("extension", ClassifierPattern(FhirNode.Concept(fact)!)));

    /// <summary>R5's note (an Annotation's text) on what R5 calls a statistic.</summary>
    public static Place Note { get; } =
        Place.Here.Extension(Canonicals.R5Element("Evidence.statistic.note")) / "valueAnnotation.text";

    /// <summary>R5's time frame in words.</summary>
    public static Place TimeFrame { get; } =
        Place.Here.Extension(Canonicals.R5Element("EvidenceVariable.characteristic.timeFromEvent"))
            .Extension("description") / "valueMarkdown";

    /// <summary>What stands in for a value that FHIR requires and the record does not have.</summary>
    public static ObjectNode Absent(string reason = "unknown") => FhirNode.Beside(
        FhirNode.Extension(Canonicals.Hl7("data-absent-reason"), "valueCode", reason))!;

    /// <summary>Phone with its extension, and e-mail; the same for every contact.</summary>
    public static Rule[] Telecom { get; } =
    [
        RuleSet.Text("phone", Phone / "value"),
        RuleSet.Text("phoneExt", Phone.Extension(Canonicals.Hl7("contactpoint-extension")) / "valueString"),
        RuleSet.Text("email", Place.Here.Item("telecom", FhirNode.Object(("system", "email"))!) / "value"),
    ];

    static Place Phone => Place.Here.Item("telecom", FhirNode.Object(("system", "phone"))!);
}
