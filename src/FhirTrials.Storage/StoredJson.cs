using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace FhirTrials.Storage;

/// <summary>JSON as stored: its length (4 bytes, little endian), then Brotli.</summary>
static class StoredJson
{
    // Two thirds of the time of 1 for 7 % more bytes, which are as quickly read.
    const int Quality = 0;
    const int Window = 18;

    public static byte[] Compress(ReadOnlySpan<byte> json)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(int) + BrotliEncoder.GetMaxCompressedLength(json.Length));
        try
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer, json.Length);
            return BrotliEncoder.TryCompress(json, buffer.AsSpan(sizeof(int)), out var written, Quality, Window)
                ? buffer[..(sizeof(int) + written)]
                : throw new InvalidOperationException("The buffer for compression was too small.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static byte[] Decompress(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty)
        {
            return [];
        }

        var json = new byte[BinaryPrimitives.ReadInt32LittleEndian(stored)];
        return BrotliDecoder.TryDecompress(stored[sizeof(int)..], json, out var written) && written == json.Length
            ? json
            : throw new InvalidDataException("A stored resource is damaged.");
    }
}
