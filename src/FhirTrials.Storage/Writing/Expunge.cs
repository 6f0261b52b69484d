using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage.Exports;
using FhirTrials.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Writing;

/// <summary>Removes for good, with everything that is kept of it, what a deletion keeps as history.</summary>
static class Expunge
{
    /// <summary>A resource with all its versions, or (<paramref name="version"/>) one that is no longer current. Gives
    /// how many versions were removed.</summary>
    public static async Task<int> Do(WriteTransaction transaction, short type, string id, int? version)
    {
        var context = transaction.Context;
        if (await context.Resources.SingleOrDefaultAsync(r => r.Type == type && r.Id == id) is not { } row)
        {
            return 0;
        }

        if (row.Version == version)
        {
            throw new FhirException(Issue.Error(
                IssueCode.Conflict,
                "The current version cannot be expunged alone. Expunge the resource, or write a new version first."));
        }

        // What caches follow the change numbers notices it by this one.
        transaction.NextChange();
        await OverwriteFreed(context, true);
        var removed = version is { } one
            ? await RemoveVersion(transaction, row.Key, one)
            : await RemoveAll(transaction, row.Key);
        await BulkExports.Discard(context);
        await ForgetWords(context);
        await OverwriteFreed(context, false);
        return removed;
    }

    static async Task<int> RemoveVersion(WriteTransaction transaction, long key, int version)
    {
        var removed = await transaction.Context.Versions
            .Where(v => v.ResourceKey == key && v.Version == version).ExecuteDeleteAsync();
        await transaction.Commands.Insert<ExpungedVersionRow>(
            removed == 0 ? [] : [new() { ResourceKey = key, Version = version }]);
        return removed;
    }

    static async Task<int> RemoveAll(WriteTransaction transaction, long key)
    {
        await transaction.Commands.ClearIndex([key]);
        await transaction.Context.ExpungedVersions.Where(v => v.ResourceKey == key).ExecuteDeleteAsync();
        return await transaction.Context.Versions.Where(v => v.ResourceKey == key).ExecuteDeleteAsync()
            + await transaction.Context.Resources.Where(r => r.Key == key).ExecuteDeleteAsync();
    }

    /// <summary>An embedded engine's full-text index keeps what was deleted until it is merged; this does so at once,
    /// in time that grows with the whole index.</summary>
    static Task ForgetWords(FhirContext context) => !context.Database.IsSqlite() ? Task.CompletedTask
        : context.Database.ExecuteSqlRawAsync("""
            INSERT INTO "WordIndex" ("WordIndex") VALUES ('optimize');
            INSERT INTO "TitleIndex" ("TitleIndex") VALUES ('optimize')
            """);

    /// <summary>Whether an embedded engine overwrites what it deletes, rather than only forget where it was.</summary>
    static Task OverwriteFreed(FhirContext context, bool isOn) => !context.Database.IsSqlite() ? Task.CompletedTask
        : context.Database.ExecuteSqlRawAsync(isOn ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = OFF");
}
