using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Tests.Search.Differential;

public sealed class DifferentialTests
{
    static readonly int Searches = int.Parse(
        Environment.GetEnvironmentVariable("FHIRTRIALS_SEARCHES") ?? "200", CultureInfo.InvariantCulture);

    static CancellationToken Ct => TestStore.Ct;

    /// <summary>Sorting few matches, and walking along an index for any.</summary>
    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 1000)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    public async Task The_store_finds_what_reading_every_resource_finds(int seed, int fewMatches)
    {
        var random = new RandomSearches(seed);
        var resources = random.Resources().Select(TestStore.Resource).ToImmutableArray();
        await using var test = await Load(resources, fewMatches);
        var naive = new NaiveSearch(resources.RemoveAll(IsDeleted));
        var (differences, found) = (new List<string>(), 0);
        for (var i = 0; i < Searches; i++)
        {
            var (type, conditions) = random.Next();
            var matches = naive.Find(type, conditions).ToList();
            var asked = conditions.Select(c => $"{c.Name}={Uri.EscapeDataString(c.Value)}");
            var search = $"{type}?{string.Join('&', asked)}";
            var page = await test.Search($"{search}&_count=100&_total=accurate");
            Compare(
                search, page.Matches.Select(m => m.Id).Order(StringComparer.Ordinal),
                matches.Select(m => m.Id!).Order(StringComparer.Ordinal), page.Total);

            var order = random.Order(type);
            var sorted = $"{search}&_sort={string.Join(',', order)}&_count={random.PageSize()}";
            Compare(
                sorted, await test.Ids(sorted), NaiveSearch.Sorted(matches, order).Select(m => m.Id!), matches.Count);
            found += matches.Count > 0 ? 1 : 0;
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
        Assert.InRange(found, Searches / 4, Searches * 3 / 4);

        void Compare(string search, IEnumerable<string> actual, IEnumerable<string> expected, long? total)
        {
            var (a, e) = (string.Join(' ', actual), string.Join(' ', expected));
            if (a != e || total != actual.Count())
            {
                differences.Add($"{Uri.UnescapeDataString(search)}: found '{a}' ({total}), not '{e}'");
            }
        }
    }

    /// <summary>What refers to it does so still.</summary>
    static bool IsDeleted(Element resource) => resource.Id is "p3" or "g1" or "o4";

    static async Task<TestStore> Load(ImmutableArray<Element> resources, int fewMatches)
    {
        var test = await TestStore.Create(DatabaseProvider.Sqlite, new() { FewMatches = fewMatches });
        await test.Store.Write([.. resources.Select(r => new UpdateOperation(r, r.Id!))], Ct);
        var deleted = resources.Where(IsDeleted).Select(r => new DeleteOperation(r.Type.Name, r.Id!));
        await test.Store.Write([.. deleted], Ct);
        return test;
    }
}
