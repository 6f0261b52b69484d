namespace FhirTrials.Server.Configuration;

/// <summary>Finds the folders that come with the product: those of a checkout, or beside the program.</summary>
static class Folders
{
    /// <summary>The configured folder (or file, such as a package), or the folder of that name in the working
    /// directory, the program's folder, or one above either; null where there is none.</summary>
    public static string? Find(string? configured, string name)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return Directory.Exists(configured) || File.Exists(configured)
                ? Path.GetFullPath(configured)
                : throw new DirectoryNotFoundException($"The configured folder '{configured}' does not exist.");
        }

        return Above(Directory.GetCurrentDirectory()).Concat(Above(AppContext.BaseDirectory))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(Directory.Exists);
    }

    /// <summary>The JSON files of a folder and those below it, in a stable order.</summary>
    public static IReadOnlyList<string> JsonFiles(string folder) => Files(folder, [".json"]);

    /// <summary>The files with one of the endings in a folder and those below it, in a stable order.</summary>
    public static IReadOnlyList<string> Files(string folder, string[] endings) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            .Order(StringComparer.Ordinal),
    ];

    static IEnumerable<string> Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
