using System.Collections.Frozen;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Storage;

/// <summary>What a failure of the engine means.</summary>
static class DatabaseFault
{
    // https://sqlite.org/rescode.html
    public const int SqliteCannotOpen = 14;

    const int SqlitePerm = 3, SqliteBusy = 5, SqliteLocked = 6, SqliteReadOnly = 8, SqliteIo = 10, SqliteFull = 13,
        SqliteNoDatabase = 26;

    // https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors
    const int SqlDeadlock = 1205, SqlLockTimeout = 1222, SqlSnapshotConflict = 3960;

    /// <summary>Below <see cref="SqlResourceSeverity"/>: timeout, database offline, no replica that may be read,
    /// read-only, cannot be opened, login refused, server paused, unavailable, too many requests.</summary>
    static readonly FrozenSet<int> SqlAway =
        new[] { -2, 942, 976, 983, 3906, 4060, 4221, 17142, 18456, 40613, 49918, 49919, 49920 }.ToFrozenSet();

    /// <summary>From this severity on the server is short of resources or the connection is broken.</summary>
    const byte SqlResourceSeverity = 17;

    /// <summary>Whether the engine failed rather than what was asked of it.</summary>
    public static bool IsOfDatabase(Exception e) => Of(e) is not null;

    /// <summary>Whether another writer was in the way: tried again it may succeed.</summary>
    public static bool IsConflict(Exception e) => Of(e) switch
    {
        SqliteException s => s.SqliteErrorCode is SqliteBusy or SqliteLocked,
        SqlException s => s.Number is SqlDeadlock or SqlLockTimeout or SqlSnapshotConflict,
        _ => false,
    };

    /// <summary>Whether the database cannot be reached, read or written at present.</summary>
    public static bool IsAway(Exception e) => Of(e) switch
    {
        SqliteException s => s.SqliteErrorCode
            is SqlitePerm or SqliteReadOnly or SqliteIo or SqliteFull or SqliteCannotOpen or SqliteNoDatabase,
        SqlException s => s.Class >= SqlResourceSeverity || SqlAway.Contains(s.Number),
        _ => false,
    };

    /// <summary>The engine's error code, for logs: its message may quote what was written.</summary>
    public static string Code(Exception e) => Of(e) switch
    {
        SqliteException s => FormattableString.Invariant($"SQLite error {s.SqliteExtendedErrorCode}"),
        SqlException s => FormattableString.Invariant($"SQL Server error {s.Number}, severity {s.Class}"),
        _ => e.GetType().Name,
    };

    /// <summary>EF wraps some of the engine's exceptions.</summary>
    static Exception? Of(Exception? e) => e is null or SqliteException or SqlException ? e : Of(e.InnerException);
}
