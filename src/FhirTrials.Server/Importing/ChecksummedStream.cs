namespace FhirTrials.Server.Importing;

/// <summary>An entry of a zip that is read forwards, held to the checksum that the archive states
/// (CRC-32): the library does not.</summary>
sealed class ChecksummedStream(Stream source, uint expected) : Stream
{
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Row)];

    uint _crc = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The end is reached and the content is not what was packed.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        foreach (var value in buffer[..count])
        {
            _crc = Table[(_crc ^ value) & 0xFF] ^ (_crc >> 8);
        }

        return count > 0 || buffer.IsEmpty || ~_crc == expected
            ? count
            : throw new InvalidDataException("The checksum is wrong.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        source.Dispose();
        base.Dispose(disposing);
    }

    static uint Row(int value)
    {
        var row = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            row = (row & 1) == 0 ? row >> 1 : 0xEDB88320 ^ (row >> 1);
        }

        return row;
    }
}
