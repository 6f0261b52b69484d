using System.Collections.Immutable;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Storage.Tests.Writing;

/// <summary>Writes that share a commit.</summary>
public sealed class WriteQueueTests
{
    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_writes_that_share_a_commit_one_fails_alone(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Patient("ann", "true"));

        var (changed, stale, condition, other) = await Together(
            test,
            () => test.Put(Patient("ann", "false")),
            () => Write(test, new UpdateOperation(TestStore.Resource(Patient("ann", "true")), "ann", IfMatch: 1)),
            () => Write(
                test,
                new CreateOperation(TestStore.Resource(Patient("kim", "true")), "kim"),
                new CreateOperation(
                    TestStore.Resource(Patient("lee", "true")), "lee", test.Query("Patient?active=true,false")),
                new CreateOperation(TestStore.Resource(Patient("ann", "true")), "ann")),
            () => test.Put(Patient("bob", "true")));

        Assert.Equal(412, (await Assert.ThrowsAsync<FhirException>(() => stale)).Status);
        Assert.Equal(412, (await Assert.ThrowsAsync<FhirException>(() => condition)).Status);
        Assert.Equal((await changed).Resource!.LastUpdated, (await other).Resource!.LastUpdated);
        Assert.Equal((await changed).Resource!.Change + 1, (await other).Resource!.Change);
        Assert.Equal(["ann"], await test.Ids("Patient?active=false"));
        Assert.Equal(["bob"], await test.Ids("Patient?active=true"));
        Assert.Null(await test.Store.Read("Patient", "kim", Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_write_sees_those_that_share_its_commit(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var bob = TestStore.Resource(Patient("bob", "true"));

        var (first, second, third, fourth) = await Together(
            test,
            () => test.Put(Patient("ann", "true")),
            () => test.Put(Patient("ann", "false")),
            () => Write(test, new CreateOperation(bob, "bob", test.Query("Patient?active=true"))),
            () => Write(test, new CreateOperation(bob, "eve", test.Query("Patient?active=true"))));

        Assert.Equal((1, 2), ((await first).Resource!.Version, (await second).Resource!.Version));
        Assert.Equal((WriteOutcome.Created, "bob"), Told(await third));
        Assert.Equal((WriteOutcome.Unchanged, "bob"), Told(await fourth));

        static (WriteOutcome, string) Told(WriteResult result) => (result.Outcome, result.Resource!.Id);
    }

    /// <summary>The first fails when its resource was sent, for it is written twice; the second
    /// changes what the third deletes.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task The_index_of_writes_that_share_a_commit_is_that_of_what_they_leave(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Patient("ann", "true"));

        var (failed, changed, deleted, other) = await Together(
            test,
            () => Write(
                test,
                new CreateOperation(TestStore.Resource(Patient("kim", "true")), "kim"),
                new UpdateOperation(TestStore.Resource(Patient("kim", "false")), "kim"),
                new UpdateOperation(TestStore.Resource(Patient("kim", "true")), "kim", IfMatch: 1)),
            () => test.Put(Patient("ann", "false")),
            () => Write(test, new DeleteOperation("Patient", "ann")),
            () => test.Put(Patient("bob", "true")));

        Assert.Equal(412, (await Assert.ThrowsAsync<FhirException>(() => failed)).Status);
        await Task.WhenAll(changed, deleted, other);
        var report = await test.Store.Check(repair: false, Ct);
        Assert.Empty(report.Findings);
        Assert.Equal(["bob"], await test.Ids("Patient?active=true,false"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_write_that_is_given_up_while_it_waits_is_not_done(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Patient("ann", "true"));
        using var giveUp = new CancellationTokenSource();
        var release = await Hold(test);

        var given = test.Store.Write([new DeleteOperation("Patient", "ann")], giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        release.SetResult();
        await test.Put(Patient("bob", "true"));

        Assert.Equal(["ann", "bob"], await test.Ids("Patient"));
    }

    /// <summary>It waits neither for ever where none comes, nor do others wait with it that may not.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task A_write_that_may_wait_for_others_is_done(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);

        var alone = await WriteWaiting(test, "ann");
        var (waiting, other) = (WriteWaiting(test, "bob"), test.Put(Patient("eve", "true")));
        await Task.WhenAll(waiting, other);

        Assert.Equal(WriteOutcome.Created, alone[0].Outcome);
        Assert.Equal(["ann", "bob", "eve"], (await test.Ids("Patient")).Order());
        Assert.NotNull(await test.Store.Note("bob", Ct));
    }

    static Task<ImmutableArray<WriteResult>> WriteWaiting(TestStore test, string id) => test.Store.Write(
        [new UpdateOperation(TestStore.Resource(Patient(id, "true")), id)], new NewNote(id, new byte[1]), Ct,
        mayWait: true);

    /// <summary>Each commit has a time of its own, later than those before: who polls by time misses nothing.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task The_times_of_commits_rise_on_every_node_though_the_clock_stands_still(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        ResourceStore[] nodes = [test.Store, test.Open()];
        var times = new List<DateTimeOffset>();

        for (var i = 0; i < 6; i++)
        {
            var written = await nodes[i % 2]
                .Write([new CreateOperation(TestStore.Resource(Patient("x", "true")), $"p{i}")], Ct);
            times.Add(written[0].Resource!.LastUpdated);
        }

        Assert.Equal(times.Distinct().Order(), times);
    }

    /// <summary>Queues writes one after another while the writer is held, so that they are in one commit.</summary>
    static async Task<(Task<WriteResult>, Task<WriteResult>, Task<WriteResult>, Task<WriteResult>)> Together(
        TestStore test, Func<Task<WriteResult>> a, Func<Task<WriteResult>> b, Func<Task<WriteResult>> c,
        Func<Task<WriteResult>> d)
    {
        // Names are given numbers beforehand, or else the writes would wait for that.
        await test.Put(Patient("warm", "true"));
        await test.Store.Write([new DeleteOperation("Patient", "warm")], Ct);
        var release = await Hold(test);
        var written = (a(), b(), c(), d());
        release.SetResult();
        return written;
    }

    /// <summary>Keeps the writer at work until the result is set.</summary>
    static async Task<TaskCompletionSource> Hold(TestStore test)
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _ = test.Database.Writes.Run(1, Work, Ct);
        await begun.Task;
        return release;

        async Task<int> Work(Storage.Writing.WriteTransaction transaction)
        {
            begun.SetResult();
            await release.Task;
            return 0;
        }
    }

    static async Task<WriteResult> Write(TestStore test, params WriteOperation[] operations) =>
        (await test.Store.Write(operations, Ct))[0];

    static string Patient(string id, string active) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","active":{{active}}}""";
}
