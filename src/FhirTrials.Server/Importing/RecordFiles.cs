using System.IO.Compression;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>The registry records in files: one record a file (JSON or the registry's old XML), a page of the API v2
/// (<c>studies</c>), an array, NDJSON, or a zip of any of these but zips. Files are read as streams, one record in
/// memory at a time.</summary>
static class RecordFiles
{
    /// <summary>What a folder is searched for.</summary>
    public static readonly string[] Endings = [".json", ".ndjson", ".jsonl", ".xml", ".zip"];

    /// <summary>Registry records shrink to about a tenth; what unpacks to far more is there to
    /// fill the disk or the time.</summary>
    const int MaxExpansion = 200;

    public static IEnumerable<InputRecord> Read(string file) =>
        file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Zipped(file) : Plain(file);

    /// <summary>How many bytes <see cref="Read"/> gives, about.</summary>
    public static long Size(string file)
    {
        using var zip = file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Opened(file) : null;
        return zip?.Entries.Where(IsRecords).Sum(e => e.Length) ?? new FileInfo(file).Length;
    }

    static IEnumerable<InputRecord> Plain(string file)
    {
        using var source = new FileStream(
            file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        foreach (var record in Records(file, source))
        {
            yield return record;
        }
    }

    static IEnumerable<InputRecord> Zipped(string file)
    {
        using var zip = Opened(file);
        if (zip is null)
        {
            yield return InputRecord.Refused(file, IssueCode.Structure, "The file is no zip, or a damaged one.");
            yield break;
        }

        foreach (var entry in zip.Entries.Where(IsRecords).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            var name = $"{file}#{entry.FullName}";
            if (entry.Length > RegistryReader.MaxBytes && entry.Length / MaxExpansion > entry.CompressedLength)
            {
                yield return InputRecord.Refused(
                    name, IssueCode.TooLong,
                    $"The entry unpacks to more than {MaxExpansion} times its size and is not read.");
                continue;
            }

            // A stream gives no more than the length that the archive states.
            using var source = new ChecksummedStream(entry.Open(), entry.Crc32);
            using var records = Records(name, source).GetEnumerator();
            while (Next(records, name, out var damage))
            {
                yield return damage ?? records.Current;
                if (damage is not null)
                {
                    break;
                }
            }
        }
    }

    /// <summary>Moves on; where the archive is damaged there, that is the last record.</summary>
    static bool Next(IEnumerator<InputRecord> records, string name, out InputRecord? damage)
    {
        damage = null;
        try
        {
            return records.MoveNext();
        }
        catch (InvalidDataException)
        {
            damage = InputRecord.Refused(
                name, IssueCode.Structure,
                "The zip is damaged here or before: what was read of the entry may not be what was packed.");
            return true;
        }
    }

    static bool IsRecords(ZipArchiveEntry entry) =>
        Endings.Except([".zip"]).Any(e => entry.FullName.EndsWith(e, StringComparison.OrdinalIgnoreCase));

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

    static IEnumerable<InputRecord> Records(string name, Stream source) =>
        name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
            ? RecordLines.Read(name, source)
            : new RecordStream(name, source).Read();
}
