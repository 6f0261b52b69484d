using FhirTrials.Server.Configuration;
using FhirTrials.Server.Importing;
using FhirTrials.Storage;

namespace FhirTrials.Server.Hosting;

/// <summary>What a start brought into the store.</summary>
/// <param name="Refusals">A line for each example that was refused.</param>
sealed record Loaded(int Profiles, int Studies, int Resources, IReadOnlyList<string> Refusals);

/// <summary>Brings the database up to date: schema, conformance resources, and examples where it is empty.</summary>
static class StartUp
{
    public static async Task<Loaded> Load(IServiceProvider services, CancellationToken ct)
    {
        var store = services.GetRequiredService<ResourceStore>();
        await services.GetRequiredService<FhirDatabase>().Migrate(ct);
        var wasEmpty = await store.LastChange(ct) == 0;
        var profiles = await StoreProfiles(services.GetRequiredService<Profiles>(), store, ct);
        await store.LoadSearchParameters(ct);
        var configuration = services.GetRequiredService<IConfiguration>();
        var folder = configuration.GetValue("Examples:Load", defaultValue: true) && wasEmpty
            ? Folders.Find(configuration["Examples:Path"], Path.Combine("examples", "registry"))
            : null;
        return folder is null
            ? new Loaded(profiles, 0, 0, [])
            : await ImportExamples(folder, profiles, services.GetRequiredService<TrialImport>(), ct);
    }

    /// <summary>Only where the package is another than at the last start; unchanged ones make no new version.</summary>
    static async Task<int> StoreProfiles(Profiles profiles, ResourceStore store, CancellationToken ct)
    {
        await store.WritePackage("profiles", [.. profiles.Resources.Where(r => r.Id is not null)], ct);
        return profiles.Resources.Length;
    }

    static async Task<Loaded> ImportExamples(string folder, int profiles, TrialImport import, CancellationToken ct)
    {
        var (studies, resources, refusals) = (0, 0, new List<string>());
        foreach (var file in Folders.JsonFiles(folder))
        {
            var imported = await import.Import(await File.ReadAllBytesAsync(file, ct), ct);
            if (imported.IsRefused)
            {
                refusals.Add($"{Path.GetFileName(file)} was refused: {imported.Reason}");
                continue;
            }

            studies++;
            resources += imported.Written;
        }

        return new Loaded(profiles, studies, resources, refusals);
    }
}
