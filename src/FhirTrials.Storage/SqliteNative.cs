using System.Runtime.InteropServices;

namespace FhirTrials.Storage;

/// <summary>Functions of the SQLite library that its driver does not offer —
/// https://sqlite.org/c3ref/funclist.html</summary>
static class SqliteNative
{
    const string Library = "e_sqlite3";
    const DllImportSearchPath Places = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;

    public const int Ok = 0, Row = 100, Done = 101;

    [DllImport(Library, EntryPoint = "sqlite3_prepare_v2"), DefaultDllImportSearchPaths(Places)]
    public static extern int Prepare(SafeHandle connection, nint sql, int length, out nint statement, out nint rest);

    [DllImport(Library, EntryPoint = "sqlite3_bind_parameter_index"), DefaultDllImportSearchPaths(Places)]
    public static extern int ParameterIndex(nint statement, ref byte name);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64"), DefaultDllImportSearchPaths(Places)]
    public static extern int BindInteger(nint statement, int index, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_double"), DefaultDllImportSearchPaths(Places)]
    public static extern int BindReal(nint statement, int index, double value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null"), DefaultDllImportSearchPaths(Places)]
    public static extern int BindNull(nint statement, int index);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text"), DefaultDllImportSearchPaths(Places)]
    public static extern int BindText(nint statement, int index, ref byte text, int length, nint release);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob"), DefaultDllImportSearchPaths(Places)]
    public static extern int BindBlob(nint statement, int index, ref byte bytes, int length, nint release);

    [DllImport(Library, EntryPoint = "sqlite3_step"), DefaultDllImportSearchPaths(Places)]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset"), DefaultDllImportSearchPaths(Places)]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_finalize"), DefaultDllImportSearchPaths(Places)]
    public static extern int Release(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_errmsg"), DefaultDllImportSearchPaths(Places)]
    public static extern nint ErrorMessage(SafeHandle connection);

    [DllImport(Library, EntryPoint = "sqlite3_extended_errcode"), DefaultDllImportSearchPaths(Places)]
    public static extern int ExtendedErrorCode(SafeHandle connection);

    [DllImport(Library, EntryPoint = "sqlite3_busy_handler"), DefaultDllImportSearchPaths(Places)]
    public static extern int SetBusyHandler(SafeHandle connection, BusyHandler handler, nint seconds);

    [DllImport(Library, EntryPoint = "sqlite3_file_control"), DefaultDllImportSearchPaths(Places)]
    public static extern int FileControl(SafeHandle connection, nint database, int code, out int value);

    /// <summary>Gives whether to look again whether the database is free.</summary>
    /// <param name="seconds">As given to <see cref="SetBusyHandler"/>.</param>
    /// <param name="looks">How often it was asked before.</param>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int BusyHandler(nint seconds, int looks);
}
