using System.Globalization;
using System.Text.Json.Nodes;
using FhirTrials.Server.Bundles;
using FhirTrials.Storage.Exports;

namespace FhirTrials.Server.Operations;

/// <summary>The manifest of a finished export —
/// https://hl7.org/fhir/uv/bulkdata/STU2/export.html#response---output-manifest</summary>
static class ExportManifest
{
    public static JsonObject Of(ExportState state)
    {
        var manifest = new JsonObject
        {
            ["transactionTime"] = BundleWriter.Instant(state.TransactionTime),
            ["request"] = state.Request.Url,
            ["requiresAccessToken"] = false,
            ["output"] = Files(state, ExportedKind.Output),
            ["error"] = Files(state, ExportedKind.Error),
        };
        if (state.Request.Since is not null)
        {
            manifest["deleted"] = Files(state, ExportedKind.Deleted);
        }

        return manifest;
    }

    static JsonArray Files(ExportState state, ExportedKind kind) =>
        new([.. state.Files.Where(f => f.Kind == kind).Select(f => new JsonObject
        {
            ["type"] = f.Type ?? "Bundle",
            ["url"] = string.Create(
                CultureInfo.InvariantCulture, $"{state.Request.Base}/$export/{state.Job.Id}/{f.Number}.ndjson"),
            ["count"] = f.Lines,
        })]);
}
