using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Storage.Tests;

public sealed class HistoryTests
{
    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task History_tells_every_version_newest_first_whatever_the_size_of_the_page(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);

        Assert.Equal(["ann/3", "ann/2", "ann/1"], await Versions(test, "Patient", "ann", 1));
        Assert.Equal(["ann/3", "bob/1", "ann/2", "ann/1"], await Versions(test, "Patient", null, 2));
        Assert.Equal(["ann/3", "bob/1", "ann/2", "org/1", "ann/1"], await Versions(test, null, null, 3));
        Assert.Empty(await Versions(test, "Patient", "nobody", 3));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_some_types_it_tells_no_other(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);

        Assert.Equal(
            5, (await test.Store.History(["Patient", "Organization"], null, null, null, 10, null, Ct)).Versions.Length);
        Assert.Equal(
            ["org/1"],
            (await test.Store.History(["Organization", "Account"], null, null, null, 10, null, Ct)).Versions
                .Select(Name));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_deletion_is_in_the_history_without_content(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);

        var newest = Assert.Single((await test.Store.History(["Patient"], "ann", null, null, 1, null, Ct)).Versions);

        Assert.True(newest.IsDeleted && newest.Json.IsEmpty);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Since_leaves_out_what_is_older(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);

        var page =
            await test.Store.History([], null, test.Clock.GetUtcNow() - TimeSpan.FromMinutes(1), null, 10, null, Ct);

        Assert.Equal(["ann/3", "bob/1"], page.Versions.Select(Name));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Later_pages_go_on_where_the_first_ended_though_resources_change(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);
        var first = await test.Store.History([], null, null, null, 2, null, Ct);

        await test.Put("""{"resourceType":"Patient","id":"bob","active":false}""");
        var second = await test.Store.History([], null, null, null, 10, first.Next, Ct);

        Assert.Equal(["ann/3", "bob/1"], first.Versions.Select(Name));
        Assert.Equal(["ann/2", "org/1", "ann/1"], second.Versions.Select(Name));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_page_link_of_another_history_is_refused(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);
        var first = await test.Store.History(["Patient"], null, null, null, 1, null, Ct);

        var e = await Assert.ThrowsAsync<FhirException>(
            () => test.Store.History(["Patient"], "ann", null, null, 1, first.Next, Ct));

        Assert.Equal(IssueCode.Invalid, e.Issues[0].Code);
    }

    static async Task<TestStore> Fill(DatabaseProvider provider)
    {
        var test = await TestStore.Create(provider);
        string[] resources =
        [
            """{"resourceType":"Patient","id":"ann","active":true}""",
            """{"resourceType":"Organization","id":"org","name":"St. Jude"}""",
            """{"resourceType":"Patient","id":"ann","active":false}""",
            """{"resourceType":"Patient","id":"bob","active":true}""",
        ];
        foreach (var json in resources)
        {
            await test.Put(json);
            test.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await test.Store.Write([new DeleteOperation("Patient", "ann")], Ct);
        return test;
    }

    static async Task<string[]> Versions(TestStore test, string? type, string? id, int count)
    {
        var versions = new List<string>();
        string? next = null;
        do
        {
            var page = await test.Store.History(type is null ? [] : [type], id, null, null, count, next, Ct);
            versions.AddRange(page.Versions.Select(Name));
            next = page.Next;
        }
        while (next is not null);

        return [.. versions];
    }

    static string Name(StoredResource version) => $"{version.Id}/{version.Version}";
}
