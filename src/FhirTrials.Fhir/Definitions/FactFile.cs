using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace FhirTrials.Fhir.Definitions;

/// <summary>The sections of a file of facts, in the order of the header's offsets.</summary>
enum FactSection
{
    Strings,
    Constraints,
    Structures,
    SearchParameters,
    ValueSets,
    CodeSystems,
    Compartments,
}

/// <summary>The compact file of R4 facts that the compiler writes. Opening it decodes nothing; each string is decoded
/// when first asked for.</summary>
/// <remarks>Header: magic, then one little-endian offset per <see cref="FactSection"/>. Strings: count, offsets, UTF-8.
/// Everything else is made of variable-length integers (7 bits a byte, low first); a text is 0 for none or the string's
/// number plus 1; a list is its count and its items.</remarks>
sealed class FactFile
{
    /// <summary>The first bytes of the file: a name and the version of the layout.</summary>
    public static ReadOnlySpan<byte> Magic => "FTR4\x02\0\0\0"u8;

    readonly byte[] _bytes;
    readonly string?[] _strings;
    readonly int _firstStringOffset;

    public FactFile(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Magic))
        {
            throw new InvalidDataException("The embedded definitions are of another layout; compile them again.");
        }

        _bytes = bytes;
        var strings = SectionOffset(FactSection.Strings);
        _strings = new string?[Int32At(strings)];
        _firstStringOffset = strings + sizeof(int);
    }

    /// <summary>A cursor at the start of a section.</summary>
    public FactCursor Section(FactSection section) => new(this, SectionOffset(section));

    /// <summary>A cursor at a byte offset from the start of the file.</summary>
    public FactCursor At(int offset) => new(this, offset);

    internal byte ByteAt(int offset) => _bytes[offset];

    internal int Int32At(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(offset));

    internal string String(int number)
    {
        if (_strings[number] is { } known)
        {
            return known;
        }

        var data = _firstStringOffset + (sizeof(int) * (_strings.Length + 1));
        var start = Int32At(_firstStringOffset + (sizeof(int) * number));
        var end = Int32At(_firstStringOffset + (sizeof(int) * (number + 1)));
        return _strings[number] = Encoding.UTF8.GetString(_bytes.AsSpan(data + start, end - start));
    }

    int SectionOffset(FactSection section) => Int32At(Magic.Length + (sizeof(int) * (int)section));
}

/// <summary>Reads facts from a place in the file on.</summary>
struct FactCursor(FactFile file, int offset)
{
    public int Offset { get; private set; } = offset;

    public int Int()
    {
        var value = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var next = file.ByteAt(Offset++);
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (int)value;
            }
        }
    }

    /// <summary>A fixed-width offset within the file.</summary>
    public int FileOffset()
    {
        var value = file.Int32At(Offset);
        Offset += sizeof(int);
        return value;
    }

    public string? TextOrNull() => Int() is var number and not 0 ? file.String(number - 1) : null;

    public string Text() => TextOrNull() ?? throw new InvalidDataException("The embedded definitions are damaged.");

    public ImmutableArray<string> Texts()
    {
        var count = Int();
        if (count == 0)
        {
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
        {
            texts.Add(Text());
        }

        return texts.MoveToImmutable();
    }
}
