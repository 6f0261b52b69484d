using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Jobs;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Tests.Search;

/// <summary>Search parameters that are posted, and the jobs that index by them.</summary>
public sealed class PostedParameterTests
{
    const string Url = "http://posted.test/SearchParameter/marital";

    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task A_posted_parameter_is_searched_by_once_everything_is_indexed(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Put(Patient("ann", "M"));
        await node.Put(Parameter("Patient.maritalStatus"));
        await node.Put(Patient("bob", "M"));
        await node.Put(Patient("cid", "S"));

        Assert.False(Assert.Single(node.Parameters.Posted).IsComplete);
        Assert.Equal(IssueCode.NotSupported, Assert.Single(node.Parse("Patient?marital=M").Issues).Code);

        Assert.True(await node.Store.DoNextJob(Ct));

        Assert.True(Assert.Single(node.Parameters.Posted).IsComplete);
        Assert.Equal("ann bob", await node.Found("Patient?marital=M"));
        Assert.Equal("cid", await node.Found("Patient?marital:not=M"));
        Assert.False(await node.Store.DoNextJob(Ct));
        Assert.Equal(0, (await node.Store.Check(repair: false, Ct)).Problems);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Another_node_indexes_what_it_writes_from_the_commit_of_the_parameter_on(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var (first, second) = (new Node(test), new Node(test));
        await second.Put(Patient("ann", "M"));
        await first.Put(Parameter("Patient.maritalStatus"));
        await second.Put(Patient("bob", "M"));
        Assert.True(await first.Store.DoNextJob(Ct));
        await second.Put(Patient("cid", "M"));

        Assert.False(await second.Store.DoNextJob(Ct));
        Assert.Equal("ann bob cid", await first.Found("Patient?marital=M"));
        Assert.Equal("ann bob cid", await second.Found("Patient?marital=M"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_changed_parameter_is_indexed_anew_and_a_deleted_one_is_gone(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Put(Patient("ann", "M"));
        await node.Put(Parameter("Patient.maritalStatus"));
        await node.Store.DoNextJob(Ct);

        await node.Put(Parameter("Patient.gender"));
        Assert.Equal(IssueCode.NotSupported, Assert.Single(node.Parse("Patient?marital=M").Issues).Code);
        await node.Store.DoNextJob(Ct);
        Assert.Equal("", await node.Found("Patient?marital=M"));
        Assert.Equal("ann", await node.Found("Patient?marital=female"));

        await node.Store.Write([new DeleteOperation("SearchParameter", "marital")], Ct);
        Assert.True(await node.Store.DoNextJob(Ct));
        Assert.Equal(IssueCode.NotSupported, Assert.Single(node.Parse("Patient?marital=female").Issues).Code);
        Assert.Equal(0, (await node.Store.Check(repair: false, Ct)).Problems);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_job_goes_on_on_another_node_where_the_first_has_gone(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Store.Write([.. Enumerable.Range(0, 450).Select(i => TestStore.Resource(Patient($"p{i}", "M")))
            .Select(r => new UpdateOperation(r, r.Id!))], Ct);
        var id = await node.Store.QueueReindex(["Patient"], [], Ct);
        var dead = new JobQueue(test.Database, "dead");
        var job = await dead.Take(Reindex.Kind, Ct);
        Assert.Equal(id, job!.Id);
        Assert.True(await dead.Advance(id, place: 200, done: 200, skipped: 0, Ct));

        Assert.False(await node.Store.DoNextJob(Ct));
        Assert.Equal((JobStatus.Running, 200, 450), Progress(await node.Store.Job(id, Ct)));

        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await node.Store.DoNextJob(Ct));
        Assert.Equal((JobStatus.Completed, 450, 450), Progress(await node.Store.Job(id, Ct)));
        Assert.False(await dead.Advance(id, 300, 300, 0, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_parameter_that_could_not_be_searched_by_is_refused(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        foreach (var expression in (string[])[
            "Patient.maritalStatus.where(", "Patient.nonsense", "Patient.name.nosuch()",
        ])
        {
            var e = await Assert.ThrowsAsync<FhirException>(() => node.Put(Parameter(expression)));
            Assert.Equal((422, "SearchParameter.expression"), (e.Status, e.Issues[0].Expression));
        }

        var clash = await Assert.ThrowsAsync<FhirException>(() => node.Put(Parameter("Patient.gender")
            .Replace("\"code\":\"marital\"", "\"code\":\"gender\"", StringComparison.Ordinal)));
        Assert.Equal("SearchParameter.code", clash.Issues[0].Expression);
        await node.Put(Parameter("Patient.nonsense").Replace("active", "draft", StringComparison.Ordinal));
        Assert.Empty(node.Parameters.Posted);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_resource_that_cannot_be_indexed_is_skipped_and_counted(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Put(Patient("ann", "M"));
        await node.Put(Patient("bob", "M"));
        await using (var context = test.Database.Open())
        {
            await context.Resources.Where(r => r.Id == "ann")
                .ExecuteUpdateAsync(r => r.SetProperty(p => p.Json, new byte[] { 1, 2, 3 }), Ct);
        }

        await node.Put(Parameter("Patient.maritalStatus"));
        var id = await node.Store.QueueReindex(["Patient"], [], Ct);
        while (await node.Store.DoNextJob(Ct))
        {
        }

        var job = await node.Store.Job(id, Ct);
        Assert.Equal((JobStatus.Completed, 2, 2), Progress(job));
        Assert.Equal(1, job!.Skipped);
        Assert.Equal("bob", await node.Found("Patient?marital=M"));
    }

    [Fact]
    public async Task What_the_database_refuses_keeps_its_index_and_is_counted_and_the_others_are_indexed()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        var node = new Node(test);
        await node.Store.Write([.. Enumerable.Range(0, 230)
            .Select(i => TestStore.Resource(Patient($"p{i}", $"{i % 3}")))
            .Select(r => new UpdateOperation(r, r.Id!))], Ct);
        await node.Put(Parameter("Patient.maritalStatus"));
        await using (var context = test.Database.Open())
        {
            await context.Database.ExecuteSqlRawAsync(
                """
                CREATE TRIGGER "Refusal" BEFORE INSERT ON "TokenIndex"
                WHEN NEW."ResourceKey" = (SELECT "Key" FROM "Resource" WHERE "Id" = 'p7')
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """,
                Ct);
        }

        var id = await node.Store.QueueReindex(["Patient"], [], Ct);
        while (await node.Store.DoNextJob(Ct))
        {
        }

        var job = await node.Store.Job(id, Ct);
        Assert.Equal((JobStatus.Completed, 230, 230), Progress(job));
        Assert.Equal(1, job!.Skipped);
        Assert.Equal(76, (await node.Found("Patient?marital=1&_count=1000")).Split(' ').Length);
        Assert.Contains("p7", (await node.Found("Patient?gender=female&_count=1000")).Split(' '));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_an_older_program_wrote_is_indexed_anew_once(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Put(Patient("ann", "M"));
        Assert.False(await node.Store.DoNextJob(Ct));
        await using (var context = test.Database.Open())
        {
            await context.Tokens.ExecuteDeleteAsync(Ct);
            await context.Settings.Where(s => s.Name == "index-form")
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.Value, new byte[] { 1 }), Ct);
        }

        Assert.Equal("", await node.Found("Patient?gender=female"));
        Assert.True(await new Node(test).Store.DoNextJob(Ct));

        Assert.Equal("ann", await node.Found("Patient?gender=female"));
        Assert.False(await node.Store.DoNextJob(Ct));
        Assert.Equal(0, (await node.Store.Check(repair: false, Ct)).Problems);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_job_that_does_not_get_on_fails_after_some_attempts_with_a_reason(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Put(Patient("ann", "M"));
        await Queue(test, "broken", "no definition of ann");
        for (var attempt = 1; attempt <= JobQueue.MaxAttempts; attempt++)
        {
            Assert.Equal(
                attempt == 1 ? JobStatus.Queued : JobStatus.Running, (await node.Store.Job("broken", Ct))!.Status);
            await Assert.ThrowsAsync<JsonException>(() => node.Store.DoNextJob(Ct));
            Assert.False(await node.Store.DoNextJob(Ct));
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.False(await node.Store.DoNextJob(Ct));
        var job = await node.Store.Job("broken", Ct);
        Assert.Equal(
            (JobStatus.Failed, "It was stopped 5 times without getting on, last by JsonException."),
            (job!.Status, job.Error));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_job_at_which_processes_die_fails_unless_it_gets_on(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var id = await new Node(test).Store.QueueReindex(["Patient"], [], Ct);
        var dying = new JobQueue(test.Database, "dying");
        await DieAt();
        await dying.Advance(id, 1, 1, 0, Ct);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        await DieAt();

        Assert.Null(await dying.Take(Reindex.Kind, Ct));
        Assert.Equal(JobStatus.Failed, (await dying.Read(id, Ct))!.Status);

        async Task DieAt()
        {
            for (var attempt = 1; attempt <= JobQueue.MaxAttempts; attempt++)
            {
                Assert.NotNull(await dying.Take(Reindex.Kind, Ct));
                test.Clock.Advance(TimeSpan.FromMinutes(1));
            }
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_reindex_that_is_asked_for_completes_what_a_failed_job_did_not(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        await node.Put(Patient("ann", "M"));
        await node.Put(Parameter("Patient.maritalStatus"));
        await using (var context = test.Database.Open())
        {
            context.PostedParameters.Add(
                new() { Url = Url, Change = await node.Store.LastChange(Ct), Types = "Patient" });
            await context.SaveChangesAsync(Ct);
        }

        Assert.False(await node.Store.DoNextJob(Ct));
        Assert.False(Assert.Single(node.Parameters.Posted).IsComplete);

        await node.Store.QueueReindex(["Patient"], [Url], Ct);
        Assert.True(await node.Store.DoNextJob(Ct));
        Assert.Equal("ann", await node.Found("Patient?marital=M"));
    }

    static async Task Queue(TestStore test, string id, string definition)
    {
        await using var context = test.Database.Open();
        context.Jobs.Add(JobQueue.New(id, Reindex.Kind, definition, 1, test.Clock.GetUtcNow()));
        await context.SaveChangesAsync(Ct);
    }

    static (JobStatus, long, long) Progress(JobState? job) => (job!.Status, job.Done, job.Total);

    static string Patient(string id, string marital) =>
        $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"female","maritalStatus":{"coding":"""
        + $$$"""[{"system":"http://m.test","code":"{{{marital}}}"}]}}""";

    static string Parameter(string expression) =>
        $$"""
        {"resourceType":"SearchParameter","id":"marital","url":"{{Url}}","name":"Marital","status":"active",
         "description":"Marital status","code":"marital","base":["Patient"],"type":"token",
         "expression":"{{expression}}"}
        """;

    /// <summary>A node as a server is one: its own parameters, its own store.</summary>
    sealed class Node
    {
        public Node(TestStore test)
        {
            var last = 0;
            var name = Path.GetRandomFileName();
            Store = new(
                test.OpenDatabase(), FhirDefinitions.R4, new(() => $"{name}-{Interlocked.Increment(ref last)}"), null,
                Parameters);
        }

        public SearchParameters Parameters { get; } = new(FhirDefinitions.R4);

        public ResourceStore Store { get; }

        public Task Put(string json)
        {
            var resource = TestStore.Resource(json);
            return Store.Write([new UpdateOperation(resource, resource.Id!)], Ct);
        }

        public ParsedSearch Parse(string search)
        {
            var parts = search.Split('?');
            return new SearchQueryParser(FhirDefinitions.R4, parameters: Parameters)
                .Parse(parts[0], TestStore.Parameters(parts[1]), lenient: false);
        }

        public async Task<string> Found(string search)
        {
            var parsed = Parse(search);
            Assert.Empty(parsed.Issues);
            return string.Join(' ', (await Store.Search(parsed.Query, null, Ct)).Matches.Select(m => m.Id));
        }
    }
}
