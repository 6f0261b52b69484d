using FhirTrials.Server.Commands;
using FhirTrials.Tests;

namespace FhirTrials.Server.Tests.Commands;

public sealed class MatchCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-").FullName;

    [Theory]
    [InlineData(0, "relapsed-refractory-adult.json", "--on", "2026-11-21")]
    [InlineData(0, "relapsed-refractory-adult.json", "--on", "2026-11-21", "--study", "NCT04521231")]
    [InlineData(0, "relapsed-refractory-adult.json", "--near", "48.1|11.6|100|km", "--phase", "PHASE3", "--count", "1")]
    [InlineData(0, "relapsed-refractory-adult.json", "--json", "--unmentioned", "--country", "Germany", "--zip",
        "77030")]
    [InlineData(1, "relapsed-refractory-adult.json", "--near", "here")]
    [InlineData(1, "relapsed-refractory-adult.json", "--zip", "77030", "--radius", "far")]
    [InlineData(1, "relapsed-refractory-adult.json", "--zip", "77/030")]
    [InlineData(1, "relapsed-refractory-adult.json", "--study", "NCT99999999")]
    [InlineData(1, "relapsed-refractory-adult.json", "--on", "tomorrow")]
    [InlineData(1, "no-such-patient.json")]
    [InlineData(1, "expected.tsv")]
    public async Task The_exit_code_tells_whether_the_patient_was_matched(
        int expected, string file, params string[] options)
    {
        string[] settings =
        [
            $"--ConnectionStrings:FhirTrials=Data Source={Path.Combine(_folder, "test.db")}",
            $"--Examples:Path={Path.Combine(Repository.Root, "examples", "registry")}",
            $"--Profiles:Path={Path.Combine(Repository.Root, "profiles")}",
        ];

        var exit = await MatchCommand.Command(settings)
            .Parse([Path.Combine(Repository.Root, "examples", "patients", file), .. options])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(expected, exit);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
