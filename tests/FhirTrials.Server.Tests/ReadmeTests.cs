using FhirTrials.Tests;

namespace FhirTrials.Server.Tests;

/// <summary>What the README says that a search finds.</summary>
public sealed class ReadmeTests(FhirServer server)
{
    /// <summary>The studies that every server is started with; other tests create others.</summary>
    static readonly string[] Examples =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples", "registry"), "NCT*.json")
            .Select(f => Path.GetFileNameWithoutExtension(f)),
    ];

    [Fact]
    public async Task Every_search_of_the_README_finds_what_it_says()
    {
        var (count, wrong) = (0, new List<string>());
        foreach (var (line, found) in Lines().Zip(Lines().Skip(1))
            .Where(l => l.First.StartsWith("$ f '", StringComparison.Ordinal)))
        {
            var search = line["$ f '".Length..^1];
            var answer = await server.Get($"ResearchStudy?{search}&_count=1000");
            var ids = answer.Json["entry"]?.AsArray().Select(e => (string)e!["resource"]!["id"]!)
                .Where(Examples.Contains) ?? [];
            count++;
            wrong.AddRange(string.Join(' ', ids) == found ? [] : [$"{search}: {string.Join(' ', ids)}"]);
        }

        Assert.True(count >= 30, $"There are only {count} searches.");
        Assert.Equal([], wrong);
    }

    static IEnumerable<string> Lines() => File.ReadLines(Path.Combine(Repository.Root, "README.md"));
}
