using FhirTrials.Server.Hosting;
using FhirTrials.Storage;
using FhirTrials.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FhirTrials.Server.Tests.Importing;

/// <summary>The application's services on an empty database, for the tests of one class.</summary>
public sealed class ImportedDatabase : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("fhirtrials-import-").FullName;
    readonly WebApplication _app;

    public ImportedDatabase() => _app = FhirTrialsApp.Build(
    [
        $"--ConnectionStrings:FhirTrials=Data Source={Path.Combine(_folder, "test.db")}",
        $"--Profiles:Path={Path.Combine(Repository.Root, "profiles")}",
        "--Examples:Load=false",
    ]);

    public IServiceProvider Services => _app.Services;

    public ResourceStore Store => _app.Services.GetRequiredService<ResourceStore>();

    public async ValueTask InitializeAsync() => await StartUp.Load(_app.Services, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
