using System.CommandLine;
using FhirTrials.Server.Commands;

var (command, settings) = Settings.Split(args);
var root = new RootCommand("FhirTrials: clinical trials as computable FHIR R4. Without a command it serves them.")
{
    Import.Command(settings),
    MatchCommand.Command(settings),
    ValidateFiles.Command(settings),
    Migrate.Command(settings),
};
root.SetAction((_, ct) => Serve.Run(settings, ct));
return await root.Parse(command).InvokeAsync();
