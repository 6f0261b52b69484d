using System.Globalization;
using System.Text;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Reads a tar archive as it comes (POSIX ustar and pax, GNU's long names) —
/// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06. Memory is taken
/// only for what has come, never for what a header promises; the library's reader sets aside what any
/// header of metadata asks for.</summary>
sealed class TarArchive(Stream stream)
{
    const int BlockSize = 512;

    /// <summary>The longest metadata (pax records, a long name) of one entry.</summary>
    const int MaxMetadata = 64 << 10;

    /// <summary>Beyond ustar's eleven octal digits.</summary>
    const long MaxSize = 1L << 40;

    readonly byte[] _block = new byte[BlockSize];

    /// <param name="IsFile">Whether it is a plain file, with bytes; false for a folder.</param>
    public readonly record struct Entry(string Name, long Size, bool IsFile, bool IsLink);

    /// <summary>The entry whose bytes come next: <see cref="Read"/> or <see cref="Skip"/> them before the next call.
    /// Null at the end.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public Entry? Next()
    {
        var (name, size) = (default(string), default(long?));
        for (var metadata = 0L; ReadHeader();)
        {
            var stated = Size(_block.AsSpan(124, 12));
            metadata += BlockSize + stated;
            if (IsMetadata(_block[156]) && metadata > MaxMetadata)
            {
                throw new InvalidDataException("Metadata of the archive is too long.");
            }

            switch ((char)_block[156])
            {
                case 'x':
                    (name, size) = Pax(Read(stated), name, size);
                    break;
                case 'L':
                    name = Text(Read(stated));
                    break;
                case 'g' or 'K':
                    Skip(stated);
                    break;
                case '0' or '7' or '\0':
                    return new Entry(name ?? HeaderName(), size ?? stated, IsFile: true, IsLink: false);
                case '5':
                    return new Entry(name ?? HeaderName(), size ?? stated, IsFile: false, IsLink: false);
                case '1' or '2':
                    return new Entry(name ?? HeaderName(), 0, IsFile: false, IsLink: true);
                default:
                    throw new InvalidDataException("The archive holds something else than files and folders.");
            }
        }

        return null;
    }

    /// <summary>The bytes of a file.</summary>
    public byte[] Read(long size)
    {
        var bytes = new MemoryStream((int)Math.Min(size, MaxMetadata));
        Pass(size, bytes);
        return bytes.ToArray();
    }

    public void Skip(long size) => Pass(size, Stream.Null);

    void Pass(long size, Stream target)
    {
        var chunk = new byte[(int)Math.Clamp(size, 1, 16 << 10)];
        for (var left = size; left > 0;)
        {
            var count = stream.Read(chunk, 0, (int)Math.Min(left, chunk.Length));
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            target.Write(chunk, 0, count);
            left -= count;
        }

        stream.ReadExactly(_block, 0, (int)((BlockSize - (size % BlockSize)) % BlockSize));
    }

    /// <summary>False at the end: a block of zeros, or nothing more.</summary>
    bool ReadHeader()
    {
        var count = stream.ReadAtLeast(_block, BlockSize, throwOnEndOfStream: false);
        if (count == 0 || (count == BlockSize && !_block.AsSpan().ContainsAnyExcept((byte)0)))
        {
            return false;
        }

        if (count < BlockSize)
        {
            throw new EndOfStreamException();
        }

        var sum = 8 * ' ';
        for (var i = 0; i < BlockSize; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : _block[i];
        }

        return sum == Octal(_block.AsSpan(148, 8))
            ? true
            : throw new InvalidDataException("A checksum of the archive is wrong.");
    }

    string HeaderName()
    {
        var name = Text(_block.AsSpan(0, 100));
        var isUstar = _block.AsSpan(257, 6).SequenceEqual("ustar\0"u8);
        return isUstar && _block[345] != 0 ? $"{Text(_block.AsSpan(345, 155))}/{name}" : name;
    }

    static bool IsMetadata(byte type) => (char)type is 'x' or 'g' or 'L' or 'K';

    /// <summary>Records of the form <c>LENGTH KEY=VALUE\n</c>, of which the path and the size matter.</summary>
    static (string? Name, long? Size) Pax(ReadOnlySpan<byte> records, string? name, long? size)
    {
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            if (space < 0
                || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length)
            {
                throw new InvalidDataException("A record of the archive is malformed.");
            }

            var record = records[(space + 1)..length].TrimEnd((byte)'\n');
            if (record.StartsWith("path="u8))
            {
                name = Text(record[5..]);
            }
            else if (record.StartsWith("size="u8))
            {
                size = long.TryParse(record[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                    && bytes < MaxSize
                    ? bytes
                    : throw new InvalidDataException("A size in the archive is no number.");
            }

            records = records[length..];
        }

        return (name, size);
    }

    /// <summary>Octal digits, or GNU's base 256 for what these cannot hold: that is too large here.</summary>
    static long Size(ReadOnlySpan<byte> field) => (field[0] & 0x80) == 0
        ? Octal(field)
        : throw new InvalidDataException("A size in the archive is too large.");

    static long Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.Trim(" \0"u8);
        var value = 0L;
        foreach (var digit in digits)
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value << 3) + (digit - '0')
                : throw new InvalidDataException("A number in the archive is none.");
        }

        return value;
    }

    static string Text(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is var end and >= 0 ? bytes[..end] : bytes);
}
