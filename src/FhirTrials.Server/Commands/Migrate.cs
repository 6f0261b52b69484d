using System.CommandLine;
using FhirTrials.Server.Hosting;
using FhirTrials.Storage;

namespace FhirTrials.Server.Commands;

/// <summary><c>migrate</c>: brings the database's schema up to date and exits.</summary>
static class Migrate
{
    public static Command Command(string[] settings)
    {
        var command = new Command("migrate", "Create the database or bring its schema up to date.");
        command.SetAction((_, ct) => Run(settings, ct));
        return command;
    }

    static async Task<int> Run(string[] settings, CancellationToken ct)
    {
        await using var app = FhirTrialsApp.Build(settings);
        await app.Services.GetRequiredService<FhirDatabase>().Migrate(ct);
        Console.WriteLine("The database is up to date.");
        return 0;
    }
}
