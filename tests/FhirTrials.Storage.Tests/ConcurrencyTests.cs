namespace FhirTrials.Storage.Tests;

/// <summary>What holds while many write at once, on one node and on two.</summary>
public sealed class ConcurrencyTests
{
    const string Ann = """{"resourceType":"Patient","id":"x","identifier":[{"system":"http://mrn","value":"1"}]}""";

    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_64_identical_conditional_creates_on_two_nodes_one_creates(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        ResourceStore[] nodes = [test.Store, test.Open()];
        var resource = TestStore.Resource(Ann);
        var condition = test.Query("Patient?identifier=http://mrn|1");

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(
            () => nodes[i % 2].Write([new CreateOperation(resource, $"id-{i}", condition)], Ct), Ct)));

        Assert.Equal(1, results.Count(r => r[0].Outcome == WriteOutcome.Created));
        Assert.Equal(63, results.Count(r => r[0].Outcome == WriteOutcome.Unchanged));
        Assert.Single(results.Select(r => r[0].Resource!.Id).Distinct());
        Assert.Single(await test.Ids("Patient"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_many_updates_with_the_same_If_Match_one_succeeds(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Update(i), Ct)));

        Assert.Equal(1, outcomes.Count(succeeded => succeeded));
        Assert.Equal(2, (await test.Store.Read("Patient", "x", Ct))!.Version);

        async Task<bool> Update(int i)
        {
            var json = $$"""{"resourceType":"Patient","id":"x","identifier":[{"value":"{{i}}"}]}""";
            try
            {
                await test.Store.Write([new UpdateOperation(TestStore.Resource(json), "x", IfMatch: 1)], Ct);
                return true;
            }
            catch (Fhir.Outcomes.FhirException e) when (e.Status == 412)
            {
                return false;
            }
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_read_after_an_acknowledged_write_sees_it_on_every_node(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var other = test.Open();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => WriteAndRead(i), Ct)));

        async Task WriteAndRead(int i)
        {
            var resource = TestStore.Resource($$"""{"resourceType":"Patient","id":"p{{i}}","active":true}""");
            await test.Store.Write([new UpdateOperation(resource, $"p{i}")], Ct);
            Assert.NotNull(await other.Read("Patient", $"p{i}", Ct));
            Assert.Single((await other.Search(test.Query($"Patient?_id=p{i}"), null, Ct)).Matches);
        }
    }

    /// <summary>A reader that follows the change numbers while others write sees each change exactly once.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task A_reader_of_changes_never_misses_a_late_commit(DatabaseProvider provider)
    {
        const int Writers = 4, Writes = 15;
        await using var test = await TestStore.Create(provider);
        ResourceStore[] nodes = [test.Store, test.Open()];
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAll(w), Ct)));

        var (seen, last) = (new List<long>(), 0L);
        var isLast = false;
        while (!isLast)
        {
            isLast = writing.IsCompleted;
            var upTo = await test.Store.LastChange(Ct);
            var page = await test.Store.History([], null, null, null, Writers * Writes * 2, null, Ct);
            seen.AddRange(page.Versions.Select(v => v.Change).Where(c => c > last && c <= upTo));
            last = upTo;
        }

        await writing;
        Assert.Equal(Writers * Writes * 2, seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());

        async Task WriteAll(int writer)
        {
            for (var i = 0; i < Writes; i++)
            {
                await nodes[writer % 2].Write(
                [
                    new CreateOperation(TestStore.Resource(Ann), $"a-{writer}-{i}"),
                    new CreateOperation(TestStore.Resource(Ann), $"b-{writer}-{i}"),
                ], Ct);
            }
        }
    }

    /// <summary>Those that were there at the first page and stay unchanged come once each,
    /// whatever is written between.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task Paging_is_steady_while_others_write(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Store.Write(
            [.. Enumerable.Range(0, 40).Select(i => new CreateOperation(Patient($"f{i % 7}"), $"old-{i:00}"))], Ct);
        var ids = new List<string>();
        string? next = null;
        var round = 0;
        do
        {
            var page = await test.Search("Patient?_sort=family&_count=6", next);
            ids.AddRange(page.Matches.Select(m => m.Id));
            next = page.Next;
            await test.Store.Write([new CreateOperation(Patient($"f{round++ % 7}"), $"new-{round}")], Ct);
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"old-{i:00}"), ids.Order(StringComparer.Ordinal));

        static Fhir.Model.Element Patient(string family) =>
            TestStore.Resource($$"""{"resourceType":"Patient","name":[{"family":"{{family}}"}]}""");
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Two_nodes_may_migrate_at_once(DatabaseProvider provider)
    {
        await using var test = TestStore.CreateEmpty(provider);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => test.OpenDatabase().Migrate(Ct), Ct)));

        await test.Put(Ann);
        Assert.Equal(["x"], await test.Ids("Patient?identifier=1"));
    }
}
