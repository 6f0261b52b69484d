using FhirTrials.Fhir.Outcomes;
using Microsoft.Data.Sqlite;

namespace FhirTrials.Storage.Tests.Writing;

public sealed class ExpungeTests
{
    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task An_expunged_resource_leaves_nothing(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);
        var before = await test.Store.LastChange(Ct);

        var removed = await test.Store.Expunge("Patient", "ann", null, Ct);

        Assert.Equal(2, removed);
        Assert.Null(await test.Store.Read("Patient", "ann", Ct));
        Assert.Null(await test.Store.VRead("Patient", "ann", 1, Ct));
        Assert.Empty(await test.Ids("Patient?name=secret"));
        Assert.Equal(
            ["bob"], (await test.Store.History([], null, null, null, 10, null, Ct)).Versions.Select(v => v.Id));
        Assert.NotEqual(before, await test.Store.LastChange(Ct));
        Assert.Equal(0, await test.Store.Expunge("Patient", "ann", null, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_expunged_id_may_be_used_again(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);
        await test.Store.Write([new DeleteOperation("Patient", "ann")], Ct);

        await test.Store.Expunge("Patient", "ann", null, Ct);
        var written = await test.Put(Patient("ann", "new"));

        Assert.Equal((WriteOutcome.Created, 1), (written.Outcome, written.Resource!.Version));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_old_version_is_expunged_alone(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);

        Assert.Equal(1, await test.Store.Expunge("Patient", "ann", 1, Ct));
        Assert.Equal(0, await test.Store.Expunge("Patient", "ann", 7, Ct));

        Assert.Null(await test.Store.VRead("Patient", "ann", 1, Ct));
        Assert.Equal(
            [2],
            (await test.Store.History(["Patient"], "ann", null, null, 10, null, Ct)).Versions.Select(v => v.Version));
        Assert.Equal(["ann"], await test.Ids("Patient?name=secret"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_current_version_is_not_expunged_alone(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);

        var failure = await Assert.ThrowsAsync<FhirException>(() => test.Store.Expunge("Patient", "ann", 2, Ct));

        Assert.Equal(409, failure.Status);
        Assert.NotNull(await test.Store.Read("Patient", "ann", Ct));
    }

    [Fact]
    public async Task Nothing_expunged_is_left_in_the_file()
    {
        await using var test = await Fill(DatabaseProvider.Sqlite);
        await test.Store.Expunge("Patient", "ann", null, Ct);
        await using var connection = new SqliteConnection($"Data Source={test.File}");
        await connection.OpenAsync(Ct);
        await using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync(Ct);

        var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(test.File, Ct));

        Assert.Contains("bobsname", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Two versions of one patient and one of another.</summary>
    static async Task<TestStore> Fill(DatabaseProvider provider)
    {
        var test = await TestStore.Create(provider);
        await test.Put(Patient("ann", "secret"));
        await test.Put(Patient("ann", "secretly"));
        await test.Put(Patient("bob", "bobsname"));
        return test;
    }

    static string Patient(string id, string family) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"family":"{{family}}"}]}""";
}
