using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FhirTrials.Benchmarks;

/// <summary>The server in a process of its own, as a user starts it.</summary>
static class ServerProcess
{
    /// <summary>Starts it on the database in a folder and waits until it answers at a path.</summary>
    public static async Task<Process> Start(int port, string folder, string path)
    {
        var root = Checkout.Root;
        var dll = Path.Combine(root, "src", "FhirTrials.Server", "bin", "Release", "net10.0", "FhirTrials.Server.dll");
        string[] arguments =
            [dll, "--urls", $"http://localhost:{port}", "--ConnectionStrings:FhirTrials", ConnectionString(folder)];
        var watch = Stopwatch.StartNew();
        var server = Process.Start(
            new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true })!;
        _ = server.StandardOutput.ReadToEndAsync();
        using var client = new HttpClient();
        while (!await Answers(client, $"http://localhost:{port}{path}"))
        {
            if (server.HasExited || watch.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException("The server did not start.");
            }

            await Task.Delay(5);
        }

        return server;
    }

    /// <summary>Waits until it has read what it has to at its start so as to match, which would
    /// be measured with the rest.</summary>
    public static async Task HasRead(HttpClient client)
    {
        while ((await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)))
            .StartsWith("Degraded", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    public static string ConnectionString(string folder) => $"Data Source={folder}/bench.db";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task<bool> Answers(HttpClient client, string url)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri(url));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
