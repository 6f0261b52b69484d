using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Jobs;

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
        await node.Store.Write([.. Enumerable.Range(0, 450).Select(i => TestStore.Resource(Patient($"p{i}", "M"))).Select(r => new UpdateOperation(r, r.Id!))], Ct);
        var id = await node.Store.QueueReindex(["Patient"], Ct);
        var dead = new JobQueue(test.Database, "dead");
        var job = await dead.Take(Reindex.Kind, Ct);
        Assert.Equal(id, job!.Id);
        Assert.True(await dead.Advance(id, place: 200, done: 200, Ct));

        Assert.False(await node.Store.DoNextJob(Ct));
        Assert.Equal((JobStatus.Running, 200, 450), Progress(await node.Store.Job(id, Ct)));

        test.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await node.Store.DoNextJob(Ct));
        Assert.Equal((JobStatus.Completed, 450, 450), Progress(await node.Store.Job(id, Ct)));
        Assert.False(await dead.Advance(id, 300, 300, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_parameter_that_could_not_be_searched_by_is_refused(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var node = new Node(test);
        foreach (var expression in (string[])["Patient.maritalStatus.where(", "Patient.nonsense", "Patient.name.nosuch()"])
        {
            var e = await Assert.ThrowsAsync<FhirException>(() => node.Put(Parameter(expression)));
            Assert.Equal((422, "SearchParameter.expression"), (e.Status, e.Issues[0].Expression));
        }

        var clash = await Assert.ThrowsAsync<FhirException>(() => node.Put(Parameter("Patient.gender").Replace("\"code\":\"marital\"", "\"code\":\"gender\"", StringComparison.Ordinal)));
        Assert.Equal("SearchParameter.code", clash.Issues[0].Expression);
        await node.Put(Parameter("Patient.nonsense").Replace("active", "draft", StringComparison.Ordinal));
        Assert.Empty(node.Parameters.Posted);
    }

    static (JobStatus, long, long) Progress(JobState? job) => (job!.Status, job.Done, job.Total);

    static string Patient(string id, string marital) =>
        $$$"""{"resourceType":"Patient","id":"{{{id}}}","gender":"female","maritalStatus":{"coding":[{"system":"http://m.test","code":"{{{marital}}}"}]}}""";

    static string Parameter(string expression) =>
        $$"""{"resourceType":"SearchParameter","id":"marital","url":"{{Url}}","name":"Marital","status":"active","description":"Marital status","code":"marital","base":["Patient"],"type":"token","expression":"{{expression}}"}""";

    /// <summary>A node as a server is one: its own parameters, its own store.</summary>
    sealed class Node
    {
        public Node(TestStore test)
        {
            var last = 0;
            var name = Path.GetRandomFileName();
            Store = new(test.OpenDatabase(), FhirDefinitions.R4, new(() => $"{name}-{Interlocked.Increment(ref last)}"), null, Parameters);
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
