using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using SQLitePCL;

namespace FhirTrials.Storage;

/// <summary>Loads SQLite. The driver was built against SQLitePCLRaw 2.1 while the package index has 2.0, whose lower
/// assembly version the runtime refuses; the members that the driver uses are the same in both.</summary>
static class SqliteLibrary
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must run before the driver is first used.")]
    internal static void Load()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name is { } assembly && assembly.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal)
                && FileOf(assembly) is { } file ? context.LoadFromAssemblyPath(file) : null;
        Batteries_V2.Init();
    }

    /// <summary>Where the host knows the assembly to be: beside the application, or in the package folder for tools.</summary>
    static string? FileOf(string assembly) =>
        (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"))
            .FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == assembly && File.Exists(path));
}
