namespace FhirTrials.Server.Commands;

/// <summary>Tells configuration on the command line (<c>--Database:Provider=Sqlite</c>, <c>--urls http://…</c>) from
/// the arguments of a command.</summary>
static class Settings
{
    /// <summary>Splits off what is <c>--name=value</c> or has a colon in its name, with its value.</summary>
    public static (string[] Command, string[] Settings) Split(string[] args)
    {
        var command = new List<string>();
        var settings = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i] == "--")
            {
                command.Add(args[i]);
            }
            else if (args[i].Contains('=', StringComparison.Ordinal))
            {
                settings.Add(args[i]);
            }
            else if ((args[i] is "--urls" or "--environment" or "--contentRoot"
                || args[i].Contains(':', StringComparison.Ordinal)) && i + 1 < args.Length)
            {
                settings.Add(args[i]);
                settings.Add(args[++i]);
            }
            else
            {
                command.Add(args[i]);
            }
        }

        return ([.. command], [.. settings]);
    }
}
