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
        {
            var file = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
            return name.Name is { } assembly && assembly.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal)
                && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        Batteries_V2.Init();
    }
}
