using System.Runtime.InteropServices;
using System.Text;

namespace FhirTrials.Fhir.Json;

/// <summary>Short literals of one text that were made already: codes, systems and units stand in it again and again,
/// and one string for all of them keeps the tree of a large Bundle small.</summary>
readonly struct LiteralCache()
{
    const int Slots = 256;
    const int LongestLiteral = 64;

    /// <summary>At each place the last literal of that hash; a newer one takes its place.</summary>
    readonly string?[] _known = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestLiteral)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var known = ref _known[Hash(utf8) % Slots];
        return known is not null && Ascii.Equals(utf8, known) ? known : known = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>Of the length and the last bytes, in which literals differ most.</summary>
    static uint Hash(ReadOnlySpan<byte> utf8)
    {
        ulong tail = 0;
        var last = utf8[Math.Max(0, utf8.Length - sizeof(ulong))..];
        last.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref tail)));
        return unchecked((uint)(((tail ^ (ulong)utf8.Length) * 0x9E3779B97F4A7C15) >> 40));
    }
}
