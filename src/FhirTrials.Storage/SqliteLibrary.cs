using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FhirTrials.Storage;

/// <summary>Loads SQLite. The driver was built against SQLitePCLRaw 2.1 while the package index has 2.0, whose lower
/// assembly version the runtime refuses; the members that the driver uses are the same in both.</summary>
static class SqliteLibrary
{
    const int HasMovedCode = 20;
    const int ConfigureMemoryStatus = 9;

    /// <summary>Between two looks whether a database is still busy.</summary>
    const int MaxPauseMilliseconds = 3;

    // The compiler, too, minds the versions where the property's type is named.
    static readonly Func<SqliteConnection, SafeHandle> Handle =
        typeof(SqliteConnection).GetProperty("Handle")!.GetMethod!.CreateDelegate<Func<SqliteConnection, SafeHandle>>();

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must run before the driver is first used.")]
    internal static void Load()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            name.Name is { } assembly && assembly.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal)
                && FileOf(assembly) is { } file ? context.LoadFromAssemblyPath(file) : null;
        Batteries_V2.Init();

        // Counting memory, which nobody asks for, takes a lock of all connections for every allocation.
        _ = raw.sqlite3_config(ConfigureMemoryStatus, 0);
    }

    /// <summary>Where the host knows the assembly to be: beside the application, or in
    /// the package folder for tools.</summary>
    static string? FileOf(string assembly) =>
        (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator)
            .Append(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"))
            .FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == assembly && File.Exists(path));

    /// <summary>The engine's own connection.</summary>
    public static SafeHandle HandleOf(SqliteConnection connection) => Handle(connection);

    /// <summary>Whether the file of an open connection is no longer in its place: renamed, deleted or replaced —
    /// https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html#sqlitefcntlhasmoved</summary>
    public static bool HasMoved(SqliteConnection connection) =>
        SqliteNative.FileControl(Handle(connection), 0, HasMovedCode, out var hasMoved) == 0 && hasMoved != 0;

    /// <summary>Lets a connection wait for the writes of others, for so long at most, by looking every few
    /// milliseconds. The engine's own waiting looks ever more seldom: beside a node that writes without a pause its
    /// turn might not come — https://sqlite.org/c3ref/busy_handler.html</summary>
    public static void WaitWhileBusy(SqliteConnection connection, int seconds) =>
        _ = SqliteNative.SetBusyHandler(Handle(connection), Waiting, seconds);

    /// <summary>Kept, since the engine has nothing but its address.</summary>
    static readonly SqliteNative.BusyHandler Waiting = Wait;

    [ThreadStatic]
    static long _waitingSince;

    static int Wait(nint seconds, int looks)
    {
        if (looks == 0)
        {
            _waitingSince = Stopwatch.GetTimestamp();
        }

        if (Stopwatch.GetElapsedTime(_waitingSince) >= TimeSpan.FromSeconds(seconds))
        {
            return 0;
        }

        Thread.Sleep(Random.Shared.Next(1, MaxPauseMilliseconds + 1));
        return 1;
    }
}
