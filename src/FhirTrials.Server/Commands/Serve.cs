using System.Globalization;
using System.Diagnostics;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;
using FhirTrials.Server.Http;

namespace FhirTrials.Server.Commands;

/// <summary>No command: migrate, load what comes with the product, and serve.</summary>
static class Serve
{
    public static async Task<int> Run(string[] settings, CancellationToken ct)
    {
        await using var app = FhirTrialsApp.Build(settings);
        foreach (var note in app.Services.GetService<SiteVocabulary>()?.Notes ?? [])
        {
            app.Logger.LogWarning("{Note}", note);
        }

        var watch = Stopwatch.StartNew();
        var loaded = await StartUp.Load(app.Services, ct);
        app.Lifetime.ApplicationStarted.Register(() => Announce(app, loaded, watch.Elapsed));
        await app.RunAsync(ct);
        return 0;
    }

    static void Announce(WebApplication app, Loaded loaded, TimeSpan time)
    {
        var url = app.Urls.FirstOrDefault("http://localhost").Replace("[::]", "localhost", StringComparison.Ordinal);
        Console.WriteLine($"FhirTrials {ProductVersion.Text} serves FHIR R4 at {url}{FhirUrl.Path}");
        Console.WriteLine($"Swagger UI at {url}/swagger");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Loaded {loaded.Profiles} conformance resources and {loaded.Studies} example studies "
                + $"({loaded.Resources} resources) in {time.TotalSeconds:0.0} s"));
        foreach (var refusal in loaded.Refusals)
        {
            Console.Error.WriteLine(refusal);
        }
    }
}
