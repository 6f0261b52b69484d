using System.Text.RegularExpressions;

namespace FhirTrials.Server.Tests;

/// <summary>Dependencies point one way: each folder may use only the namespaces listed for it (and its own).</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Folder below src → the namespaces of ours that it may use, besides
    /// its own and what is below it.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["FhirTrials.Fhir/Outcomes"] = ["Fhir.Model", "Fhir.Json"],
        ["FhirTrials.Fhir/Model"] = ["Fhir.Outcomes"],
        ["FhirTrials.Fhir/Json"] = ["Fhir.Outcomes", "Fhir.Model"],
        ["FhirTrials.Fhir/Xml"] = ["Fhir.Outcomes", "Fhir.Model", "Fhir.Json"],
        ["FhirTrials.Fhir/Ucum"] = [],
        ["FhirTrials.Fhir/Definitions"] = ["Fhir.Outcomes", "Fhir.Model", "Fhir.Json"],
        ["FhirTrials.Fhir/Terminology"] = ["Fhir.Outcomes", "Fhir.Model", "Fhir.Definitions", "Fhir.Ucum"],
        ["FhirTrials.Fhir/FhirPath"] =
            ["Fhir.Outcomes", "Fhir.Model", "Fhir.Xml", "Fhir.Definitions", "Fhir.Terminology", "Fhir.Ucum"],
        ["FhirTrials.Fhir/Validation"] =
        [
            "Fhir.Outcomes", "Fhir.Model", "Fhir.Json", "Fhir.Xml", "Fhir.Definitions", "Fhir.FhirPath",
            "Fhir.Terminology", "Fhir.Ucum",
        ],
        ["FhirTrials.Fhir/Patch"] = ["Fhir.Outcomes", "Fhir.Model", "Fhir.Json", "Fhir.FhirPath"],
        ["FhirTrials.Fhir/Search"] =
            ["Fhir.Outcomes", "Fhir.Model", "Fhir.Definitions", "Fhir.FhirPath", "Fhir.Terminology", "Fhir.Ucum"],
        ["FhirTrials.Fhir.Compiler"] = ["Fhir"],
        ["FhirTrials.Trials/Registry"] = ["Fhir.Outcomes", "Fhir.Json"],
        ["FhirTrials.Trials/Vocabulary"] = ["Fhir.Model", "Fhir.Ucum"],
        ["FhirTrials.Trials/Criteria"] = ["Fhir.Outcomes", "Fhir.Ucum", "Trials.Vocabulary"],
        ["FhirTrials.Trials/Mapping"] = ["Fhir", "Trials.Registry", "Trials.Criteria", "Trials.Vocabulary"],
        ["FhirTrials.Trials/Matching"] = ["Fhir", "Trials.Criteria", "Trials.Vocabulary", "Trials.Mapping"],
        ["FhirTrials.Storage"] = ["Fhir"],
        ["FhirTrials.Server/Configuration"] = ["Fhir", "Trials.Vocabulary", "Storage"],
        ["FhirTrials.Server/Http"] = ["Fhir", "Storage", "Server.Configuration"],
        ["FhirTrials.Server/Bundles"] = ["Fhir", "Storage", "Server.Configuration", "Server.Http"],
        ["FhirTrials.Server/Interactions"] =
            ["Fhir", "Storage", "Server.Configuration", "Server.Http", "Server.Bundles"],
        ["FhirTrials.Server/Matching"] = ["Fhir", "Trials", "Storage", "Server.Http"],
        ["FhirTrials.Server/Operations"] =
        [
            "Fhir", "Trials", "Storage", "Server.Configuration", "Server.Http", "Server.Bundles", "Server.Interactions",
            "Server.Matching",
        ],
        ["FhirTrials.Server/Doors"] =
            [
                "Fhir", "Trials.Criteria", "Trials.Matching", "Storage", "Server.Configuration", "Server.Http",
                "Server.Matching",
            ],
        ["FhirTrials.Server/OpenApi"] =
            ["Fhir", "Storage", "Server.Configuration", "Server.Http", "Server.Interactions"],
        ["FhirTrials.Server/Importing"] = ["Fhir", "Trials", "Storage", "Server.Configuration"],
        ["FhirTrials.Server/Hosting"] =
        [
            "Fhir", "Trials", "Storage", "Server.Configuration", "Server.Http", "Server.Bundles", "Server.Interactions",
            "Server.Matching", "Server.Operations", "Server.Doors", "Server.OpenApi", "Server.Importing",
        ],
        ["FhirTrials.Server/Commands"] =
        [
            "Fhir", "Trials", "Storage", "Server.Configuration", "Server.Http", "Server.Matching", "Server.Operations",
            "Server.Hosting", "Server.Importing",
        ],
        // The route table and the entry point.
        ["FhirTrials.Server"] = [],
        ["Microsoft.SqlServer.Server"] = [],
    };

    /// <summary>As in <c>.editorconfig</c>, which no build holds code to.</summary>
    const int Columns = 120;

    public static TheoryData<string> Folders() => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_is_below_it(string folder) =>
        Assert.Empty(SourceFiles(folder)
            .SelectMany(file => Violations(folder, File.ReadAllText(file)).Select(v => $"{file}: {v}")));

    [Fact]
    public void Every_source_folder_is_in_the_table()
    {
        var src = Path.Combine(Repository.Root, "src");
        var listed = Allowed.Keys.SelectMany(SourceFiles).ToHashSet();
        var all = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories).Where(IsSource);

        Assert.DoesNotContain(all, file => !listed.Contains(file));
    }

    [Fact]
    public void A_planted_violation_is_found() =>
        Assert.Equal(
            ["FhirTrials.Storage.Search"],
            Violations(
                "FhirTrials.Fhir/Search", "using FhirTrials.Fhir.Model;\nusing static FhirTrials.Storage.Search;\n"));

    [Fact]
    public void A_planted_violation_within_the_server_is_found() =>
        Assert.Equal(
            ["FhirTrials.Server.Commands"],
            Violations(
                "FhirTrials.Server/Hosting", "using FhirTrials.Server.Http;\nusing FhirTrials.Server.Commands;\n"));

    [Fact]
    public void No_line_is_longer_than_the_editor_is_told() =>
        Assert.Empty(new[] { "src", "tests" }.Select(folder => Path.Combine(Repository.Root, folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => IsSource(file) && !IsIn(file, "Migrations"))
            .SelectMany(file => LongLines(File.ReadAllText(file)).Select(line => $"{file}:{line}")));

    [Fact]
    public void A_planted_long_line_is_found() =>
        Assert.Equal([2], LongLines($"{new string('ä', Columns)}\r\n{new string('ä', Columns + 1)}\r\n"));

    /// <summary>The numbers of the lines that have more columns, which are characters of UTF-16.</summary>
    static IEnumerable<int> LongLines(string source) =>
        source.ReplaceLineEndings("\n").Split('\n').Index().Where(l => l.Item.Length > Columns)
            .Select(l => l.Index + 1);

    static IEnumerable<string> Violations(string folder, string source) =>
        Using().Matches(source).Select(m => m.Groups[1].Value)
            .Where(used => !Allowed[folder].Append(folder.Replace('/', '.')["FhirTrials.".Length..])
                .Any(allowed => used == "FhirTrials." + allowed
                    || used.StartsWith($"FhirTrials.{allowed}.", StringComparison.Ordinal)));

    /// <summary>With the files of the folders below, unless these are listed themselves.</summary>
    static IEnumerable<string> SourceFiles(string folder)
    {
        var isSplit = Allowed.Keys.Any(k => k.StartsWith(folder + "/", StringComparison.Ordinal));
        var depth = isSplit ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
        return Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", depth).Where(IsSource);
    }

    static bool IsSource(string file) => !IsIn(file, "obj") && !IsIn(file, "bin");

    static bool IsIn(string file, string folder) =>
        file.Contains($"{Path.DirectorySeparatorChar}{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?(?:\w+ = )?(FhirTrials\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
