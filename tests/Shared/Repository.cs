namespace FhirTrials.Tests;

/// <summary>Where the checkout and the reference data beside it are.</summary>
static class Repository
{
    /// <summary>The folder that holds FhirTrials.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the reference data beside the checkout; the calling test is
    /// skipped where it is absent.</summary>
    public static string SharedData(params string[] path)
    {
        var full = Path.GetFullPath(Path.Combine([Root, "..", "shared", "data", .. path]));
        Assert.SkipUnless(
            Path.Exists(full), $"The reference data {string.Join('/', path)} is not beside the checkout.");
        return full;
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FhirTrials.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException("FhirTrials.sln is in no folder above the tests.");
    }
}
