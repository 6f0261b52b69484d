using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Tests.Search.Differential;

public sealed class DifferentialTests
{
    const int Searches = 200;

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
            var expected = string.Join(' ', naive.Find(type, conditions));
            var asked = conditions.Select(c => $"{c.Name}={Uri.EscapeDataString(c.Value)}");
            var search = $"{type}?{string.Join('&', asked)}";
            var page = await test.Search($"{search}&_count=100&_total=accurate");
            var actual = string.Join(' ', page.Matches.Select(m => m.Id).Order(StringComparer.Ordinal));
            if (actual != expected || page.Total != page.Matches.Length)
            {
                differences.Add($"{Uri.UnescapeDataString(search)}: found '{actual}' ({page.Total}), not '{expected}'");
            }

            found += expected.Length > 0 ? 1 : 0;
        }

        Assert.Equal([], differences);
        Assert.InRange(found, Searches / 4, Searches * 3 / 4);
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
