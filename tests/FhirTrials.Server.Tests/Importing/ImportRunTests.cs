using System.Text;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Importing;
using FhirTrials.Tests;
using FhirTrials.Tests.Studies;
using Microsoft.Extensions.DependencyInjection;

namespace FhirTrials.Server.Tests.Importing;

public sealed class ImportRunTests(ImportedDatabase database) : IClassFixture<ImportedDatabase>
{
    static readonly StudyGenerator Generator = StudyGenerator.Of(Repository.Root);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Studies_imported_at_once_are_told_in_order_and_all_there_and_unchanged_the_next_time()
    {
        var studies = Enumerable.Range(0, 80).Select(i => Generator.Study(1, i)).ToList();

        var first = await Import(studies);
        var second = await Import(studies);
        var other = await Import([.. Enumerable.Range(0, 5).Select(i => Generator.Study(2, i))]);

        Assert.Equal(Enumerable.Range(0, 80).Select(i => $"NCT9{i:D7}"), first.Select(i => i.NctId));
        Assert.All(first, i => Assert.True(i is { IsRefused: false, IsNew: true }));
        Assert.All(second, i => Assert.True(i.IsUnchanged));
        Assert.All(other, i => Assert.True(i is { IsRefused: false, IsNew: false, IsUnchanged: false }));
        Assert.All(
            await database.Store.Read([.. first.Select(i => ("ResearchStudy", i.NctId!))], Ct),
            r => Assert.False(r.IsDeleted));
    }

    [Fact]
    public async Task Of_two_records_of_one_study_the_later_one_counts_and_that_is_said()
    {
        string[] titles = ["First", "Second", "Second", "Third"];
        var imported = await Import(titles.Select(Record));

        Assert.Equal([0, 1, 0, 1], imported.Select(i => i.Issues.Count(issue => issue.Code == IssueCode.Duplicate)));
        Assert.Equal([true, false, true, false], imported.Select(i => i.IsNew || i.IsUnchanged));
        var stored = await database.Store.Read("ResearchStudy", "NCT70000001", Ct);
        Assert.Contains("\"title\":\"Third\"", Encoding.UTF8.GetString(stored!.Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_is_there_whole_or_not_at_all_whatever_is_beside_it()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);
        var imported = await Import(
        [
            Encoding.UTF8.GetBytes(
                "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT80000002\",\"briefTitle\":\"Deep\"}"
                    + ",\"x\":"
                    + deep + "}}"),
            Encoding.UTF8.GetBytes("""{"protocolSection":{"identificationModule":"""
                + """{"nctId":"NCT80000003","briefTitle":"Wrong"},"designModule":{"phases":{}}}}"""),
            Generator.Study(1, 500),
        ]);

        Assert.Equal([true, true, false], imported.Select(i => i.IsRefused));
        Assert.Empty(
            await database.Store.Read([("ResearchStudy", "NCT80000002"), ("ResearchStudy", "NCT80000003")], Ct));
        Assert.Empty(await database.Store.Keys(["Group", "Organization"], "NCT8000000", Ct));
    }

    [Fact]
    public async Task A_record_that_the_program_cannot_cope_with_is_refused_and_the_others_are_imported()
    {
        var import = database.Services.GetRequiredService<TrialImport>();
        var told = new List<Imported>();
        var run = new ImportRun(
            (read, content, ct, mayWait) => read.Record!.NctId == "NCT70000001"
                ? throw new InvalidOperationException("no room for it")
                : import.Import(read, content, ct, mayWait),
            (_, imported) => told.Add(imported));

        await run.Add(new InputRecord("input", Record("A")), Ct);
        await run.Add(new InputRecord("input", Generator.Study(1, 600)), Ct);
        await run.Finish();

        Assert.Equal([true, false], told.Select(i => i.IsRefused));
        Assert.Contains("InvalidOperationException: no room for it", told[0].Reason, StringComparison.Ordinal);
    }

    static byte[] Record(string title) => Encoding.UTF8.GetBytes(
        $$"""{"protocolSection":{"identificationModule":{"nctId":"NCT70000001","briefTitle":"{{title}}"} } }""");

    async Task<List<Imported>> Import(IEnumerable<byte[]> records)
    {
        var told = new List<Imported>();
        var run = new ImportRun(
            database.Services.GetRequiredService<TrialImport>().Import, (_, imported) => told.Add(imported));
        foreach (var record in records)
        {
            await run.Add(new InputRecord("input", record), Ct);
        }

        await run.Finish();
        return told;
    }
}
