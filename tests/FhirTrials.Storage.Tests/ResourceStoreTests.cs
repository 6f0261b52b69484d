using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Outcomes;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Tests;

public sealed class ResourceStoreTests
{
    const string Ann = """{"resourceType":"Patient","id":"ann","meta":{"tag":[{"code":"x"}]},"active":true}""";
    const string AnnOff = """{"resourceType":"Patient","id":"ann","meta":{"tag":[{"code":"x"}]},"active":false}""";

    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    /// <summary>The counter is set back, as who reads it just before the second commit finds it.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task What_changes_again_while_changes_are_read_is_told(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);
        var before = await test.Store.LastChange(Ct);
        await test.Put(AnnOff);
        await test.Put(Ann);
        await using var context = test.Database.Open();
        await context.Database.ExecuteSqlAsync($"UPDATE \"ChangeCounter\" SET \"Value\" = {before + 1}", Ct);

        var changes = await test.Store.Changes(["Patient"], before, Ct);

        Assert.Equal(before + 1, changes.Last);
        Assert.Equal(["ann"], changes.Changed.Select(c => c.Id));
        Assert.False(changes.HasGaps);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_package_is_written_once_and_again_when_it_has_changed(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var (one, other) = (TestStore.Resource(Ann), TestStore.Resource(AnnOff));

        Assert.True(await test.Store.WritePackage("p", [one], Ct));
        var change = await test.Store.LastChange(Ct);
        Assert.False(await test.Store.WritePackage("p", [one], Ct));
        Assert.False(await test.Open().WritePackage("p", [one], Ct));
        Assert.Equal(change, await test.Store.LastChange(Ct));
        Assert.True(await test.Store.WritePackage("p", [other], Ct));
        Assert.True(await test.Store.WritePackage("p", [one], Ct));

        Assert.Equal(3, (await test.Store.Read("Patient", "ann", Ct))!.Version);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_created_resource_reads_with_the_servers_part_of_meta(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);

        var result = Assert.Single(await test.Store.Write([new CreateOperation(TestStore.Resource(Ann))], Ct));

        var read = await test.Store.Read("Patient", "new-1", Ct);
        Assert.Equal(WriteOutcome.Created, result.Outcome);
        Assert.Equal(
            """{"resourceType":"Patient","id":"new-1","meta":"""
                + """{"versionId":"1","lastUpdated":"2024-05-17T10:30:00.000Z","tag":[{"code":"x"}]},"active":true}""",
            Encoding.UTF8.GetString(read!.Json.Span));
        Assert.Equal(result.Resource!.Json.ToArray(), read.Json.ToArray());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Ids_are_found_by_how_they_begin(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        foreach (var id in new[] { "a-2", "a-1", "a", "a.1", "a-gone", "A-1", "b-1" })
        {
            await test.Put($$"""{"resourceType":"Patient","id":"{{id}}"}""");
        }

        await test.Put("""{"resourceType":"Group","id":"a-3","type":"person","actual":true}""");
        await test.Store.Write([new DeleteOperation("Patient", "a-gone")], Ct);

        var keys = await test.Store.Keys(["Patient", "Group", "Basic"], "a-", Ct);
        Assert.Equal(
            ["Group/a-3", "Patient/a-1", "Patient/a-2", "Patient/a-gone deleted"],
            keys.Select(k => $"{k.Type}/{k.Id}{(k.IsDeleted ? " deleted" : "")}"));
        var read =
            await test.Store.Read([.. keys.Select(k => (k.Type, k.Id)), ("Patient", "nobody"), ("Basic", "a-1")], Ct);
        Assert.Equal(keys.Select(k => (k.Type, k.Id, k.Change)), read.Select(r => (r.Type, r.Id, r.Change)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_note_is_written_with_resources_or_not_at_all(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var name = "import " + new string('n', 193);
        var first = Fhir.Json.FhirJson.Read(
            """{"resourceType":"Patient","id":"ann"}"""u8, Fhir.Definitions.FhirDefinitions.R4.Types).Resource!;
        var written =
            await test.Store.Write([new UpdateOperation(first, "ann")], new NewNote(name, new byte[] { 1, 2 }), Ct);
        var note = await test.Store.Note(name, Ct);
        await Assert.ThrowsAsync<Fhir.Outcomes.FhirException>(() => test.Store.Write(
            [new UpdateOperation(first, "ann", IfMatch: 7)], new NewNote(name, new byte[] { 3 }), Ct));
        var same = await test.Store.Note(name, Ct);
        await test.Store.WriteNote(new NewNote(name, default), Ct);

        Assert.Equal([1, 2], note!.Value.ToArray());
        Assert.Equal(written[0].Resource!.Change, note.Change);
        Assert.Equal([1, 2], same!.Value.ToArray());
        Assert.True((await test.Store.Note(name, Ct))!.Value.IsEmpty);
        Assert.Null(await test.Store.Note("nothing", Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_update_makes_a_version_and_keeps_the_one_before(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);
        test.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await test.Put(AnnOff);

        Assert.Equal((WriteOutcome.Updated, 2), (result.Outcome, result.Resource!.Version));
        Assert.True(Active(await test.Store.VRead("Patient", "ann", 1, Ct)));
        Assert.False(Active(await test.Store.VRead("Patient", "ann", 2, Ct)));
        Assert.False(Active(await test.Store.Read("Patient", "ann", Ct)));
        Assert.Null(await test.Store.VRead("Patient", "ann", 3, Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_update_without_a_change_writes_nothing(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);
        var before = await test.Store.LastChange(Ct);

        var result = await test.Put(Ann.Replace(
            "\"tag\"", "\"versionId\":\"77\",\"lastUpdated\":\"2000-01-01T00:00:00Z\",\"tag\"",
            StringComparison.Ordinal));

        Assert.Equal((WriteOutcome.Unchanged, 1), (result.Outcome, result.Resource!.Version));
        Assert.Equal(before, await test.Store.LastChange(Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_deletion_is_a_version_and_an_update_after_it_creates_anew(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);

        var deleted = Assert.Single(await test.Store.Write([new DeleteOperation("Patient", "ann")], Ct));
        var again = Assert.Single(await test.Store.Write([new DeleteOperation("Patient", "ann")], Ct));
        var gone = await test.Store.Read("Patient", "ann", Ct);
        var ids = await test.Ids("Patient");
        var anew = await test.Put(Ann);

        Assert.Equal((WriteOutcome.Deleted, WriteOutcome.NothingToDelete), (deleted.Outcome, again.Outcome));
        Assert.True(gone!.IsDeleted && gone.Json.IsEmpty && gone.Version == 2);
        Assert.Empty(ids);
        Assert.Equal((WriteOutcome.Created, 3), (anew.Outcome, anew.Resource!.Version));
        Assert.Equal(["ann"], await test.Ids("Patient"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_unknown_id_or_type_reads_as_nothing(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);

        Assert.Null(await test.Store.Read("Patient", "bob", Ct));
        Assert.Null(await test.Store.Read("Observation", "ann", Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task If_Match_with_another_version_fails_and_writes_nothing(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);

        var update = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.Write([new UpdateOperation(TestStore.Resource(AnnOff), "ann", IfMatch: 2)], Ct));
        var delete = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.Write([new DeleteOperation("Patient", "ann", IfMatch: 7)], Ct));
        var missing = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.Write([new UpdateOperation(TestStore.Resource(AnnOff), "bob", IfMatch: 1)], Ct));

        Assert.All(
            [update, delete, missing], e => Assert.Equal((412, IssueCode.Conflict), (e.Status, e.Issues[0].Code)));
        Assert.Equal(1, (await test.Store.Read("Patient", "ann", Ct))!.Version);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_transaction_that_fails_leaves_nothing_behind(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var before = await test.Store.LastChange(Ct);

        await Assert.ThrowsAsync<FhirException>(() => test.Store.Write(
            [new CreateOperation(TestStore.Resource(Ann), "first"), new DeleteOperation("Patient", "x", IfMatch: 1)],
            Ct));

        Assert.Null(await test.Store.Read("Patient", "first", Ct));
        Assert.Empty(await test.Ids("Patient"));
        Assert.Equal(before, await test.Store.LastChange(Ct));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_transaction_may_write_one_resource_twice(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);

        var results = await test.Store.Write(
            [
                new UpdateOperation(TestStore.Resource(Ann), "ann"),
                new UpdateOperation(TestStore.Resource(AnnOff), "ann"),
            ], Ct);

        Assert.Equal([WriteOutcome.Created, WriteOutcome.Updated], results.Select(r => r.Outcome));
        Assert.True(Active(await test.Store.VRead("Patient", "ann", 1, Ct)));
        Assert.Equal(["ann"], await test.Ids("Patient?active=false"));
        Assert.Empty(await test.Ids("Patient?active=true"));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Creating_under_an_id_that_exists_is_a_duplicate(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);

        var e = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.Write([new CreateOperation(TestStore.Resource(Ann), "ann")], Ct));

        Assert.Equal((409, IssueCode.Duplicate), (e.Status, e.Issues[0].Code));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Conditions_of_writes_are_decided_by_what_matches(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);
        var one = test.Query("Patient?_tag=x");
        var none = test.Query("Patient?_tag=y");

        var created =
            Assert.Single(await test.Store.Write([new CreateOperation(TestStore.Resource(AnnOff), null, one)], Ct));
        var updated = Assert.Single(
            await test.Store.Write([new ConditionalUpdateOperation(TestStore.Resource(AnnOff), one)], Ct));
        var fresh = Assert.Single(
            await test.Store.Write([new ConditionalUpdateOperation(TestStore.Resource(AnnOff), none)], Ct));
        var several = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.Write([new ConditionalUpdateOperation(TestStore.Resource(Ann), one)], Ct));
        var tooMany =
            await Assert.ThrowsAsync<FhirException>(() => test.Store.Write([new ConditionalDeleteOperation(one)], Ct));
        var nothing = Assert.Single(await test.Store.Write([new ConditionalDeleteOperation(none)], Ct));
        var deleted =
            Assert.Single(await test.Store.Write([new ConditionalDeleteOperation(test.Query("Patient?_id=ann"))], Ct));

        Assert.Equal(
            (WriteOutcome.Unchanged, "ann", 1), (created.Outcome, created.Resource!.Id, created.Resource.Version));
        Assert.Equal(
            (WriteOutcome.Updated, "ann", 2), (updated.Outcome, updated.Resource!.Id, updated.Resource.Version));
        Assert.Equal((WriteOutcome.Created, "new-3"), (fresh.Outcome, fresh.Resource!.Id));
        Assert.All(
            [several, tooMany], e => Assert.Equal((412, IssueCode.MultipleMatches), (e.Status, e.Issues[0].Code)));
        Assert.Equal((WriteOutcome.NothingToDelete, WriteOutcome.Deleted), (nothing.Outcome, deleted.Outcome));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_conditional_update_refuses_the_id_of_another_resource(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);

        var e = await Assert.ThrowsAsync<FhirException>(() => test.Store.Write(
            [new ConditionalUpdateOperation(TestStore.Resource(Ann), test.Query("Patient?_tag=x"), Id: "other")], Ct));

        Assert.Equal((400, IssueCode.Invalid), (e.Status, e.Issues[0].Code));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_conditional_update_does_not_replace_what_does_not_match(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);
        var update = new ConditionalUpdateOperation(
            TestStore.Resource(AnnOff), test.Query("Patient?_tag=y"), Id: "ann");

        var e = await Assert.ThrowsAsync<FhirException>(() => test.Store.Write([update], Ct));
        await test.Store.Write([new DeleteOperation("Patient", "ann")], Ct);
        var created = Assert.Single(await test.Store.Write([update], Ct));

        Assert.Equal((409, IssueCode.Conflict), (e.Status, e.Issues[0].Code));
        Assert.Equal((WriteOutcome.Created, "ann"), (created.Outcome, created.Resource!.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_conditional_deletion_demands_the_version_named(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put(Ann);
        var ann = test.Query("Patient?_tag=x");

        var e = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.Write([new ConditionalDeleteOperation(ann, IfMatch: 2)], Ct));
        var deleted = Assert.Single(await test.Store.Write([new ConditionalDeleteOperation(ann, IfMatch: 1)], Ct));

        Assert.Equal((412, WriteOutcome.Deleted), (e.Status, deleted.Outcome));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_condition_sees_the_writes_before_it_in_the_transaction(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var condition = test.Query("Patient?_tag=x");

        var results = await test.Store.Write(
            [
                new CreateOperation(TestStore.Resource(Ann), null, condition),
                new CreateOperation(TestStore.Resource(Ann), null, condition),
            ], Ct);

        Assert.Equal([WriteOutcome.Created, WriteOutcome.Unchanged], results.Select(r => r.Outcome));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Another_node_reads_and_searches_what_this_one_wrote(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var other = test.Open();
        Assert.Null(await other.Read("Patient", "ann", Ct));

        await test.Put(Ann);

        Assert.NotNull(await other.Read("Patient", "ann", Ct));
        Assert.Single((await other.Search(test.Query("Patient?_tag=x"), null, Ct)).Matches);
        Assert.Single((await other.History([], null, null, null, 10, null, Ct)).Versions);
    }

    static bool Active(StoredResource? resource) => JsonNode.Parse(resource!.Json.Span)!["active"]!.GetValue<bool>();
}
