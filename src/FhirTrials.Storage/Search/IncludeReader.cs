using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>What a page's matches refer to, and what refers to them —
/// https://hl7.org/fhir/R4/search.html#include</summary>
sealed class IncludeReader(SqlRunner runner, IncludeSql sql)
{
    /// <summary>A page that includes more is refused rather than cut.</summary>
    const int MaxIncluded = 5000;

    const int ChunkLength = 500;

    /// <summary>Each resource once, and none of the matches again, in the order in which they were found.</summary>
    public async Task<IReadOnlyList<ResourceRow>> Read(
        SearchQuery query, List<ResourceRow> matches, CancellationToken ct)
    {
        var seen = matches.Select(r => r.Key).ToHashSet();
        var included = new List<ResourceRow>();
        var sources = matches;
        var includes = query.Includes;
        while (sources.Count > 0 && includes.Length > 0)
        {
            var found = new List<ResourceRow>();
            foreach (var include in includes)
            {
                foreach (var row in await Follow(include, sources, ct))
                {
                    if (seen.Add(row.Key))
                    {
                        found.Add(row);
                    }
                }
            }

            included.AddRange(found);
            if (included.Count > MaxIncluded)
            {
                throw new FhirException(
                    Issue.Error(
                        IssueCode.TooCostly,
                        $"A page may include {MaxIncluded} resources. Ask for fewer matches a page."),
                    status: 400);
            }

            (sources, includes) = (found, [.. query.Includes.Where(i => i.Iterate)]);
        }

        return included;
    }

    async Task<List<ResourceRow>> Follow(Include include, List<ResourceRow> sources, CancellationToken ct)
    {
        var rows = new List<ResourceRow>();
        foreach (var chunk in sources.Chunk(ChunkLength))
        {
            var selects = include.Reverse
                ? sql.Referring(include, chunk, MaxIncluded + 1)
                : sql.Referred(include, chunk, MaxIncluded + 1);
            foreach (var select in selects)
            {
                rows.AddRange(await runner.Query(select, ResourceColumns.Read, ct));
            }
        }

        return rows;
    }
}
