using System.Text.Json.Nodes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>oversightModule, ipdSharingStatementModule and expanded access → our extensions of their fields.</summary>
static class OversightModule
{
    static readonly string[] Flags =
    [
        "oversightHasDmc", "isFdaRegulatedDrug", "isFdaRegulatedDevice", "isUnapprovedDevice", "isPpsd", "isUsExport",
        "fdaaa801Violation",
    ];

    static readonly string[] AccessTypes = ["individual", "intermediate", "treatment"];

    public static IEnumerable<JsonObject?> Extensions(RegistryRecord record) =>
    [
        Oversight(record.Protocol["oversightModule"]),
        IpdSharing(record.Protocol["ipdSharingStatementModule"]),
        ExpandedAccess(record.Protocol["statusModule"]["expandedAccessInfo"], record.Protocol["designModule"]),
        FhirNode.Extension(Canonicals.Ours("has-results"), "valueBoolean",
            FhirNode.Boolean(record.Root.Flag("hasResults"))),
    ];

    static JsonObject? Oversight(RegistryNode module) => FhirNode.Extension(
        Canonicals.Ours("oversight"),
        Flags.Select(flag => FhirNode.Extension(flag, "valueBoolean", FhirNode.Boolean(module.Flag(flag)))));

    static JsonObject? IpdSharing(RegistryNode module) => FhirNode.Extension(
        Canonicals.Ours("ipd-sharing"),
        [
            FhirNode.Extension("ipdSharing", "valueCode", module.Code("ipdSharing", RegistryCodes.IpdSharing)?.Code),
            FhirNode.Extension("description", "valueMarkdown", module.Text("description")),
            .. module.Codes("infoTypes", RegistryCodes.IpdSharingInfoType)
                .Select(type => FhirNode.Extension("infoType", "valueCode", type.Code)),
            FhirNode.Extension("timeFrame", "valueMarkdown", module.Text("timeFrame")),
            FhirNode.Extension("accessCriteria", "valueMarkdown", module.Text("accessCriteria")),
            FhirNode.Extension("url", "valueUri", RegistryUri.From(module.Text("url"))),
        ]);

    static JsonObject? ExpandedAccess(RegistryNode info, RegistryNode design) => FhirNode.Extension(
        Canonicals.Ours("expanded-access"),
        [
            FhirNode.Extension("hasExpandedAccess", "valueBoolean", FhirNode.Boolean(info.Flag("hasExpandedAccess"))),
            FhirNode.Extension("nctId", "valueString", info.Text("nctId")),
            FhirNode.Extension(
                "statusForNctId", "valueCode", info.Code("statusForNctId", RegistryCodes.ExpandedAccessStatus)?.Code),
            .. AccessTypes.Select(type => FhirNode.Extension(
                type, "valueBoolean", FhirNode.Boolean(design["expandedAccessTypes"].Flag(type)))),
            FhirNode.Extension(
                "pointingRecords", "valueUnsignedInt", FhirNode.Integer(design.Count("nPtrsToThisExpAccNctId"))),
        ]);
}
