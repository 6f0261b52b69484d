using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Server.Tests.Hosting;

/// <summary>An export whose server dies, on a database that it shares with another.</summary>
public sealed class ExportNodesTests : IDisposable
{
    const int Patients = 2000;

    static readonly string[] SmallFiles = ["--Export:FileBytes", "1500"];

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-export-").FullName;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_node_goes_on_where_a_killed_one_has_stopped()
    {
        using var first = await ServerNode.Start(_folder, SmallFiles);
        var entries = Enumerable.Range(0, Patients).Select(i =>
            $$$"""{"resource":{"resourceType":"Patient","id":"p{{{i}}}"},"request":"""
            + $$$"""{"method":"PUT","url":"Patient/p{{{i}}}"}}""");
        var (written, _) = await first.Send(
            HttpMethod.Post, "",
            $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}""");
        Assert.Equal(200, written);

        var (begun, _) = await first.Send(HttpMethod.Get, "$export?_type=Patient", null, ("Prefer", "respond-async"));
        Assert.Equal(202, begun);
        while (Files() < 5)
        {
            await Task.Delay(5, Ct);
        }

        first.Kill();
        var left = Files();
        using var second = await ServerNode.Start(_folder, SmallFiles);
        await second.Put("Patient/p7", """{"resourceType":"Patient","id":"p7","active":true}""");
        var manifest = await Done(second);

        var found = new List<string>();
        foreach (var file in manifest["output"]!.AsArray())
        {
            found.AddRange(await second.Lines(new Uri((string)file!["url"]!).PathAndQuery));
        }

        Assert.InRange(left, 5, manifest["output"]!.AsArray().Count - 1);
        Assert.Equal(
            Enumerable.Range(0, Patients).Select(i => $"p{i} 1").Order(StringComparer.Ordinal),
            found.Select(l => JsonNode.Parse(l)!).Select(p => $"{p["id"]} {p["meta"]!["versionId"]}")
                .Order(StringComparer.Ordinal));
    }

    /// <summary>The manifest; the lease of the killed node ends first.</summary>
    async Task<JsonNode> Done(ServerNode node)
    {
        var id = Scalar("""SELECT "Id" FROM "Job" WHERE "Kind" = 'export'""");
        for (var attempts = 0; attempts < 600; attempts++)
        {
            var (status, manifest) = await node.Get($"$export/{id}");
            if (status == 200)
            {
                return manifest!;
            }

            Assert.Equal(202, status);
            await Task.Delay(200, Ct);
        }

        throw new TimeoutException("The export does not come to an end.");
    }

    long Files() => (long)Scalar("""SELECT COUNT(*) FROM "ExportFile" """);

    object Scalar(string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, "node.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
