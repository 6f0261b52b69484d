using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>referencesModule, ipdSharingStatementModule, documentSection and notices of violations ⇄ related
/// artifacts.</summary>
static class ReferencesModule
{
    const string PubMed = "https://pubmed.ncbi.nlm.nih.gov";

    static readonly Place IpdSharing = Artifact("ipd-sharing");

    public static Rule References { get; } = In(
        "referencesModule",
        Each("references", "relatedArtifact", FhirNode.Object(("type", "citation"))!,
            Field("pmid", Kind.After("PMID "), "label"),
            Derived((reference, artifact, _) =>
            {
                if (RegistryUri.From(reference.Text("pmid")) is { } id)
                {
                    artifact["url"] = $"{PubMed}/{id}";
                }
            }),
            Coded("type", RegistryCodes.ReferenceType, Classified(RegistryCodes.ReferenceType)),
            Text("citation", "citation"),
            Each("retractions", "extension", Classifier(Shapes.Concept(MappingCodes.Artifact, "retraction")),
                Text("pmid", ((Place)"valueCodeableConcept").Item("coding", FhirNode.Object(("system", PubMed))!)
                    / "display"),
                Text("source", "valueCodeableConcept.text"))),
        Each("seeAlsoLinks", "relatedArtifact", Pattern("see-also"),
            Text("label", "display"),
            Field("url", Kind.Link, "url")),
        Each("availIpds", "relatedArtifact", Pattern("available-data"),
            Text("id", "label"),
            Text("type", KindConcept("available-data") / "text"),
            Field("url", Kind.Link, "url"),
            Text("comment", "display")));

    public static Rule IpdSharingStatement { get; } = In(
        "ipdSharingStatementModule",
        Coded("ipdSharing", RegistryCodes.IpdSharing, IpdSharing / Classified(RegistryCodes.IpdSharing)),
        Text("description", IpdSharing / "citation"),
        Values("infoTypes", Kind.Code(RegistryCodes.IpdSharingInfoType), IpdSharing / "extension",
            Classifier(Shapes.SystemOnly(RegistryCodes.IpdSharingInfoType)),
            Shapes.CodeIn(RegistryCodes.IpdSharingInfoType)),
        Text("timeFrame", IpdSharing.Extension(Canonicals.Ours("ipd-sharing-time-frame")) / "valueMarkdown"),
        Text("accessCriteria", IpdSharing.Extension(Canonicals.Ours("ipd-sharing-access-criteria")) / "valueMarkdown"),
        Field("url", Kind.Link, IpdSharing / "url"));

    public static Rule Documents { get; } = In(
        "largeDocumentModule",
        Shapes.StudyFact("noSap", "no-sap"),
        Each("largeDocs", "relatedArtifact", Pattern("study-document"),
            Text("typeAbbrev", KindConcept("study-document") / "text"),
            Holds("hasProtocol", "has-protocol"),
            Holds("hasSap", "has-sap"),
            Holds("hasIcf", "has-icf"),
            Text("label", "display"),
            Date("date", "document.creation"),
            Text("uploadDate", Place.Here.Extension(Canonicals.Ours("document-uploaded")) / "valueString"),
            Text("filename", "document.title"),
            Field("size", Kind.Count, "document.size"),
            Derived(SetAddress)));

    public static Rule Violations { get; } = In(
        "violationAnnotation",
        Each("violationEvents", "relatedArtifact", Pattern("violation-notice"),
            Coded("type", RegistryCodes.ViolationEventType, Classified(RegistryCodes.ViolationEventType)),
            Text("description", "citation"),
            Date("creationDate", "document.creation"),
            Date("issuedDate", Place.Here.Extension(Canonicals.Ours("notice-issued")) / "valueDate"),
            Date("releaseDate", Place.Here.Extension(Canonicals.Ours("notice-released")) / "valueDate"),
            Date("postedDate",
                Place.Here.Extension(Canonicals.R5Element("RelatedArtifact.publicationDate")) / "valueDate")));

    /// <summary>The one related artifact of a kind.</summary>
    public static Place Artifact(string kind) => Place.Here.Item("relatedArtifact", Pattern(kind));

    /// <summary>R5's classifier of an artifact.</summary>
    public static ObjectNode Classifier(ObjectNode concept) => FhirNode.Extension(
        Canonicals.R5Element("RelatedArtifact.classifier"), "valueCodeableConcept", concept)!;

    /// <summary>The concept of the classifier of an artifact that has codes of that system.</summary>
    public static Place Classified(RegistryCodes codes) =>
        Place.Here.Item("extension", Classifier(Shapes.SystemOnly(codes))) / "valueCodeableConcept";

    static ObjectNode Pattern(string kind) => FhirNode.Object(
        ("extension", FhirNode.Array(Classifier(Shapes.Concept(MappingCodes.Artifact, kind)))),
        ("type", "documentation"))!;

    /// <summary>The concept that tells the kind of an artifact.</summary>
    static Place KindConcept(string kind) =>
        Place.Here.Item("extension", Classifier(Shapes.Concept(MappingCodes.Artifact, kind))) / "valueCodeableConcept";

    static Rule Holds(string name, string code) => Fact(
        name, code, fact => Place.Here.Item("extension", Classifier(FhirNode.Concept(fact)!)));

    /// <summary>A document that the registry holds, under the address at which it serves it.</summary>
    static void SetAddress(RegistryNode document, ObjectNode artifact, StudyResources study)
    {
        if (document.Text("filename") is { } file)
        {
            var folder = $"https://cdn.clinicaltrials.gov/large-docs/{study.NctId[^2..]}/{study.NctId}";
            ((Place)"document").Make(artifact)["url"] = $"{folder}/{Uri.EscapeDataString(file)}";
        }
    }
}
