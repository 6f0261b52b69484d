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

        Assert.All(context.Model.GetEntityTypes(), type => Assert.Matches($"CREATE TABLE [\\[\"]{type.GetTableName()}[\\]\"]", script));
        Assert.Equal(provider == DatabaseProvider.SqlServer, script.Contains("Latin1_General_100_BIN2", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(TestStore.Providers), MemberType = typeof(TestStore))]
    public async Task Migrating_again_changes_nothing(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        await test.Put("""{"resourceType":"Patient","id":"ann","active":true}""");

        await test.OpenDatabase().Migrate(TestStore.Ct);

        Assert.Equal(["ann"], await test.Ids("Patient"));
    }

    static FhirContext Context(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => new SqliteDesignTimeFactory().CreateDbContext([]),
        DatabaseProvider.SqlServer => new SqlServerDesignTimeFactory().CreateDbContext([]),
    };
}
