using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Interactions;

public sealed class PackageDownloadTests(FhirServer server)
{
    static readonly string Folder = Path.Combine(Repository.Root, "profiles");

    [Fact]
    public async Task The_package_has_the_layout_of_FHIR_packages()
    {
        var files = await Files();
        Assert.Equal("package/package.json", files[0].Name);
        Assert.Equal("package/.index.json", files[1].Name);
        Assert.Equal("org.fhirtrials.trials", (string?)JsonNode.Parse(files[0].Content)!["name"]);
        Assert.Equal(
            Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
                .Select(f => $"package/{Path.GetRelativePath(Folder, f).Replace('\\', '/')}")
                .Append("package/.index.json")
                .Append("package/README.md").Append("package/MAPPING.md").Order(StringComparer.Ordinal),
            files.Select(f => f.Name).Order(StringComparer.Ordinal));
        var index = JsonNode.Parse(files[1].Content)!["files"]!.AsArray();
        Assert.Equal(
            files.Select(f => f.Name["package/".Length..]).Where(n => n.EndsWith(".json", StringComparison.Ordinal)
                && n is not ("package.json" or ".index.json") && !n.Contains('/', StringComparison.Ordinal)),
            index.Select(f => (string)f!["filename"]!));
        Assert.Contains(index, f => (string?)f!["url"] == "http://fhirtrials.org/fhir/StructureDefinition/trial-study"
            && (string?)f["resourceType"] == "StructureDefinition" && (string?)f["type"] == "ResearchStudy"
            && (string?)f["kind"] == "resource");
    }

    [Fact]
    public async Task Its_bytes_are_the_same_at_every_start_and_its_tag_spares_a_download()
    {
        var first = await server.Http.GetAsync("/fhir/package.tgz", TestContext.Current.CancellationToken);
        using var other = FhirServer.With();
        var second = await other.Http.GetAsync("/fhir/package.tgz", TestContext.Current.CancellationToken);
        Assert.Equal("application/gzip", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/fhir/package.tgz");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var unchanged = await server.Http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(304, (int)unchanged.StatusCode);
    }

    [Fact]
    public async Task Read_back_it_gives_the_same_and_a_server_starts_with_it()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("fhirtrials-package-").FullName, "package.tgz");
        await File.WriteAllBytesAsync(file, await Bytes(), TestContext.Current.CancellationToken);
        var types = FhirDefinitions.R4.Types;
        Assert.Equal(
            PackageLoader.Load(Folder, types).Where(r => r.Type.Name != "ImplementationGuide").Select(Json),
            PackageLoader.Load(file, types).Where(r => r.Type.Name != "ImplementationGuide").Select(Json));

        using var other = FhirServer.With(("Profiles:Path", file));
        var guide = await other.Get("ImplementationGuide/org.fhirtrials.trials");
        Assert.Equal(Definition(await server.Get("ImplementationGuide/org.fhirtrials.trials")), Definition(guide));
        Assert.Equal(200, (await other.Get("ResearchStudy?eligible-age=14")).Status);

        static string Json(Element resource) => System.Text.Encoding.UTF8.GetString(FhirJson.ToUtf8Bytes(resource));
        static string Definition(Answer answer) => answer.Json["definition"]!.ToJsonString();
    }

    [Fact]
    public async Task The_guide_lists_every_resource_and_every_example_in_a_group()
    {
        var definition = (await server.Get("ImplementationGuide/org.fhirtrials.trials")).Json["definition"]!;
        var groups = definition["grouping"]!.AsArray().Select(g => (string)g!["id"]!).ToList();
        var listed = definition["resource"]!.AsArray();
        Assert.Equal(
            Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
                .Select(f => Path.GetFileNameWithoutExtension(f))
                .Where(n => n != "package" && !n.StartsWith("ImplementationGuide-", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            listed.Select(r => ((string)r!["reference"]!["reference"]!).Replace('/', '-'))
                .Order(StringComparer.Ordinal));
        Assert.All(listed, r => Assert.Contains((string)r!["groupingId"]!, groups));
        Assert.All(
            listed.Where(r => r!["exampleCanonical"] is null),
            r => Assert.False(string.IsNullOrEmpty((string?)r!["description"])));
    }

    [Fact]
    public async Task A_canonical_leads_to_its_resource_by_search_and_by_its_path()
    {
        const string url = "http://fhirtrials.org/fhir/StructureDefinition/trial-study";
        Assert.Equal(["StructureDefinition/trial-study"], (await server.Get($"StructureDefinition?url={url}")).Found());
        Assert.Equal(url, (string?)(await server.Get("StructureDefinition/trial-study")).Json["url"]);
    }

    [Fact]
    public async Task The_server_does_what_the_guide_requires_of_one()
    {
        var required = (await server.Get("CapabilityStatement/trial-finder")).Json["rest"]![0]!["resource"]!.AsArray();
        var served = (await server.Get("metadata")).Json["rest"]![0]!["resource"]!.AsArray()
            .ToDictionary(r => (string)r!["type"]!);
        foreach (var type in required)
        {
            var mine = served[(string)type!["type"]!]!;
            Assert.Empty(All(type, "searchParam").Except(All(mine, "searchParam")));
            Assert.Empty(All(type, "operation").Except(All(mine, "operation")));
            Assert.Empty(Codes(type).Except(Codes(mine)));
        }

        var ours = Directory.EnumerateFiles(Folder, "SearchParameter-*.json")
            .Select(f => (string)JsonNode.Parse(File.ReadAllText(f))!["url"]!);
        Assert.Empty(
            ours.Except(required.SelectMany(r => r!["searchParam"]!.AsArray()).Select(p => (string)p!["definition"]!)));

        static IEnumerable<string> All(JsonNode type, string what) =>
            type[what]?.AsArray().Select(p => $"{p!["name"]} {p["definition"]} {p["type"]}") ?? [];
        static IEnumerable<string> Codes(JsonNode type) =>
            type["interaction"]!.AsArray().Select(i => (string)i!["code"]!);
    }

    async Task<byte[]> Bytes() =>
        await server.Http.GetByteArrayAsync("/fhir/package.tgz", TestContext.Current.CancellationToken);

    async Task<List<(string Name, string Content)>> Files()
    {
        using var unzipped = new GZipStream(new MemoryStream(await Bytes()), CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        var files = new List<(string, string)>();
        while (tar.GetNextEntry() is { } entry)
        {
            using var reader = new StreamReader(entry.DataStream!);
            files.Add((entry.Name, reader.ReadToEnd()));
        }

        return files;
    }
}
