using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Tests.Definitions;

public sealed class PackageLoaderTests : IDisposable
{
    const string Patient = """{"resourceType":"Patient","id":"a"}""";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fhirtrials-");

    public void Dispose() => _folder.Delete(recursive: true);

    string Archive(params TarEntry[] entries)
    {
        var path = Path.Combine(_folder.FullName, "package.tgz");
        using var file = File.Create(path);
        using var zip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        foreach (var entry in entries)
        {
            tar.WriteEntry(entry);
        }

        return path;
    }

    static PaxTarEntry Text(string name, string text) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    static IssueCode CodeOf(Action load) => Assert.Throws<FhirException>(load).Issues[0].Code;

    static void Load(string path, PackageLimits? limits = null) =>
        PackageLoader.Load(path, FhirDefinitions.R4.Types, limits);

    [Fact]
    public void A_folder_gives_its_resources_in_order_of_name()
    {
        File.WriteAllText(
            Path.Combine(_folder.FullName, "b.json"), Patient.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder.FullName, "a.json"), Patient);
        File.WriteAllText(Path.Combine(_folder.FullName, "package.json"), """{"name":"x"}""");
        Assert.Equal(["a", "b"], PackageLoader.Load(_folder.FullName, FhirDefinitions.R4.Types).Select(r => r.Id));
    }

    [Fact]
    public void An_archive_gives_its_resources_too() =>
        Assert.Equal("a", PackageLoader.Load(
            Archive(Text("package/package.json", "{}"), Text("package/Patient-a.json", Patient)),
            FhirDefinitions.R4.Types).Single().Id);

    [Fact]
    public void A_broken_file_is_named()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.json"), """{"resourceType":"Patient","nme":1}""");
        var issue = Assert.Throws<FhirException>(() => Load(_folder.FullName)).Issues.Single();
        Assert.Equal("Patient.nme", issue.Expression);
        Assert.StartsWith("broken.json:", issue.Diagnostics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil.json")]
    [InlineData("package/../../evil.json")]
    [InlineData("package\\..\\evil.json")]
    [InlineData("/etc/evil.json")]
    public void A_path_that_leads_out_is_refused(string name) =>
        Assert.Equal(IssueCode.Security, CodeOf(() => Load(Archive(Text(name, Patient)))));

    [Fact]
    public void A_link_is_refused() =>
        Assert.Equal(IssueCode.Security, CodeOf(() => Load(Archive(
            new PaxTarEntry(TarEntryType.SymbolicLink, "package/a.json") { LinkName = "/etc/passwd" }))));

    [Fact]
    public void A_link_in_a_folder_is_refused_too()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "a.json"), Patient);
        var inner = _folder.CreateSubdirectory("inner");
        Directory.CreateSymbolicLink(Path.Combine(inner.FullName, "loop"), _folder.FullName);

        var issue = Assert.Throws<FhirException>(() => Load(_folder.FullName)).Issues.Single();
        Assert.Equal(IssueCode.Security, issue.Code);
        Assert.StartsWith("loop is a link", issue.Diagnostics, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() =>
        Assert.Equal(IssueCode.TooCostly, CodeOf(() => Load(
            Archive(Text("package/zeros.bin", new string('0', 2_000_000))), new PackageLimits { Bytes = 1_000_000 })));

    [Fact]
    public void Too_many_files_are_refused() =>
        Assert.Equal(IssueCode.TooCostly, CodeOf(() => Load(
            Archive(Text("a.json", Patient), Text("b.json", Patient)), new PackageLimits { Files = 1 })));

    [Fact]
    public void A_file_that_is_no_archive_is_refused()
    {
        var path = Path.Combine(_folder.FullName, "x.tgz");
        File.WriteAllText(path, "not gzip");
        Assert.Equal(IssueCode.Structure, CodeOf(() => Load(path)));
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        var path = Archive(Text("package/a.json", Patient), Text("package/b.json", new string('x', 100_000)));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        Assert.Equal(IssueCode.Structure, CodeOf(() => Load(path)));
    }

    [Fact]
    public void A_path_where_nothing_is_gives_not_found() =>
        Assert.Equal(IssueCode.NotFound, CodeOf(() => Load(Path.Combine(_folder.FullName, "none"))));
}
