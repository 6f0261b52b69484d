using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Commands;

/// <summary>A registry record that a command line names, whole or in a file of many.</summary>
/// <param name="Name">The file, with the record's place in it where it holds several.</param>
readonly record struct InputRecord(string Name, ReadOnlyMemory<byte> Content);

/// <summary>The registry records in files: one record a file (JSON or the registry's old XML), a page of the API v2
/// (<c>studies</c>), an array, NDJSON, or a zip of any of these but zips.</summary>
static class RecordFiles
{
    /// <summary>What a folder is searched for.</summary>
    public static readonly string[] Endings = [".json", ".ndjson", ".xml", ".zip"];

    public static IEnumerable<InputRecord> Read(string file) =>
        file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
            ? Zipped(file)
            : Records(file, File.ReadAllBytes(file));

    static IEnumerable<InputRecord> Zipped(string file)
    {
        using var zip = Opened(file);
        if (zip is null)
        {
            // The reader says that it is no record.
            yield return new(file, File.ReadAllBytes(file));
            yield break;
        }

        foreach (var entry in zip.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            if (Endings.Except([".zip"]).Any(e => entry.FullName.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            {
                foreach (var record in Records($"{file}#{entry.FullName}", Bounded(entry)))
                {
                    yield return record;
                }
            }
        }
    }

    static ZipArchive? Opened(string file)
    {
        try
        {
            return ZipFile.OpenRead(file);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    static IEnumerable<InputRecord> Records(string name, byte[] content) =>
        name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) ? Lines(name, content)
        : Several(content) is { } items
            ? items.Select((item, index) => new InputRecord($"{name}#{index + 1}", item))
            : [new(name, content)];

    static IEnumerable<InputRecord> Lines(string name, byte[] content)
    {
        var number = 0;
        for (var start = 0; start < content.Length;)
        {
            var end = Array.IndexOf(content, (byte)'\n', start);
            end = end < 0 ? content.Length : end;
            number++;
            var line = content.AsMemory(start, end - start);
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                yield return new($"{name}:{number}", line);
            }

            start = end + 1;
        }
    }

    /// <summary>The records of a page or an array; null where the content is none.</summary>
    static List<ReadOnlyMemory<byte>>? Several(ReadOnlyMemory<byte> content)
    {
        var text = content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
        if (text.Span.TrimStart(" \t\r\n"u8) is not [(byte)'[', ..] && text.Span.IndexOf("\"studies\""u8) < 0)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text, new() { MaxDepth = 64 });
            var root = json.RootElement;
            var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("studies", out var studies)
                ? studies : root;
            return list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetRawText()))]
                : null;
        }
        catch (JsonException)
        {
            // The reader says what is wrong with it.
            return null;
        }
    }

    /// <summary>The content of an entry; of one that unpacks to more than may be read just enough to say so.</summary>
    static byte[] Bounded(ZipArchiveEntry entry)
    {
        var most = entry.FullName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
            ? 1L << 30 : RegistryReader.MaxBytes + 1L;
        using var source = entry.Open();
        var content = new ArrayBufferWriter<byte>(64 * 1024);
        while (content.WrittenCount < most && source.Read(content.GetSpan(64 * 1024)) is > 0 and var count)
        {
            content.Advance(count);
        }

        return content.WrittenSpan.ToArray();
    }
}
