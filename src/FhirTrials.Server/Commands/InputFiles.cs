using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Commands;

/// <summary>The files that a command line names.</summary>
static class InputFiles
{
    /// <summary>Each file, and each file of those endings in each folder; false, with a message,
    /// where a path does not exist.</summary>
    public static bool TryFind(string[] paths, string[] endings, out IReadOnlyList<string> files)
    {
        var missing = paths.Where(p => !Path.Exists(p)).ToList();
        missing.ForEach(path => Console.Error.WriteLine($"{path}: there is no such file or folder."));
        files =
            missing.Count > 0 ? [] : [.. paths.SelectMany(p => Directory.Exists(p) ? Folders.Files(p, endings) : [p])];
        if (missing.Count == 0 && files.Count == 0)
        {
            Console.Error.WriteLine($"The folders hold no files that end in {string.Join(", ", endings)}.");
        }

        return files.Count > 0;
    }
}
