using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FhirTrials.Tests;

/// <summary>Runs a script of tests/conformance, which asks an independent
/// implementation, in one Node.js process.</summary>
static class NodeJudge
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The script's answers, a line each, to an input in JSON; the calling test is skipped where Node.js or
    /// the package that judges is absent.</summary>
    public static async Task<JsonElement[]> Ask(string script, string package, JsonNode input)
    {
        var folder = Path.Combine(Repository.Root, "tests", "conformance");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)),
            $"The npm package {package} is not installed.");
        using var node = Start(folder, script);
        Assert.SkipWhen(node is null, "Node.js is not installed.");
        using var patience = new CancellationTokenSource(Patience);
        var output = node!.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = node.StandardError.ReadToEndAsync(patience.Token);
        await node.StandardInput.WriteAsync(input.ToJsonString().AsMemory(), patience.Token);
        node.StandardInput.Close();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await node.WaitForExitAsync(patience.Token);
        Assert.True(node.ExitCode == 0, await errors);
        return [.. lines.Select(l => JsonSerializer.Deserialize<JsonElement>(l))];
    }

    static Process? Start(string folder, string script)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [script])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
