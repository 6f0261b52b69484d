using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace FhirTrials.Benchmarks;

/// <summary>npm's <c>@medplum/fhir-router</c> with its repository in memory and without validation: a peer on the same
/// machine in the same run.</summary>
static class RouterPeer
{
    static readonly string[] Types = ["ResearchStudy", "Location"];

    /// <summary>Loads it with the same requests, on what a server has of the types that they ask for.</summary>
    public static async Task Run(int serverPort, TimeSpan time)
    {
        if (!Directory.Exists(Path.Combine(Checkout.Conformance, "node_modules", "@medplum", "fhir-router")))
        {
            Console.WriteLine("@medplum/fhir-router is not installed: npm ci in tests/conformance");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("fhirtrials-peer-");
        try
        {
            await Save(serverPort, folder.FullName);
            using var node = Process.Start(new ProcessStartInfo("node", ["router.mjs", folder.FullName])
            {
                WorkingDirectory = Checkout.Conformance,
                RedirectStandardOutput = true,
            })!;
            try
            {
                var port = int.Parse((await node.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
                Console.WriteLine("-- @medplum/fhir-router, in memory, without validation:");
                var loads = new ServerLoads(new HttpLoad(node, port), time);
                await loads.Queried();
                await loads.Created();
            }
            finally
            {
                node.Kill();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task Save(int port, string folder)
    {
        using var client = new HttpClient();
        foreach (var type in Types)
        {
            var page = JsonNode.Parse(
                await client.GetStringAsync(new Uri($"http://localhost:{port}/fhir/{type}?_count=1000")))!;
            foreach (var resource in page["entry"]!.AsArray().Select(e => e!["resource"]!))
            {
                await File.WriteAllTextAsync(
                    Path.Combine(folder, $"{type}-{resource["id"]}.json"), resource.ToJsonString());
            }
        }
    }
}
