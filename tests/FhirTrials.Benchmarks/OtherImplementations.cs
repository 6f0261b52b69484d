using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Benchmarks;

/// <summary>The same work done by npm's packages, in one Node.js process.</summary>
static class OtherImplementations
{
    /// <summary>Operations a second by name: each FHIRPath expression by <c>fhirpath</c>, and resources by
    /// <c>@medplum/core</c> and by <c>ajv</c> with HL7's JSON schema.</summary>
    public static Dictionary<string, double> Measure(
        string folder, IEnumerable<string> files, IEnumerable<(string Expression, string File)> expressions,
        double seconds)
    {
        var input = new JsonObject
        {
            ["folder"] = folder,
            ["files"] = new JsonArray([.. files.Select(f => JsonValue.Create(f))]),
            ["expressions"] = new JsonArray([.. expressions.Select(e => new JsonArray(e.Expression, e.File))]),
            ["seconds"] = seconds,
        };
        using var node = Process.Start(new ProcessStartInfo("node", ["speed.mjs"])
        {
            WorkingDirectory = Checkout.Conformance,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        node.StandardInput.Write(input.ToJsonString());
        node.StandardInput.Close();
        var measured = new Dictionary<string, double>();
        while (node.StandardOutput.ReadLine() is { } line)
        {
            var result = JsonSerializer.Deserialize<JsonElement>(line);
            measured[result.GetProperty("name").GetString()!] = result.GetProperty("perSecond").GetDouble();
        }

        return measured;
    }
}
