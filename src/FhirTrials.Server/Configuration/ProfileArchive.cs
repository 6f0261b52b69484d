using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Server.Configuration;

/// <summary>The package as registries serve it: one <c>.tgz</c>, whose bytes depend on its files alone —
/// https://confluence.hl7.org/display/FHIR/NPM+Package+Specification</summary>
sealed class ProfileArchive(Profiles profiles)
{
    const string Manifest = "package.json";

    static readonly string[] Indexed = ["resourceType", "id", "url", "version", "kind", "type", "derivation"];

    readonly Lazy<(byte[] Bytes, string Hash)?> _archive =
        new(() => profiles.Path is { } path ? Read(path, profiles) : null);

    /// <summary>The archive and the hash of its content; null where there is no package.</summary>
    public (byte[] Bytes, string Hash)? Content => _archive.Value;

    static (byte[] Bytes, string Hash) Read(string path, Profiles profiles)
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : Pack(path, profiles);
        return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]);
    }

    /// <summary>The manifest first, as readers look for it; then the index, the resources, the
    /// guide's pages and the examples.</summary>
    static byte[] Pack(string folder, Profiles profiles)
    {
        var guide = profiles.Resources.FirstOrDefault(r => r.Type.Name == "ImplementationGuide");
        var resources = Files(folder).Where(f => Path.GetFileName(f) != Manifest).ToList();
        using var archive = new MemoryStream();
        using (var zipped = new GZipStream(archive, CompressionLevel.SmallestSize))
        using (var tar = new TarWriter(zipped, TarEntryFormat.Ustar))
        {
            var manifest = Path.Combine(folder, Manifest);
            if (File.Exists(manifest))
            {
                Add(tar, Manifest, File.ReadAllBytes(manifest));
            }

            Add(tar, ".index.json", Index(resources));
            foreach (var file in resources)
            {
                var name = Path.GetFileName(file);
                Add(tar, name, guide is not null && name == $"ImplementationGuide-{guide.Id}.json"
                    ? FhirJson.ToUtf8Bytes(guide) : File.ReadAllBytes(file));
            }

            foreach (var page in Pages(guide?.Child("definition")?.Child("page"))
                .Where(p => File.Exists(Path.Combine(folder, p))))
            {
                Add(tar, page, File.ReadAllBytes(Path.Combine(folder, page)));
            }

            var examples = Path.Combine(folder, "example");
            foreach (var file in Directory.Exists(examples) ? Files(examples) : [])
            {
                Add(tar, $"example/{Path.GetFileName(file)}", File.ReadAllBytes(file));
            }
        }

        return archive.ToArray();
    }

    /// <summary>The files that a page and those below it are made from, where they are in the folder itself.</summary>
    static IEnumerable<string> Pages(Element? page) => page is null ? [] :
    [
        .. page.ValueOf("name") is { } name && name == Path.GetFileName(name) ? new[] { name } : [],
        .. page["page"].SelectMany(Pages),
    ];

    static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal);

    static void Add(TarWriter tar, string name, byte[] content) => tar.WriteEntry(
        new UstarTarEntry(TarEntryType.RegularFile, $"package/{name}")
        {
            DataStream = new MemoryStream(content),
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        });

    static byte[] Index(IEnumerable<string> resources)
    {
        var files = new JsonArray();
        foreach (var file in resources)
        {
            using var resource = JsonDocument.Parse(File.ReadAllBytes(file), FhirJson.DocumentOptions);
            var entry = new JsonObject { ["filename"] = Path.GetFileName(file) };
            foreach (var name in Indexed)
            {
                if (resource.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    entry[name] = value.GetString();
                }
            }

            files.Add((JsonNode)entry);
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["index-version"] = 2, ["files"] = files }.ToJsonString());
    }
}
