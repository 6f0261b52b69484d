using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Tests.Search;

/// <summary>The nearest first, of resources that have many places, against a walk over all of them.</summary>
public sealed class NearTests
{
    const int Studies = 250;

    const int Searches = 60;

    static readonly FhirDefinitions Definitions = FhirDefinitions.R4.With(
        PackageLoader.Load(Path.Combine(Repository.Root, "profiles"), FhirDefinitions.R4.Types));

    static CancellationToken Ct => TestStore.Ct;

    /// <summary>Few places that many share, as a registry's cities; and nearly as many as there are studies. Of either
    /// some are equally far from the middle.</summary>
    [Theory]
    [InlineData(1, 12, 1000)]
    [InlineData(2, 12, 1)]
    [InlineData(3, 200, 1000)]
    [InlineData(4, 200, 1)]
    public async Task The_nearest_come_first_on_every_page(int seed, int places, int fewMatches)
    {
        var random = new Random(seed);
        await using var test = await TestStore.Create(DatabaseProvider.Sqlite, new() { FewMatches = fewMatches });
        var store = new ResourceStore(test.Database, Definitions, IdSource.Random(TimeProvider.System));
        var studies = Made(random, [.. Places(random, places)]);
        foreach (var batch in studies.Chunk(50))
        {
            await store.Write([.. batch.Select(s => new UpdateOperation(TestStore.Resource(s.Json), s.Id))], Ct);
        }

        var parser = new SearchQueryParser(Definitions, test.Clock, "http://here.test/fhir");
        for (var i = 0; i < Searches; i++)
        {
            string[] centres = ["0|0", "0|0.5", "-90|0", "1|179.9"];
            var centre = centres[random.Next(centres.Length)];
            var near = FormattableString.Invariant($"{centre}|{Math.Pow(10, random.Next(1, 5)) * 2:0}");
            var recruits = random.Next(3) == 0;
            var sort = random.Next(3) == 0 ? "near,-_id" : "near";
            var search =
                $"near={near}{(recruits ? "&status=active" : "")}&_sort={sort}&_count={random.Next(1, 40)}";
            var byId = search.Contains("-_id", StringComparison.Ordinal);
            var value = NearSearch.Parse(near)!;
            var expected = studies
                .Where(s => s.Sites.Any(p => NearSearch.Square(value, p) <= value.Chord * value.Chord)
                    && (!recruits || s.IsActive))
                .OrderBy(s => s.Sites.Min(p => NearSearch.Square(value, p)));
            expected =
                byId ? expected.ThenByDescending(s => s.Id, StringComparer.Ordinal) : expected.ThenBy(s => s.Number);
            var found = new List<string>();
            for (var (page, first) = ((string?)null, true); first || page is not null; first = false)
            {
                var answer = await store.Search(
                    parser.Parse("ResearchStudy", TestStore.Parameters(search), lenient: false).Query, page, Ct);
                found.AddRange(answer.Matches.Select(m => m.Id));
                page = answer.Next;
            }

            Assert.Equal((search, string.Join(' ', expected.Select(s => s.Id))), (search, string.Join(' ', found)));
        }
    }

    /// <summary>Around the middle of the map, four of them on a circle, and some far away.</summary>
    static IEnumerable<(double Latitude, double Longitude)> Places(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return i switch
            {
                < 4 => ((double[])[0.5, -0.5, 0, 0])[i] is var latitude
                    ? (latitude, ((double[])[0, 0, 0.5, -0.5])[i])
                    : default,
                _ when i % 7 == 0 => ((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180),
                _ => ((random.NextDouble() * 4) - 2, (random.NextDouble() * 4) - 2),
            };
        }
    }

    static ImmutableArray<Study> Made(Random random, ImmutableArray<(double Latitude, double Longitude)> places) =>
    [
        .. Enumerable.Range(0, Studies).Select(number =>
        {
            var sites = Enumerable.Range(0, random.Next(0, 6)).Select(_ => places[random.Next(places.Length)]).ToList();
            var id = string.Create(CultureInfo.InvariantCulture, $"s{(number * 37) % Studies}");
            var isActive = random.Next(4) == 0;
            var references = sites.Select(p => string.Create(CultureInfo.InvariantCulture, $$"""
                {"display":"A","extension":[{"url":"http://fhirtrials.org/fhir/StructureDefinition/site-position",
                 "extension":[
                {"url":"latitude","valueDecimal":{{p.Latitude:F6}}},{"url":"longitude",
                 "valueDecimal":{{p.Longitude:F6}}}]}]}
                """));
            var site = sites.Count == 0 ? "" : $",\"site\":[{string.Join(',', references)}]";
            return new Study(
                number, id, isActive,
                [.. sites.Select(p => SpherePoint.Of(Math.Round(p.Latitude, 6), Math.Round(p.Longitude, 6)))],
                $$"""{"resourceType":"ResearchStudy","id":"{{id}}","statu"""
                    + $$"""s":"{{(isActive ? "active" : "completed")}}"{{site}}}""");
        }),
    ];

    sealed record Study(int Number, string Id, bool IsActive, ImmutableArray<SpherePoint> Sites, string Json);
}
