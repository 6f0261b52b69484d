using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage.Exports;
using FhirTrials.Storage.Jobs;

namespace FhirTrials.Storage.Tests.Exports;

public sealed class BulkExportTests
{
    static readonly string[] Types = ["Group", "Observation", "Patient"];

    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task An_export_has_every_resource_once_in_its_current_version(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Patient("ann", "A"));
        await test.Put(Patient("ben", "B"));
        await test.Put(Patient("ann", "C"));
        await test.Store.Write([new DeleteOperation("Patient", "ben")], Ct);
        await test.Put(Observation("o", "ann"));

        var export = await Export(test, Request());

        Assert.Equal(["Observation/o/1", "Patient/ann/2"], export.Resources);
        Assert.Empty(export.Deleted);
    }

    /// <summary>One export, then one of what has changed since, while four write all the time.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task An_export_and_one_since_give_everything_written_meanwhile(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await Fill(test, 900, "before");

        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(() => Write(test, w, stop.Token), Ct)));
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var since = (DateTimeOffset?)null;
        for (var round = 0; round < 6; round++)
        {
            if (round == 5)
            {
                await stop.CancelAsync();
                await writing;
            }

            var export = await Export(test, Request() with { Since = since });
            Assert.Equal(export.Resources.Count, export.Resources.Distinct().Count());
            Assert.Empty(export.Resources.Select(Id).Intersect(export.Deleted));
            foreach (var resource in export.Resources)
            {
                // Nothing comes twice: what is told again has changed.
                Assert.True(seen.GetValueOrDefault(Id(resource)) != resource, resource);
                seen[Id(resource)] = resource;
            }

            export.Deleted.ForEach(d => seen.Remove(d));
            since = export.Time;
        }

        Assert.Equal(await Current(test), seen.Values.Order(StringComparer.Ordinal));
    }

    /// <summary>What is changed or deleted after the export was asked for is in it as it was then.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task An_export_shows_the_state_of_the_time_when_it_was_asked_for(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Patient("changed", "old"));
        await test.Put(Patient("deleted", "old"));
        await test.Put(Patient("reborn", "old"));
        await test.Put(Patient("gone", "old"));
        await test.Store.Write([new DeleteOperation("Patient", "reborn"), new DeleteOperation("Patient", "gone")], Ct);
        var exports = Open(test);
        var since = test.Clock.GetUtcNow().AddDays(-1);
        var (full, part) =
            (await exports.Queue(Request(), Ct), await exports.Queue(Request() with { Since = since }, Ct));

        await test.Put(Patient("changed", "new"));
        await test.Put(Patient("changed", "newer"));
        await test.Store.Write([new DeleteOperation("Patient", "deleted")], Ct);
        await test.Put(Patient("reborn", "new"));
        await test.Put(Patient("new", "new"));

        Assert.Equal(["Patient/changed/1", "Patient/deleted/1"], (await Finish(exports, full)).Resources);
        var changes = await Finish(exports, part);
        Assert.Equal(["Patient/changed/1", "Patient/deleted/1"], changes.Resources);
        Assert.Equal(["Patient/gone", "Patient/reborn"], changes.Deleted.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_export_of_patients_has_what_is_in_their_compartments(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        foreach (var id in (string[])["ann", "ben"])
        {
            await test.Put(Patient(id, "A"));
            await test.Put(Observation($"of-{id}", id));
            await test.Put(Observation($"left-{id}", id));
            await test.Put(Observation($"deleted-{id}", id));
            await test.Store.Write([new DeleteOperation("Observation", $"deleted-{id}")], Ct);
        }

        await test.Put("""{"resourceType":"Observation","id":"of-nobody","status":"final","code":{"text":"x"}}""");
        var exports = Open(test);
        var since = test.Clock.GetUtcNow().AddDays(-1);
        var all = await exports.Queue(Request() with { Patients = new(Ids: null), Since = since }, Ct);
        var one = await exports.Queue(Request() with { Patients = new(["ann"]), Since = since }, Ct);

        // They go to another, or to nobody, once the exports have been asked for.
        await test.Put(Observation("left-ann", "ben"));
        await test.Put("""{"resourceType":"Observation","id":"left-ben","status":"final","code":{"text":"x"}}""");

        var ofAll = await Finish(exports, all);
        Assert.Equal(
            [
                "Observation/left-ann/1", "Observation/left-ben/1", "Observation/of-ann/1", "Observation/of-ben/1",
                "Patient/ann/1", "Patient/ben/1",
            ],
            ofAll.Resources);
        Assert.Equal(["Observation/deleted-ann", "Observation/deleted-ben"], ofAll.Deleted);
        var ofOne = await Finish(exports, one);
        Assert.Equal(["Observation/left-ann/1", "Observation/of-ann/1", "Patient/ann/1"], ofOne.Resources);
        Assert.Equal(["Observation/deleted-ann"], ofOne.Deleted);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_type_may_be_filtered_by_any_of_several_searches(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        foreach (var id in (string[])["ann", "ben", "cat"])
        {
            await test.Put(Patient(id, id));
        }

        ExportedSearch Named(string name) => new([new("family", name)]);
        var export =
            await Export(test, new("", "http://here.test/fhir", [new("Patient", [Named("ann"), Named("cat")], null)]));

        Assert.Equal(["Patient/ann/1", "Patient/cat/1"], export.Resources);
    }

    [Theory]
    [InlineData(0, 0, "c1 c2 c3")]
    [InlineData(1, 0, "c2 c3")]
    [InlineData(3, 0, "")]
    [InlineData(0, 3, "c1 c2")]
    [InlineData(1, 3, "c2")]
    public async Task Times_leave_out_what_was_changed_at_them(int since, int until, string expected)
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        var times = new DateTimeOffset?[4];
        for (var i = 1; i <= 3; i++)
        {
            times[i] = (await test.Put(Patient($"c{i}", "A"))).Resource!.LastUpdated;
        }

        var export = await Export(test, Request() with { Since = times[since], Until = times[until] });

        Assert.Equal(expected, string.Join(' ', export.Resources.Select(r => r.Split('/')[1])));
    }

    /// <summary>A node is gone after each file; others go on.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task Nodes_that_fail_leave_neither_gap_nor_repetition(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await Fill(test, 60, new string('x', 500));

        var id = await Open(test).Queue(Request() with { Types = [new("Patient", [], "name")] }, Ct);
        var attempts = 0;
        for (; (await Open(test).Read(id, Ct))!.Job.Status != JobStatus.Completed; attempts++)
        {
            var lines = 0;
            var node = Open(
                test, new() { FileBytes = 6_000 },
                json => ++lines < 17 ? json : throw new InvalidOperationException("The node fails."));
            await Record.ExceptionAsync(() => node.DoNext(Ct));
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var export = await Finish(Open(test), id);
        Assert.InRange(attempts, 3, 100);
        Assert.Equal(await Current(test), export.Resources);
        Assert.InRange(export.Files, 5, 15);
    }

    [Fact]
    public async Task No_more_exports_are_accepted_than_may_wait()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        var exports = Open(test, new() { Jobs = 2 });
        await exports.Queue(Request(), Ct);
        var second = await exports.Queue(Request(), Ct);

        var refused = await Assert.ThrowsAsync<FhirException>(() => exports.Queue(Request(), Ct));
        Assert.Equal(IssueCode.Throttled, Assert.Single(refused.Issues).Code);

        Assert.True(await exports.Cancel(second, Ct));
        await exports.Queue(Request(), Ct);
    }

    [Fact]
    public async Task What_is_given_up_or_has_expired_is_removed()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put(Patient("ann", "A"));
        var exports = Open(test);
        var (first, second) = (await exports.Queue(Request(), Ct), await exports.Queue(Request(), Ct));
        await Finish(exports, first);
        await Finish(exports, second);

        Assert.True(await exports.Cancel(first, Ct));
        Assert.False(await exports.Cancel(first, Ct));
        Assert.Null(await exports.Read(first, Ct));
        Assert.Null(await exports.File(first, 1, Ct));
        await exports.DoNext(Ct);
        Assert.Equal(1, await FileCount(test));

        test.Clock.Advance(TimeSpan.FromHours(25));
        await exports.DoNext(Ct);
        Assert.Null(await exports.Read(second, Ct));
        Assert.Equal(0, await FileCount(test));
    }

    [Fact]
    public async Task What_is_expunged_is_in_no_file_any_more()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put(Patient("ann", "A"));
        var exports = Open(test);
        var (done, waiting) = (await exports.Queue(Request(), Ct), await exports.Queue(Request(), Ct));
        await exports.DoNext(Ct);

        await test.Store.Expunge("Patient", "ann", null, Ct);

        Assert.Equal(0, await FileCount(test));
        Assert.All([done, waiting], id => Assert.Equal(JobStatus.Failed, exports.Read(id, Ct).Result!.Job.Status));
        Assert.False(await exports.DoNext(Ct));
    }

    [Fact]
    public async Task An_export_that_grows_too_large_fails()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put(Patient("ann", "A"));
        var exports = Open(test, new() { TotalBytes = 10 });
        var id = await exports.Queue(Request(), Ct);

        await exports.DoNext(Ct);

        var job = (await exports.Read(id, Ct))!.Job;
        Assert.Equal(JobStatus.Failed, job.Status);
        Assert.Contains("larger", job.Error, StringComparison.Ordinal);
    }

    static Task Fill(TestStore test, int count, string family) => test.Store.Write(
        [.. Enumerable.Range(0, count)
            .Select(i => new UpdateOperation(TestStore.Resource(Patient($"p{i}", family)), $"p{i}"))], Ct);

    static async Task Write(TestStore test, int writer, CancellationToken stop)
    {
        var random = new Random(writer);
        while (!stop.IsCancellationRequested)
        {
            var id = $"p{random.Next(1200)}";
            await (random.Next(4) == 0
                ? test.Store.Write([new DeleteOperation("Patient", id)], Ct)
                : test.Store.Write(
                    [new UpdateOperation(TestStore.Resource(Patient(id, $"n{random.Next(1_000_000)}")), id)], Ct));
            test.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    static ExportRequest Request() =>
        new("", "http://here.test/fhir", [.. Types.Select(t => new ExportedType(t, [], null))]);

    /// <param name="subset">What is done with the JSON of resources whose elements are chosen.</param>
    static BulkExports Open(
        TestStore test, ExportOptions? options = null,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? subset = null) => new(
        test.OpenDatabase(), FhirDefinitions.R4, IdSource.Random(TimeProvider.System), new(FhirDefinitions.R4),
        options ?? new() { Jobs = 100 }, (_, json) => subset?.Invoke(json) ?? json);

    static async Task<Exported> Export(TestStore test, ExportRequest request)
    {
        var exports = Open(test);
        return await Finish(exports, await exports.Queue(request, Ct));
    }

    /// <summary>Does what is waiting, and reads the files.</summary>
    static async Task<Exported> Finish(BulkExports exports, string id)
    {
        while (await exports.DoNext(Ct))
        {
        }

        var state = (await exports.Read(id, Ct))!;
        Assert.Equal((JobStatus.Completed, null), (state.Job.Status, state.Job.Error));
        var (resources, deleted) = (new List<string>(), new List<string>());
        foreach (var file in state.Files)
        {
            var lines = Lines((await exports.File(id, file.Number, Ct))!).ToList();
            Assert.Equal((file.Lines, file.Length), (lines.Count, lines.Sum(l => Encoding.UTF8.GetByteCount(l) + 1)));
            foreach (var json in lines.Select(l => JsonNode.Parse(l)!))
            {
                Assert.Equal(file.Type ?? "Bundle", (string?)json["resourceType"]);
                if (file.Kind == ExportedKind.Output)
                {
                    resources.Add($"{file.Type}/{json["id"]}/{json["meta"]!["versionId"]}");
                }
                else
                {
                    deleted.AddRange(json["entry"]!.AsArray().Select(e => (string)e!["request"]!["url"]!));
                }
            }
        }

        return new([.. resources.Order(StringComparer.Ordinal)], deleted, state.TransactionTime, state.Files.Length);
    }

    static IEnumerable<string> Lines(byte[] gzip)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    static async Task<List<string>> Current(TestStore test)
    {
        var found = new List<string>();
        foreach (var type in Types)
        {
            for (string? next = null, start = ""; next is not null || start is not null; start = null)
            {
                var page = await test.Search($"{type}?_count=1000", next);
                found.AddRange(page.Matches.Select(m => $"{m.Type}/{m.Id}/{m.Version}"));
                next = page.Next;
            }
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    static async Task<int> FileCount(TestStore test)
    {
        await using var context = test.Database.Open();
        return context.ExportFiles.Count();
    }

    static string Id(string resource) => resource[..resource.LastIndexOf('/')];

    static string Patient(string id, string family) =>
        $$$"""{"resourceType":"Patient","id":"{{{id}}}","name":[{"family":"{{{family}}}"}]}""";

    static string Observation(string id, string patient) =>
        $$$"""{"resourceType":"Observation","id":"{{{id}}}","status":"final","code":{"text":"x"},"subject":"""
        + $$$"""{"reference":"Patient/{{{patient}}}"}}""";

    sealed record Exported(List<string> Resources, List<string> Deleted, DateTimeOffset Time, int Files);
}
