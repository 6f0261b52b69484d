namespace FhirTrials.Benchmarks;

/// <summary>The checkout that the benchmarks run in.</summary>
static class Checkout
{
    /// <summary>The folder that holds FhirTrials.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Material and other implementations: npm's packages.</summary>
    public static string Conformance { get; } = Path.Combine(Root, "tests", "conformance");

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FhirTrials.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("FhirTrials.sln is in no folder above.");
        }

        return folder.FullName;
    }
}
