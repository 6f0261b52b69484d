using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FhirTrials.Storage.Tests;

public sealed class MigrationTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.SqlServer)]
    public void The_migrations_make_the_tables_that_the_model_has(DatabaseProvider provider)
    {
        using var context = Context(provider);

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.SqlServer)]
    public void Every_table_is_made_by_the_script_of_its_own_engine(DatabaseProvider provider)
    {
        using var context = Context(provider);
        var script = context.GetService<IMigrator>().GenerateScript();

        Assert.All(
            context.Model.GetEntityTypes(),
            type => Assert.Matches($"CREATE (VIRTUAL )?TABLE [\\[\"]{type.GetTableName()}[\\]\"]", script));
        Assert.Equal(
            provider == DatabaseProvider.SqlServer,
            script.Contains("Latin1_General_100_BIN2", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestStore.Providers), MemberType = typeof(TestStore))]
    public async Task Migrating_again_changes_nothing(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put("""{"resourceType":"Patient","id":"ann","active":true}""");

        await test.OpenDatabase().Migrate(TestStore.Ct);

        Assert.Equal(["ann"], await test.Ids("Patient"));
    }

    [Fact]
    public async Task Clustering_the_index_keeps_its_rows()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        await test.Put("""
            {"resourceType":"Observation","id":"o","status":"final",
             "code":{"coding":[{"system":"http://s.test","code":"c","display":"d"}]},
            "subject":{"reference":"Patient/ann"},"effectiveDateTime":"2024","valueQuantity":{"value":1,"unit":"mg"}}
            """);
        await using (var context = test.Database.Open())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync("20261121065240_ExpungedVersion", TestStore.Ct);
            await migrator.MigrateAsync(cancellationToken: TestStore.Ct);
        }

        foreach (var search in (string[])[
            "code=http://s.test|c", "patient=ann", "date=2024", "value-quantity=1", "code:text=d",
        ])
        {
            Assert.Equal(["o"], await test.Ids("Observation?" + search));
        }
    }

    [Fact]
    public async Task Words_that_were_indexed_before_are_found_and_forgotten_after_the_full_text_index_is_made()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        const string Narrative =
            """{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">Ann told</div>"}""";
        await test.Put($$"""{"resourceType":"Patient","id":"ann","text":{{Narrative}},"name":[{"text":"Ann"}]}""");
        await test.Put(
            $$"""{"resourceType":"Patient","id":"bob","text":{{Narrative}},"name":[{"text":"Ann Bob Zoe"}]}""");
        await using (var context = test.Database.Open())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync("20261121082408_JobAttempts", TestStore.Ct);
            await migrator.MigrateAsync(cancellationToken: TestStore.Ct);
        }

        await test.Put("""{"resourceType":"Patient","id":"bob","name":[{"text":"Bob"}]}""");

        Assert.Equal(["ann"], await test.Ids("Patient?_content=ann"));
        Assert.Equal(["bob"], await test.Ids("Patient?_content=bob"));
        Assert.Equal(["ann"], await test.Ids("Patient?_text=told&_id=ann"));
        Assert.Empty((await test.Store.Check(repair: false, TestStore.Ct)).Findings);
    }

    [Fact]
    public async Task Titles_that_were_stored_before_are_found_by_their_parts_and_forgotten()
    {
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite);
        var longTitle = new string('x', 300) + " Blinatumomab";
        await test.Put($$"""{"resourceType":"ResearchStudy","id":"long","status":"active","title":"{{longTitle}}"}""");
        await test.Put("""{"resourceType":"ResearchStudy","id":"old","status":"active","title":"Blinatumomab"}""");
        await test.Put("""{"resourceType":"Patient","id":"blinatumomab","name":[{"text":"Blinatumomab"}]}""");
        await using (var context = test.Database.Open())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync("20261121194000_WordLists", TestStore.Ct);
            await migrator.MigrateAsync(cancellationToken: TestStore.Ct);
        }

        await test.Put("""{"resourceType":"ResearchStudy","id":"old","status":"active","title":"Another"}""");

        Assert.Equal(["long"], await test.Ids("ResearchStudy?title:contains=natumo"));
        Assert.Equal(["old"], await test.Ids("ResearchStudy?title:contains=nother"));
        Assert.Empty((await test.Store.Check(repair: false, TestStore.Ct)).Findings);
    }

    static FhirContext Context(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDesignTimeFactory().CreateDbContext([]),
        DatabaseProvider.SqlServer => new SqlServerDesignTimeFactory().CreateDbContext([]),
    };
}
