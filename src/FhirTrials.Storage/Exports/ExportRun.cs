using System.Diagnostics;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Jobs;
using FhirTrials.Storage.Rows;
using FhirTrials.Storage.Writing;
using Microsoft.EntityFrameworkCore;

namespace FhirTrials.Storage.Exports;

/// <summary>Does one export, or goes on with it from the place that its last files reach to.</summary>
sealed class ExportRun(
    FhirDatabase database,
    FhirDefinitions definitions,
    SearchIndexer indexer,
    InternedNames names,
    SearchParameters parameters,
    JobQueue jobs,
    ExportOptions options,
    Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> subset,
    JobRow job)
{
    /// <summary>After so long what there is becomes a file, however small: the lease is renewed, and a restart has
    /// little to do again.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    readonly ExportDefinition _definition = JsonSerializer.Deserialize<ExportDefinition>(job.Definition)!;
    long _done = job.Done;
    long _skipped = job.Skipped;
    long _stored;
    int _files;
    long _saved = Stopwatch.GetTimestamp();

    public async Task Do(CancellationToken ct)
    {
        await using (var context = database.Open())
        {
            _files = await context.ExportFiles.CountAsync(f => f.JobId == job.Id, ct);
            _stored = await context.ExportFiles.Where(f => f.JobId == job.Id).SumAsync(f => f.Stored, ct);
        }

        var parser = new SearchQueryParser(
            definitions, database.Clock, _definition.Request.Base, parameters: parameters);
        var begin = ExportPlace.Of(job.Place);
        for (var type = begin.Type; type < _definition.Request.Types.Count; type++)
        {
            if (!await Export(type, type == begin.Type ? begin.Key : 0, parser, ct))
            {
                return;
            }
        }

        await jobs.Finish(job.Id, null, ct);
    }

    /// <summary>False where the export is another node's now, or nobody's.</summary>
    async Task<bool> Export(int number, long key, SearchQueryParser parser, CancellationToken ct)
    {
        var type = _definition.Request.Types[number];
        var filter = new ExportFilter(definitions, indexer, parser, type, _definition.Request);
        var reader = new SnapshotReader(database, definitions, names, filter, _definition.Change);
        var files = new ExportFiles(job.Id, type, options, subset);
        var reading = Read(key);
        try
        {
            while (true)
            {
                var part = await reading;
                reading = part.IsLast ? reading : Read(part.End);
                var end = part.IsLast ? new ExportPlace(number + 1, 0) : new ExportPlace(number, part.End);
                if (!await Write(part, number, end, files, ct))
                {
                    return false;
                }

                if (part.IsLast)
                {
                    return true;
                }
            }
        }
        finally
        {
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // While one part is written the next is read.
        Task<SnapshotPart> Read(long after) => Task.Run(() => reader.Read(after, ct), ct);
    }

    /// <param name="end">The place behind the part.</param>
    async Task<bool> Write(SnapshotPart part, int type, ExportPlace end, ExportFiles files, CancellationToken ct)
    {
        foreach (var version in part.Versions)
        {
            _skipped += files.Add(version) ? 0 : 1;
            _done++;
            if (files.IsFull && !await Save(files.End(_files + 1), new(type, version.Key), ct))
            {
                return false;
            }
        }

        var isDue = Stopwatch.GetElapsedTime(_saved) > Longest || (part.IsLast && !files.IsEmpty);
        return !isDue || await Save(files.End(_files + 1), end, ct);
    }

    /// <summary>Keeps files and place in one commit.</summary>
    async Task<bool> Save(List<ExportFileRow> rows, ExportPlace place, CancellationToken ct)
    {
        _files += rows.Count;
        _stored += rows.Sum(r => r.Stored);
        _saved = Stopwatch.GetTimestamp();
        if (_stored > options.TotalBytes)
        {
            await jobs.Finish(
                job.Id,
                "It is larger than an export may be. Ask for fewer types, or for what has changed since a time.", ct);
            return false;
        }

        return rows.Count == 0
            ? await jobs.Advance(job.Id, place.Number, _done, _skipped, ct)
            : await database.Writes.Run(rows.Count, transaction => Save(transaction, rows, place, ct), ct);
    }

    async Task<bool> Save(
        WriteTransaction transaction, List<ExportFileRow> rows, ExportPlace place, CancellationToken ct)
    {
        var isOurs = await jobs.Advance(transaction.Context, job.Id, place.Number, _done, _skipped, ct);
        await transaction.Commands.Insert(isOurs ? rows : []);
        return isOurs;
    }
}
