using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;
using FhirTrials.Storage.Exports;
using FhirTrials.Trials.Mapping;

namespace FhirTrials.Server.Operations;

/// <summary>$bulk-publish: a manifest of all public trials as NDJSON files, to be polled. What claims no trial profile,
/// or refers to a patient, is never in it. A file has the resources of a type between two keys as they were at a
/// change: where that is in its URL it never changes, and a node needs to keep nothing of it —
/// https://build.fhir.org/ig/HL7/bulk-data/publish.html</summary>
sealed class BulkPublish(Snapshots snapshots, FhirDefinitions definitions, ServedTypes served)
{
    /// <summary>Resources of a file, public or not.</summary>
    const int FileSize = 1000;

    static readonly byte[] NewLine = [(byte)'\n'];

    readonly ConcurrentDictionary<SnapshotRange, int> _lines = new();
    volatile Published? _published;

    IEnumerable<string> Types => StudyParts.PublicTypes.Where(served.Contains);

    public static async Task<IResult> Manifest(HttpRequest request, BulkPublish publish, CancellationToken ct)
    {
        var published = await publish.Current(ct);
        var manifest = published.Manifest(FhirUrl.Base(request)).ToJsonString();
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)))[..32];
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=10";
        return Conditional.Answer(
            request, $"W/\"{tag}\"", published.Time, () => Results.Text(manifest, "application/json"));
    }

    /// <param name="range"><c>1-2000</c></param>
    /// <param name="file"><c>3000.ndjson</c></param>
    public static async Task<IResult> File(
        string type, string range, string file, HttpRequest request, BulkPublish publish, ResourceStore store,
        CancellationToken ct)
    {
        if (!publish.Types.Contains(type) || Range(type, range, file) is not { } asked
            || asked.Change > await store.LastChange(ct))
        {
            throw new FhirException(
                Issue.Error(IssueCode.NotFound, "There is no such file; see $bulk-publish for those that there are."));
        }

        var (headers, isPacked) = (request.HttpContext.Response.Headers, NdjsonFile.TakesGzip(request));
        (headers.CacheControl, headers.Vary) = ("public, max-age=31536000, immutable", "Accept-Encoding");
        var tag = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{type}-{asked.From}-{asked.To}-{asked.Change}{(isPacked ? "-gzip" : "")}\"");
        return Conditional.Answer(request, tag, null, () =>
        {
            headers.ContentEncoding = isPacked ? "gzip" : default;
            return Results.Stream(
                stream => isPacked ? publish.Pack(asked, stream, ct) : publish.Write(asked, stream, ct),
                NdjsonFile.Type);
        });
    }

    static SnapshotRange? Range(string type, string range, string file) =>
        (range.Split('-'), file.Split('.')) is ([var from, var to], [var change, "ndjson"])
        && Number(from) is { } first
        && Number(to) is { } last && Number(change) is { } at && first <= last && last <= at
            ? new SnapshotRange(type, first, last, at)
            : null;

    static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;

    async Task Pack(SnapshotRange range, Stream stream, CancellationToken ct)
    {
        await using var packed = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        await Write(range, packed, ct);
    }

    async Task Write(SnapshotRange range, Stream stream, CancellationToken ct)
    {
        await foreach (var json in Lines(range, ct))
        {
            await stream.WriteAsync(json, ct);
            await stream.WriteAsync(NewLine, ct);
        }
    }

    IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(SnapshotRange range, CancellationToken ct) =>
        snapshots.Read(range, ct)
            .Where(json => IsPublic(FhirJson.Read(json.Span, definitions.Types, ReadLimits.Stored).Resource!));

    static bool IsPublic(Fhir.Model.Element resource) =>
        StudyParts.IsPublic(resource)
        && !References.Of(resource, resource.Type.Name)
            .Any(r => r.Target.Contains("Patient/", StringComparison.Ordinal));

    /// <summary>Made anew where one of the types has changed. The changes are asked for first: what comes meanwhile is
    /// in it and is looked at again.</summary>
    async Task<Published> Current(CancellationToken ct)
    {
        var last = await snapshots.Last(Types, ct);
        if (_published is { } known && known.Last.SequenceEqual(last))
        {
            return known;
        }

        var files = new List<(SnapshotRange Range, int Lines)>();
        foreach (var (type, _, _) in last)
        {
            foreach (var range in await snapshots.Ranges(type, FileSize, ct))
            {
                files.Add((range, await Count(range, ct)));
            }
        }

        foreach (var old in _lines.Keys.Except(files.Select(f => f.Range)))
        {
            _lines.TryRemove(old, out _);
        }

        return _published = new([.. last], [.. files.Where(f => f.Lines > 0)]);
    }

    async Task<int> Count(SnapshotRange range, CancellationToken ct) => _lines.TryGetValue(range, out var lines)
        ? lines
        : _lines.GetOrAdd(range, await Lines(range, ct).CountAsync(ct));

    sealed record Published(
        ImmutableArray<(string Type, long Change, DateTimeOffset Time)> Last,
        ImmutableArray<(SnapshotRange Range, int Lines)> Files)
    {
        public DateTimeOffset Time => Last.Select(l => l.Time).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

        public JsonObject Manifest(string baseUrl) => new()
        {
            ["manifestType"] = "http://hl7.org/fhir/uv/bulkdata/StructureDefinition/BulkPublishManifest",
            ["transactionTime"] = BundleWriter.Instant(Time),
            ["request"] = $"{baseUrl}/$bulk-publish",
            ["requiresAccessToken"] = false,
            ["output"] = new JsonArray([.. Files.Select(f => new JsonObject
            {
                ["type"] = f.Range.Type,
                ["url"] = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{baseUrl}/$bulk-publish/{f.Range.Type}/{f.Range.From}-{f.Range.To}/{f.Range.Change}.ndjson"),
                ["count"] = f.Lines,
            })]),
            ["error"] = new JsonArray(),
        };
    }
}
