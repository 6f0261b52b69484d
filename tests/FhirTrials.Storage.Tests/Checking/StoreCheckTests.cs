using FhirTrials.Storage.Checking;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Tests.Checking;

public sealed class StoreCheckTests
{
    const string Ann = """
        {"resourceType":"Patient","id":"ann","identifier":[{"system":"http://mrn.test","value":"1"}],
         "name":[{"family":"Ann"}],
        "birthDate":"1980-03","managingOrganization":{"reference":"Organization/o"}}
        """;

    static CancellationToken Ct => TestStore.Ct;

    public static TheoryData<DatabaseProvider> Providers => TestStore.Providers;

    /// <summary>What can go wrong, with what the check says of it.</summary>
    public static TheoryData<string, string> Damages => new()
    {
        { "DELETE FROM TokenIndex WHERE ResourceKey = 1 AND Ordinal = 0", "Patient/ann: the search index is not" },
        { "UPDATE StringIndex SET Value = 'x' WHERE ResourceKey = 1 AND Ordinal = 0",
            "Patient/ann: the search index is not" },
        { "UPDATE ReferenceIndex SET Target = 'p' WHERE ResourceKey = 1", "Patient/ann: the search index is not" },
        { "INSERT INTO UriIndex (ResourceKey, Ordinal, Value, Type, Parameter, \"Group\") VALUES (1, 7, 'u', 1, 1, 0)",
            "Patient/ann: the search index is not" },
        { "INSERT INTO UriIndex (ResourceKey, Ordinal, Value, Type, Parameter, \"Group\") VALUES (77, 7, 'u', 1, 1, 0)",
            "1 rows of UriRow are of no resource" },
        { "INSERT INTO WordIndex (rowid, Words) VALUES (1, '1xother')",
            "The index of words is not what the lists of words and the titles give" },
        { "INSERT INTO WordIndex (WordIndex, rowid, Words) VALUES ('delete', 1, '1xann'); "
            + "INSERT INTO WordIndex (rowid, Words) VALUES (1, '1xann!')",
            "The index of words is not what the lists of words and the titles give" },
        { "INSERT INTO WordIndex (WordIndex, rowid, Words) VALUES ('delete', 1, '1xann')",
            "The index of words is not what the lists of words and the titles give" },
        { "DELETE FROM WordList WHERE ResourceKey = 1", "Patient/ann: the search index is not" },
        { "UPDATE TitleIndex_content SET c0 = 'other' WHERE id = 4",
            "The index of words is not what the lists of words and the titles give" },
        { "INSERT INTO TitleIndex VALUES ('a', '', 0, 1, 0, 0)",
            "1 rows of TitleRow are of no resource" },
        { "UPDATE TitleIndex SET Title = 'other' WHERE rowid = 4", "ResearchStudy/s: the search index is not" },
        { "DELETE FROM TitleIndex WHERE rowid = 4", "ResearchStudy/s: the search index is not" },
        { "UPDATE Resource SET Json = x'0100000000' WHERE Key = 1", "Patient/ann: version 2 cannot be read" },
        { "UPDATE ResourceVersion SET Json = substr(Json, 1, 20) WHERE ResourceKey = 1",
            "Patient/ann: version 1 cannot be read" },
        { "UPDATE Resource SET Json = (SELECT r.Json FROM Resource r WHERE r.Key = 3) WHERE Key = 1",
            "in version 2 is not that of its row" },
        {
            "UPDATE Resource SET LastUpdated = LastUpdated + 10000 WHERE Key = 1", "in version 2 is not that of its row"
        },
        { "UPDATE Resource SET Version = 3 WHERE Key = 1", "Patient/ann: versions are missing before version 3" },
        { "DELETE FROM ResourceVersion WHERE ResourceKey = 1", "Patient/ann: versions are missing before version 2" },
        { "UPDATE ResourceVersion SET ResourceKey = 88 WHERE ResourceKey = 1", "1 old versions are of no resource" },
        { "UPDATE ResourceVersion SET Change = 3 WHERE ResourceKey = 1", "Change number 3 is given twice" },
        { "UPDATE ResourceVersion SET Change = 50 WHERE ResourceKey = 1", "Patient/ann: change numbers do not rise" },
        { "UPDATE ChangeCounter SET Value = 2", "The change counter is at 2" },
        { "UPDATE Resource SET IsDeleted = 1 WHERE Key = 1", "Patient/ann: it is marked as deleted" },
    };

    [Theory, MemberData(nameof(Providers))]
    public async Task A_store_that_was_only_written_to_is_sound(DatabaseProvider provider)
    {
        await using var test = await Fill(provider);
        await test.Store.Write([new DeleteOperation("Patient", "bob")], Ct);
        await test.Store.Expunge("Patient", "ann", 1, Ct);

        var report = await test.Store.Check(repair: false, Ct);

        Assert.Empty(report.Findings);
        Assert.Equal((3, 1, 0), (report.Resources, report.Versions, report.Problems));
        Assert.True(report.IndexRows > 5);
    }

    /// <summary>A word of 64 units would end within a surrogate pair.</summary>
    [Theory, MemberData(nameof(Providers))]
    public async Task A_long_word_is_found_and_its_index_is_sound(DatabaseProvider provider)
    {
        await using var test = await TestStore.Create(provider);
        var word = new string('a', 63) + "\U00020000\U00020001";
        await test.Put($$"""{"resourceType":"Patient","id":"ann","name":[{"text":"{{word}}"}]}""");
        await test.Put($$"""{"resourceType":"Patient","id":"ann","name":[{"text":"{{word}} b"}]}""");

        Assert.Equal(["ann"], await test.Ids("Patient?_content=" + word));
        Assert.Empty((await test.Store.Check(repair: false, Ct)).Findings);
    }

    [Theory, MemberData(nameof(Damages))]
    public async Task Damage_is_found(string damage, string finding)
    {
        await using var test = await Fill(DatabaseProvider.Sqlite);
        await Do(test, damage);

        var report = await test.Store.Check(repair: false, Ct);

        Assert.Contains(report.Findings, f => f.Contains(finding, StringComparison.Ordinal));
        Assert.True(report.Problems > 0);
    }

    [Fact]
    public async Task A_wrong_index_is_repaired()
    {
        await using var test = await Fill(DatabaseProvider.Sqlite);
        foreach (var damage in Damages.Take(13))
        {
            await Do(test, damage.Data.Item1);
        }

        var repaired = await test.Store.Check(repair: true, Ct);
        var after = await test.Store.Check(repair: false, Ct);

        Assert.Equal(2, repaired.Repaired);
        Assert.Empty(after.Findings);
        Assert.Equal(["ann"], await test.Ids("Patient?identifier=http://mrn.test|1"));
    }

    [Fact]
    public async Task Of_many_problems_the_first_are_told_and_all_are_counted()
    {
        await using var test = await Fill(DatabaseProvider.Sqlite);
        await test.Store.Write(
            [.. Enumerable.Range(0, 150).Select(i => new CreateOperation(TestStore.Resource(Ann), $"p{i}"))], Ct);
        await Do(test, "UPDATE Resource SET LastUpdated = 1");

        var report = await test.Store.Check(repair: false, Ct);

        Assert.Equal((153, CheckReport.MaxFindings), (report.Problems, report.Findings.Length));
    }

    /// <summary>Two versions of Ann (changes 1 and 2; key 1), one of Bob (change 3), and a study (change 4).</summary>
    static async Task<TestStore> Fill(DatabaseProvider provider)
    {
        var test = await TestStore.Create(provider);
        await test.Put(Ann.Replace("1980", "1979", StringComparison.Ordinal));
        await test.Put(Ann);
        await test.Put(Ann.Replace("\"ann\"", "\"bob\"", StringComparison.Ordinal)
            .Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        await test.Put("""{"resourceType":"ResearchStudy","id":"s","status":"active","title":"Study"}""");
        return test;
    }

    static async Task Do(TestStore test, string sql)
    {
        await using var context = test.Database.Open();
        Assert.True(await context.Database.ExecuteSqlRawAsync(sql, Ct) > 0);
    }
}
