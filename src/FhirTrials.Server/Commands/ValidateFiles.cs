using System.CommandLine;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Hosting;

namespace FhirTrials.Server.Commands;

/// <summary><c>validate FILE...</c>: FHIR resources against R4 and the profiles they
/// claim; no database is needed.</summary>
static class ValidateFiles
{
    public static Command Command(string[] settings)
    {
        var paths = new Argument<string[]>("FILE|DIR")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "FHIR resources in JSON, or folders of them",
        };
        var profiles =
            new Option<string[]>("--profile") { Description = "Canonical URL of a further profile to hold them to" };
        var command = new Command("validate", "Validate FHIR resources and print every issue with its place.")
        {
            paths, profiles,
        };
        command.SetAction((parsed, ct) => Run(parsed.GetValue(paths)!, parsed.GetValue(profiles) ?? [], settings, ct));
        return command;
    }

    /// <returns>0; 1 where a file has an error or a path does not exist.</returns>
    static async Task<int> Run(string[] paths, string[] profiles, string[] settings, CancellationToken ct)
    {
        if (!InputFiles.TryFind(paths, [".json"], out var files))
        {
            return 1;
        }

        await using var app = FhirTrialsApp.Build(settings);
        var definitions = app.Services.GetRequiredService<FhirDefinitions>();
        if (profiles.FirstOrDefault(p => definitions.StructureDefinition(p) is null) is { } unknown)
        {
            Console.Error.WriteLine($"The profile '{unknown}' is not known.");
            return 1;
        }

        var options = new ValidationOptions { Profiles = [.. profiles] };
        var validator = app.Services.GetRequiredService<Validator>();
        var invalid = 0;
        foreach (var file in files)
        {
            var read = FhirJson.Read(await File.ReadAllBytesAsync(file, ct), definitions.Types);
            var issues = validator.Validate(read, options);
            foreach (var issue in issues)
            {
                Console.WriteLine(IssueLine.Of(file, issue));
            }

            invalid += issues.Any(i => i.IsError) ? 1 : 0;
        }

        Console.WriteLine($"{files.Count} files: {files.Count - invalid} valid, {invalid} invalid");
        return invalid == 0 ? 0 : 1;
    }
}
