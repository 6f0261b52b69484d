using System.CommandLine;
using System.Data.Common;
using FhirTrials.Server.Commands;

var (command, settings) = Settings.Split(args);
var root = new RootCommand("FhirTrials: clinical trials as computable FHIR R4. Without a command it serves them.")
{
    Import.Command(settings),
    MatchCommand.Command(settings),
    ValidateFiles.Command(settings),
    CriteriaCommand.Command(settings),
    Migrate.Command(settings),
    Check.Command(settings),
};
root.SetAction((_, ct) => Serve.Run(settings, ct));
try
{
    return await root.Parse(command).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is InvalidOperationException or InvalidDataException or IOException or DbException)
{
    // The configuration, a profile, or the database file is not as it must be: the operator needs the sentence, not the
    // stack.
    Console.Error.WriteLine(e.Message);
    return 1;
}
