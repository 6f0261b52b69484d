using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace FhirTrials.Benchmarks;

/// <summary>A full export of a generated database, from its request to the last file, over HTTP.</summary>
static class ExportBenchmark
{
    const double Mega = 1_000_000;

    /// <param name="args">Thousands of observations (89), as in <see cref="SearchBenchmark"/>; or the folder of a
    /// database of studies that <see cref="FindBenchmark"/> has filled.</param>
    public static async Task<int> Run(string[] args)
    {
        if (args is [var filled] && Directory.Exists(filled))
        {
            await Measure(Path.GetFullPath(filled), ["$export", "$export?_type=ResearchStudy"]);
            return 0;
        }

        var size = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 89;
        var folder = Directory.CreateTempSubdirectory("fhirtrials-bench-");
        try
        {
            await SearchBenchmark.Fill(folder.FullName, size);
            await Measure(folder.FullName, ["$export", "$export?_elements=id", "Patient/$export"]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    static async Task Measure(string folder, string[] requests)
    {
        var port = ServerProcess.FreePort();
        using var server = await ServerProcess.Start(port, folder, "/health/ready");
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/fhir/") };
            await ServerProcess.HasRead(client);
            foreach (var request in requests)
            {
                // The second time: compiled, and read from the disk before.
                await Export(server, client, request);
                Console.WriteLine($"{request}: {await Export(server, client, request)}");
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    static async Task<string> Export(Process server, HttpClient client, string url)
    {
        server.Refresh();
        var (watch, work) = (Stopwatch.StartNew(), server.TotalProcessorTime);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative))
        {
            Headers = { { "Prefer", "respond-async" } },
        };
        using var begun = await client.SendAsync(request);
        var status = begun.EnsureSuccessStatusCode().Content.Headers.ContentLocation!;
        JsonNode? manifest = null;
        while (manifest is null)
        {
            await Task.Delay(50);
            using var answer = await client.GetAsync(status);
            manifest = (int)answer.EnsureSuccessStatusCode().StatusCode == 200
                ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())
                : null;
        }

        server.Refresh();
        work = server.TotalProcessorTime - work;
        var (written, files, bytes, packed) = (watch.Elapsed, manifest["output"]!.AsArray(), 0L, 0L);
        foreach (var file in files)
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, (string)file!["url"]!)
            {
                Headers = { { "Accept-Encoding", "gzip" } },
            };
            using var answer = await client.SendAsync(get);
            var content = await answer.Content.ReadAsByteArrayAsync();
            packed += content.Length;
            bytes += Unpacked(content);
        }

        using var deleted = await client.DeleteAsync(status);
        var lines = files.Sum(f => (long)f!["count"]!);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{lines} resources, {bytes / Mega:F1} MB ({packed / Mega:F1} packed) in {files.Count} files; written in "
                + $"{written.TotalSeconds:F2} s, "
            + $"{bytes / Mega / written.TotalSeconds:F1} MB/s, {lines / written.TotalSeconds:F0}/s, "
            + $"{bytes / Mega / work.TotalSeconds:F1} MB per CPU second; fetched and unpacked in "
            + $"{(watch.Elapsed - written).TotalSeconds:F2} s");
    }

    static long Unpacked(byte[] gzip)
    {
        using var unpacking = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var text = new MemoryStream();
        unpacking.CopyTo(text);
        return text.Length;
    }
}
