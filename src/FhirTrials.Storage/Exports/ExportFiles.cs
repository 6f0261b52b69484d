using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Exports;

/// <summary>The files of a type that are being written: resources, deletions, and what could not be exported.</summary>
/// <param name="subset">What is left of a resource's JSON by the elements wanted.</param>
sealed class ExportFiles(
    string jobId, ExportedType type, ExportOptions options,
    Func<string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> subset)
{
    /// <summary>Deletions of one Bundle.</summary>
    const int BundleSize = 100;

    readonly Dictionary<ExportedKind, Draft> _drafts = [];
    readonly List<string> _deletions = [];

    /// <summary>Whether a file is as large as it may be.</summary>
    public bool IsFull => _drafts.Values.Any(d => d.Length >= options.FileBytes);

    public bool IsEmpty => _drafts.Count == 0 && _deletions.Count == 0;

    /// <summary>Writes a line; false where the resource cannot be read, which is told in a file of its own.</summary>
    public bool Add(SnapshotVersion version)
    {
        if (version.Json.Length == 0)
        {
            _deletions.Add(version.Id);
            if (_deletions.Count == BundleSize)
            {
                EndBundle();
            }

            return true;
        }

        try
        {
            ReadOnlyMemory<byte> json = StoredJson.Decompress(version.Json);
            Line(ExportedKind.Output, (type.Elements is { } elements ? subset(elements, json) : json).Span);
            return true;
        }
        catch (InvalidDataException)
        {
            Line(ExportedKind.Error, OperationOutcome.ToUtf8Bytes(
                [Issue.Error(
                    IssueCode.Exception,
                    $"{type.Name}/{version.Id} is damaged in the store and is not in this export.")]));
            return false;
        }
    }

    /// <summary>Ends the files and gives them as rows; further lines come into new ones.</summary>
    public List<ExportFileRow> End(int number)
    {
        EndBundle();
        var rows = _drafts.OrderBy(d => d.Key).Select((d, i) => d.Value.End(jobId, number + i, d.Key, d.Key switch
        {
            ExportedKind.Output => type.Name,
            ExportedKind.Deleted => null,
            ExportedKind.Error => "OperationOutcome",
        })).ToList();
        _drafts.Clear();
        return rows;
    }

    void EndBundle()
    {
        if (_deletions.Count > 0)
        {
            var entries =
                _deletions.Select(id => $$$"""{"request":{"method":"DELETE","url":"{{{type.Name}}}/{{{id}}}"}}""");
            Line(ExportedKind.Deleted, Encoding.UTF8.GetBytes(
                $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', entries)}}]}"""));
            _deletions.Clear();
        }
    }

    void Line(ExportedKind kind, ReadOnlySpan<byte> json)
    {
        if (!_drafts.TryGetValue(kind, out var draft))
        {
            _drafts.Add(kind, draft = new());
        }

        draft.Add(json);
    }

    [SuppressMessage("Design", "CA1001",
        Justification = "Its streams are of memory; its end disposes of what packs them.")]
    sealed class Draft
    {
        /// <summary>Many lines are packed at once: each call costs more than a short line.</summary>
        const int Buffer = 64 << 10;

        readonly MemoryStream _stored = new();
        readonly BufferedStream _text;
        int _lines;

        public Draft() => _text = new(new GZipStream(_stored, CompressionLevel.Fastest, leaveOpen: true), Buffer);

        public long Length { get; private set; }

        public void Add(ReadOnlySpan<byte> json)
        {
            _text.Write(json);
            _text.WriteByte((byte)'\n');
            Length += json.Length + 1;
            _lines++;
        }

        public ExportFileRow End(string jobId, int number, ExportedKind kind, string? type)
        {
            _text.Dispose();
            var content = _stored.ToArray();
            return new()
            {
                JobId = jobId, Number = number, Kind = kind, Type = type,
                Lines = _lines, Length = Length, Stored = content.Length, Content = content,
            };
        }
    }
}
