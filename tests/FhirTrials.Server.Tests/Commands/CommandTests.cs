using System.Diagnostics;
using FhirTrials.Tests;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Server.Tests.Commands;

/// <summary>The commands as they are typed, each in a process of its own.</summary>
public sealed class CommandTests : IDisposable
{
    static readonly string Program = Path.Combine(AppContext.BaseDirectory, "FhirTrials.Server.dll");
    static readonly string Study = Path.Combine(Repository.Root, "examples", "registry", "NCT02458014.json");

    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-command-").FullName;

    [Fact]
    public async Task A_record_is_imported_once_and_a_bad_one_is_refused_with_its_place()
    {
        var broken = File("broken.json", "{\n  \"protocolSection\": [1, }");
        var stranger = File("stranger.json", """{"resourceType":"Patient"}""");

        var first = await Run("import", Study);
        var second = await Run("import", Study, broken, stranger);

        Assert.Equal(0, first.Code);
        Assert.Contains("1 records: 1 new, 0 changed, 0 unchanged, 0 refused", first.Output, StringComparison.Ordinal);
        Assert.Equal(1, second.Code);
        Assert.Contains(
            "3 records: 0 new, 0 changed, 1 unchanged, 2 refused; 0 resources written", second.Output,
            StringComparison.Ordinal);
        Assert.Contains($"{broken}:2:", second.Error, StringComparison.Ordinal);
        Assert.Contains($"{stranger}: error required", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_come_from_pages_lines_and_zips_and_what_is_wrong_with_a_leaf_is_said()
    {
        static string Record(int number, string status) =>
            $$"""{"protocolSection":{"identificationModule":{"nctId":"NCT0000000{{number}}","briefTitle":"A study"}"""
            + $$""","statusModule":{"overallStatus":"{{status}}"} } }""";
        var page = File(
            "page.json",
            $$"""{"totalCount":2,"studies":[{{Record(1, "COMPLETED")}},{{Record(2, "PAUSED")}}]"""
                + ""","nextPageToken":"x"}""");
        var lines = File("lines.ndjson", $"{Record(3, "COMPLETED")}\n\n{Record(4, "COMPLETED")}\nno record\n");
        var zip = Path.Combine(_folder, "records.zip");
        using (var archive = System.IO.Compression.ZipFile.Open(zip, System.IO.Compression.ZipArchiveMode.Create))
        {
            System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, Study, "deep/record.json");
            System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(archive, Study, "deep/readme.txt");
        }

        var run = await Run("import", page, lines, zip, File("torn.zip", "PK"));

        Assert.Contains("7 records: 5 new, 0 changed, 0 unchanged, 2 refused", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"{page}#2: warning code-invalid: protocolSection.statusModule.overallStatus", run.Error,
            StringComparison.Ordinal);
        Assert.Contains($"{lines}:4:1:", run.Error, StringComparison.Ordinal);
        Assert.Contains("torn.zip: error structure", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validation_prints_every_issue_with_its_place()
    {
        var good = File("good.json", """{"resourceType":"Patient","active":true}""");
        var bad = File("bad.json", "{\"resourceType\":\"Patient\",\n\"gender\":\"diverse\",\n\"foo\":1}");

        var valid = await Run("validate", good);
        var invalid = await Run("validate", good, bad);

        Assert.Equal(
            (0, true), (valid.Code, valid.Output.Contains("1 files: 1 valid, 0 invalid", StringComparison.Ordinal)));
        Assert.Equal(1, invalid.Code);
        Assert.Contains($"{bad}:3:", invalid.Output, StringComparison.Ordinal);
        Assert.Contains("code-invalid", invalid.Output, StringComparison.Ordinal);
        Assert.Contains("2 files: 1 valid, 1 invalid", invalid.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_are_printed_as_json_lines_or_for_people()
    {
        var text = File("criteria.txt", "* Age ≥ 18 years\n* Signed consent\n");

        var json = await Run("criteria", text, "--json");
        var people = await Run("criteria", Study);

        Assert.Equal((0, 0), (json.Code, people.Code));
        Assert.Equal(["age", "consent"], json.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("tree")
                .GetProperty("kind").GetString()));
        Assert.Contains("Age ≥ 18 a", people.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_are_read_with_the_terminology_of_the_site()
    {
        var text = File("criteria.txt", "* Blue cell leukemia\n");
        var site = Directory.CreateDirectory(Path.Combine(_folder, "site")).FullName;
        File(
            Path.Combine(site, "own.tsv"),
            "concept\tsystem\tcode\tname\tparent\n"
                + "Blue cell leukemia\t\t\tblue marrow disease\tacute lymphoblastic leukemia\n");

        var product = await Run("criteria", text, "--json");
        var own = await Run("criteria", text, "--json", $"--Vocabulary:Path={site}");

        Assert.DoesNotContain("site-blue-cell-leukemia", product.Output, StringComparison.Ordinal);
        Assert.Contains("site-blue-cell-leukemia", own.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_finds_and_repairs_an_index_that_is_wrong()
    {
        await Run("import", Study);
        var sound = await Run("check");
        await Execute("""
            UPDATE StringIndex SET Value = Value || 'x'
            WHERE ResourceKey IN (SELECT Key FROM Resource WHERE Id = 'NCT02458014')
            """);

        var damaged = await Run("check");
        var repaired = await Run("check", "--repair");
        var after = await Run("check");

        Assert.Equal((0, 1, 1, 0), (sound.Code, damaged.Code, repaired.Code, after.Code));
        Assert.Contains("No problem was found.", sound.Output, StringComparison.Ordinal);
        Assert.Contains("ResearchStudy/NCT02458014: the search index is not", damaged.Output, StringComparison.Ordinal);
        Assert.Contains("written anew", repaired.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_of_a_database_that_is_not_migrated_says_so()
    {
        await Run("migrate");
        await Execute("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_Titles'");

        var run = await Run("check");

        Assert.Equal((1, ""), (run.Code, run.Output.Trim()));
        Assert.Contains("Run migrate first", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_none_is_refused()
    {
        var run = await Run("criteria", File("broken.json", "{\"protocolSection\": [1, }"));
        Assert.Equal(1, run.Code);
        Assert.Contains("broken.json:1:", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import", "nosuch.json")]
    [InlineData("criteria", "nosuch.txt")]
    [InlineData("validate", "nosuch.json")]
    [InlineData("import")]
    [InlineData("nosuch")]
    [InlineData("migrate", "--Database:Provider=nosuch")]
    public async Task What_cannot_be_done_ends_with_a_message_and_not_with_zero(params string[] arguments)
    {
        var run = await Run(arguments);

        Assert.NotEqual(0, run.Code);
        Assert.NotEmpty(run.Error.Trim());
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, "fhirtrials.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Program, .. arguments, $"--Profiles:Path={Path.Combine(Repository.Root, "profiles")}"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
