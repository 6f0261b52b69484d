using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>referencesModule and documentSection → related artifacts: publications, links, shared data,
/// documents.</summary>
static class ReferencesModule
{
    public static JsonArray? RelatedArtifacts(RegistryRecord record)
    {
        var module = record.Protocol["referencesModule"];
        return FhirNode.Array(
        [
            .. module.Items("references").Select(Publication),
            .. module.Items("seeAlsoLinks").Select(link => FhirNode.Object(
                ("type", "documentation"), ("display", link.Text("label")),
                ("url", RegistryUri.From(link.Text("url"))))),
            .. module.Items("availIpds").Select(AvailableData),
            .. record.Root["documentSection"]["largeDocumentModule"].Items("largeDocs")
                .Select(document => Document(record.NctId, document)),
        ]);
    }

    static JsonObject? Publication(RegistryNode reference) => FhirNode.Object(
        ("extension", FhirNode.Array(
        [
            FhirNode.Extension(
                Canonicals.Ours("reference-type"), "valueCode",
                reference.Code("type", RegistryCodes.ReferenceType)?.Code),
            .. reference.Items("retractions").Select(retraction => FhirNode.Extension(
                Canonicals.Ours("retraction"),
                FhirNode.Extension("pmid", "valueString", retraction.Text("pmid")),
                FhirNode.Extension("source", "valueString", retraction.Text("source")))),
        ])),
        ("type", "citation"),
        ("label", reference.Text("pmid") is { } pmid ? $"PMID {pmid}" : null),
        ("citation", reference.Text("citation")),
        ("url", RegistryUri.From(reference.Text("pmid")) is { } id ? $"https://pubmed.ncbi.nlm.nih.gov/{id}" : null));

    static JsonObject? AvailableData(RegistryNode data) => FhirNode.Object(
        ("extension", FhirNode.Array(FhirNode.Extension(
            Canonicals.Ours("available-data"),
            FhirNode.Extension("id", "valueString", data.Text("id")),
            FhirNode.Extension("type", "valueString", data.Text("type")),
            FhirNode.Extension("comment", "valueMarkdown", data.Text("comment"))))),
        ("type", "documentation"),
        ("url", RegistryUri.From(data.Text("url"))));

    /// <summary>A document that the registry holds, under the address at which it serves it.</summary>
    static JsonObject? Document(string nctId, RegistryNode document)
    {
        var file = document.Text("filename");
        return FhirNode.Object(
            ("extension", FhirNode.Array(FhirNode.Extension(
                Canonicals.Ours("registry-document"),
                FhirNode.Extension("typeAbbrev", "valueString", document.Text("typeAbbrev")),
                FhirNode.Extension("hasProtocol", "valueBoolean", FhirNode.Boolean(document.Flag("hasProtocol"))),
                FhirNode.Extension("hasSap", "valueBoolean", FhirNode.Boolean(document.Flag("hasSap"))),
                FhirNode.Extension("hasIcf", "valueBoolean", FhirNode.Boolean(document.Flag("hasIcf"))),
                FhirNode.Extension("uploadDate", "valueString", document.Text("uploadDate"))))),
            ("type", "documentation"),
            ("display", document.Text("label")),
            ("document", FhirNode.Object(
                ("url", file is null ? null
                    : $"https://cdn.clinicaltrials.gov/large-docs/{nctId[^2..]}/{nctId}/{Uri.EscapeDataString(file)}"),
                ("size", FhirNode.Integer(document.Count("size"))),
                ("title", file),
                ("creation", document.Date("date")))));
    }
}
