using System.Buffers;

namespace FhirTrials.Fhir.Json;

/// <summary>What a writer writes, in rented pieces, and at the end in one array of its very length: nothing that was
/// written is moved to make room, and but for the result a large text costs no large memory.</summary>
sealed class Utf8Buffer : IBufferWriter<byte>, IDisposable
{
    /// <summary>Each piece is twice as long as the one before, up to a length of which the pool keeps enough.</summary>
    const int FirstPiece = 16 << 10;
    const int LongestPiece = 1 << 20;

    readonly List<(byte[] Bytes, int Length)> _full = [];
    byte[] _last = ArrayPool<byte>.Shared.Rent(FirstPiece);
    int _written;

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_last.Length - _written < Math.Max(sizeHint, 1))
        {
            _full.Add((_last, _written));
            (_last, _written) =
                (ArrayPool<byte>.Shared.Rent(Math.Max(sizeHint, Math.Min(_last.Length * 2, LongestPiece))), 0);
        }

        return _last.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public byte[] ToArray()
    {
        var all = GC.AllocateUninitializedArray<byte>(_full.Sum(p => p.Length) + _written);
        var rest = all.AsSpan();
        foreach (var (bytes, length) in _full)
        {
            bytes.AsSpan(0, length).CopyTo(rest);
            rest = rest[length..];
        }

        _last.AsSpan(0, _written).CopyTo(rest);
        return all;
    }

    public void Dispose()
    {
        foreach (var (bytes, _) in _full)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        ArrayPool<byte>.Shared.Return(_last);
    }
}
