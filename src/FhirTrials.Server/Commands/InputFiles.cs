using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Hosting;

namespace FhirTrials.Server.Commands;

/// <summary>The files that a command line names, and lines about them.</summary>
static class InputFiles
{
    /// <summary>Each file, and each JSON file of each folder; false, with a message, where a path does not exist.</summary>
    public static bool TryFind(string[] paths, out IReadOnlyList<string> files)
    {
        var missing = paths.Where(p => !Path.Exists(p)).ToList();
        missing.ForEach(path => Console.Error.WriteLine($"{path}: there is no such file or folder."));
        files = missing.Count > 0 ? [] : [.. paths.SelectMany(p => Directory.Exists(p) ? Folders.JsonFiles(p) : [p])];
        if (missing.Count == 0 && files.Count == 0)
        {
            Console.Error.WriteLine("The folders hold no .json files.");
        }

        return files.Count > 0;
    }

    /// <summary><c>file:line:column: severity code: sentence [expression]</c></summary>
    public static string Line(string file, Issue issue)
    {
        var place = issue.Position.Line > 0 ? $":{issue.Position.Line}:{issue.Position.Column}" : "";
        var expression = issue.Expression is null ? "" : $" [{issue.Expression}]";
        return $"{file}{place}: {issue.Severity.ToFhirCode()} {issue.Code.ToFhirCode()}: {issue.Diagnostics}{expression}";
    }
}
