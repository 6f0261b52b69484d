using System.Data.Common;
using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

/// <summary>Reads what is nearest first: circle by circle, and within a circle place by place, until the
/// page is full. What is at a place is read in the order of its keys, so that the cost is that of the
/// page, however many there are.</summary>
sealed class NearReader(SearchSql sql, SqlRunner runner)
{
    /// <summary>Each circle has a sixteenth of the area of the next.</summary>
    static readonly int[] Circles = [64, 16, 4, 1];

    /// <summary>Places of a circle that are read one by one; what is beyond is read at once, and sorted.</summary>
    const int MaxPlaces = 32;

    public async Task<List<T>> First<T>(
        SearchOfType search, SearchPath.Outwards path, PageStart start, int count, Func<DbDataReader, T> read,
        CancellationToken ct)
    {
        // Where the page before ended there may be more at the same distance.
        var found = new List<T>();
        var inner = start.After is { } after ? Math.BitDecrement((double)after.Values[0]) : -1;
        foreach (var part in Circles)
        {
            var circle = path.Near with { Chord = path.Near.Chord / part };
            if (circle.Chord * circle.Chord <= inner)
            {
                continue;
            }

            var places = await runner.Query(sql.Places(search, path, circle, inner, MaxPlaces + 1), Place, ct);
            var isAll = places.Count <= MaxPlaces;
            foreach (var group in places.Take(MaxPlaces).GroupBy(p => p.Square).SkipLast(isAll ? 0 : 1))
            {
                foreach (var (place, square) in group)
                {
                    found.AddRange(
                        await runner.Query(sql.AtPlace(search, path, place, square, start, count), read, ct));
                }

                if (found.Count >= count)
                {
                    return found;
                }

                inner = group.Key;
            }

            if (!isAll)
            {
                found.AddRange(await runner.Query(sql.Within(search, path, circle, inner, start, count), read, ct));
            }

            if (found.Count >= count)
            {
                return found;
            }

            inner = circle.Chord * circle.Chord;
        }

        return found;
    }

    static (SpherePoint Point, double Square) Place(DbDataReader row) =>
        (new(row.GetDouble(0), row.GetDouble(1), row.GetDouble(2)), row.GetDouble(3));
}
