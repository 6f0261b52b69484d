using FhirTrials.Fhir.Outcomes;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Storage.Tests;

/// <summary>What happens while an embedded database cannot be had, and after.</summary>
public sealed class AvailabilityTests
{
    static readonly DatabaseOptions Impatient = new() { BusySeconds = 1 };

    static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task While_another_process_holds_the_lock_reads_go_on_and_writes_are_told_to_come_again()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite, Impatient);
        await test.Put(Patient("ann"));
        await using var other = new SqliteConnection($"Data Source={test.File};Pooling=False");
        await other.OpenAsync(Ct);
        await Execute(other, "BEGIN EXCLUSIVE");

        await Unavailable(() => test.Put(Patient("bob")));
        Assert.NotNull(await test.Store.Read("Patient", "ann", Ct));

        await Execute(other, "ROLLBACK");
        await test.Put(Patient("bob"));
        Assert.Equal(["ann", "bob"], await test.Ids("Patient"));
    }

    [Fact]
    public async Task A_write_waits_for_another_process_that_is_soon_done()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put(Patient("ann"));
        await using var other = new SqliteConnection($"Data Source={test.File};Pooling=False");
        await other.OpenAsync(Ct);
        await Execute(other, "BEGIN IMMEDIATE");

        var waiting = test.Put(Patient("bob"));
        await Task.Delay(200, Ct);
        Assert.False(waiting.IsCompleted);
        await Execute(other, "COMMIT");

        Assert.Equal(WriteOutcome.Created, (await waiting).Outcome);
    }

    [Fact]
    public async Task While_the_folder_is_away_every_question_is_told_so_and_afterwards_all_is_as_before()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put(Patient("ann"));
        var folder = Path.GetDirectoryName(test.File)!;
        Directory.Move(folder, folder + "-away");

        await Unavailable(() => test.Put(Patient("bob")));
        await Unavailable(() => test.Store.Read("Patient", "ann", Ct));
        await Unavailable(() => test.Search("Patient"));
        await Unavailable(() => test.Store.LastChange(Ct));
        await Unavailable(() => test.Store.History([], null, null, null, 10, null, Ct));
        Assert.False(File.Exists(test.File));

        Directory.Move(folder + "-away", folder);
        Assert.NotNull(await test.Store.Read("Patient", "ann", Ct));
        await test.Put(Patient("bob"));
        Assert.Equal(["ann", "bob"], await test.Ids("Patient"));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_not_written_to()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put(Patient("ann"));
        File.Move(test.File, test.File + ".away");
        await Unavailable(() => test.Store.Read("Patient", "ann", Ct));
        await File.WriteAllTextAsync(test.File, new string('x', 8192), Ct);

        await Unavailable(() => test.Put(Patient("bob")));

        Assert.Equal(new string('x', 8192), await File.ReadAllTextAsync(test.File, Ct));
        File.Move(test.File + ".away", test.File, overwrite: true);
    }

    static async Task Unavailable<T>(Func<Task<T>> question)
    {
        var failure = await Assert.ThrowsAsync<FhirException>(question);
        Assert.Equal((503, IssueCode.Transient), (failure.Status, failure.Issues[0].Code));
    }

    static async Task Execute(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }

    static string Patient(string id) => $$"""{"resourceType":"Patient","id":"{{id}}","active":true}""";
}
