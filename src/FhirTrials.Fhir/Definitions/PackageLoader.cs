using System.Collections.Immutable;
using System.IO.Compression;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Definitions;

/// <summary>What a package may cost at most, since an archive of kilobytes can unpack to gigabytes.</summary>
public sealed record PackageLimits
{
    public static readonly PackageLimits Default = new();

    /// <summary>Files in all.</summary>
    public int Files { get; init; } = 20_000;

    /// <summary>Bytes in all, unpacked.</summary>
    public long Bytes { get; init; } = 512L << 20;
}

/// <summary>Reads the resources of a FHIR package: a folder of JSON files, or a <c>.tgz</c> as registries serve it —
/// https://confluence.hl7.org/display/FHIR/NPM+Package+Specification</summary>
public static class PackageLoader
{
    /// <summary>Every resource in order of file name. JSON files that hold none (<c>package.json</c>) are passed over,
    /// and so are the examples in the folder <c>example</c>, which a package shows but does not add.</summary>
    /// <exception cref="FhirException">The path does not exist, a file is no valid resource, or the archive is not to
    /// be trusted. Each issue begins with the file's name.</exception>
    public static ImmutableArray<Element> Load(string path, FhirTypes types, PackageLimits? limits = null)
    {
        limits ??= PackageLimits.Default;
        var files = Directory.Exists(path) ? Folder(path, limits)
            : File.Exists(path) ? Archive(path, limits)
            : throw Refused(IssueCode.NotFound, $"There is no folder or package at {path}.");
        var issues = new List<Issue>();
        var resources = ImmutableArray.CreateBuilder<Element>();
        foreach (var (name, bytes) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            var read = FhirJson.Read(bytes, types);
            issues.AddRange(
                read.Issues.Where(i => i.IsError).Select(i => i with { Diagnostics = $"{name}: {i.Diagnostics}" }));
            if (read.Resource is not null)
            {
                resources.Add(read.Resource);
            }
        }

        return issues.Count == 0 ? resources.DrainToImmutable() : throw new FhirException(issues);
    }

    static List<(string Name, byte[] Bytes)> Folder(string path, PackageLimits limits)
    {
        var files = new List<(string, byte[])>();
        var rest = limits.Bytes;
        foreach (var file in FilesIn(new(path)).Where(f => IsResourceFile(Path.GetRelativePath(path, f.FullName))))
        {
            rest -= file.Length;
            Check(files.Count, rest, limits);
            files.Add((Path.GetRelativePath(path, file.FullName), File.ReadAllBytes(file.FullName)));
        }

        return files;
    }

    static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null)
            {
                throw Refused(
                    IssueCode.Security, $"{entry.Name} is a link: put the file or folder itself into the package.");
            }

            foreach (var file in entry is DirectoryInfo inner ? FilesIn(inner) : [(FileInfo)entry])
            {
                yield return file;
            }
        }
    }

    static List<(string Name, byte[] Bytes)> Archive(string path, PackageLimits limits)
    {
        var files = new List<(string, byte[])>();
        var rest = limits.Bytes;
        try
        {
            using var file = File.OpenRead(path);
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            var tar = new TarArchive(unzipped);
            for (var entries = 0; tar.Next() is { } entry; entries++)
            {
                // What is skipped counts too: it is unpacked to be skipped.
                rest -= entry.Size;
                Check(entries, rest, limits);
                CheckName(entry);
                if (entry.IsFile && IsResourceFile(entry.Name))
                {
                    files.Add((entry.Name, tar.Read(entry.Size)));
                }
                else
                {
                    tar.Skip(entry.Size);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Refused(IssueCode.Structure, $"{Path.GetFileName(path)} is no intact .tgz archive.");
        }

        return files;
    }

    static void Check(int count, long bytesLeft, PackageLimits limits)
    {
        if (count >= limits.Files || bytesLeft < 0)
        {
            throw Refused(
                IssueCode.TooCostly, $"The package has more than {limits.Files} files or {limits.Bytes} bytes.");
        }
    }

    /// <summary>Nothing is unpacked to disk, yet an archive that tries to leave its folder deserves no trust.</summary>
    static void CheckName(TarArchive.Entry entry)
    {
        if (entry.IsLink || Path.IsPathRooted(entry.Name) || entry.Name.Split('/', '\\').Contains(".."))
        {
            throw Refused(IssueCode.Security, "The package holds a link or a path that leads out of it.");
        }
    }

    /// <summary>Beside resources a package has descriptions of itself, whose names are given by the
    /// specification.</summary>
    static bool IsResourceFile(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && !path.Split('/', '\\').SkipLast(1).Contains("example")
        && Path.GetFileName(path) is not ("package.json" or "package-lock.json" or ".index.json");

    static FhirException Refused(IssueCode code, string diagnostics) => new(Issue.Error(code, diagnostics));
}
