using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Server.Importing;

/// <summary>The records of NDJSON, one a line.</summary>
static class RecordLines
{
    const int FirstBuffer = 1 << 16;

    public static IEnumerable<InputRecord> Read(string name, Stream source)
    {
        var (buffer, start, end, searched) = (new byte[FirstBuffer], 0, 0, 0);
        var (line, isTooLong, isEnd) = (1L, false, false);
        while (!isEnd || start < end)
        {
            var stop = Array.IndexOf(buffer, (byte)'\n', start + searched, end - start - searched);
            if (stop < 0 && !isEnd)
            {
                searched = end - start;
                if (searched > RegistryReader.MaxBytes)
                {
                    // Its end is looked for, but it is not kept.
                    (start, end, searched, isTooLong) = (0, 0, 0, true);
                }

                (buffer, start, end) = Room(buffer, start, end);
                var count = source.Read(buffer, end, buffer.Length - end);
                (end, isEnd) = (end + count, count == 0);
                continue;
            }

            stop = stop < 0 ? end : stop;
            var content = buffer.AsMemory(start, stop - start);
            if (isTooLong)
            {
                yield return InputRecord.Refused(
                    $"{name}:{line}", IssueCode.TooLong, $"The record has more than {RegistryReader.MaxBytes} bytes.");
            }
            else if (!content.Span.Trim(" \t\r"u8).IsEmpty)
            {
                yield return new($"{name}:{line}", content.ToArray());
            }

            (start, searched, isTooLong) = (Math.Min(stop + 1, end), 0, false);
            line++;
        }

        if (isTooLong)
        {
            yield return InputRecord.Refused(
                $"{name}:{line}", IssueCode.TooLong, $"The record has more than {RegistryReader.MaxBytes} bytes.");
        }
    }

    /// <summary>Makes room for more bytes behind those that are still wanted.</summary>
    public static (byte[] Buffer, int Start, int End) Room(byte[] buffer, int start, int end)
    {
        var wanted = buffer.AsSpan(start, end - start);
        if (wanted.Length > buffer.Length / 2)
        {
            var larger = new byte[buffer.Length * 2];
            wanted.CopyTo(larger);
            return (larger, 0, wanted.Length);
        }

        wanted.CopyTo(buffer);
        return (buffer, 0, wanted.Length);
    }
}
