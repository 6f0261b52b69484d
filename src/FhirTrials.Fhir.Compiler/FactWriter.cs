using System.Buffers.Binary;
using System.Text;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Compiler;

/// <summary>Writes the sections of a file of facts; see <see cref="FactFile"/> for the layout.</summary>
sealed class FactWriter
{
    readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    readonly List<byte>[] _sections = [.. Enum.GetValues<FactSection>().Select(_ => new List<byte>())];
    readonly List<(FactSection Section, int At, FactSection To, int Offset)> _references = [];
    List<byte> _out = [];
    FactSection _section;

    /// <summary>Lets what follows go to that section.</summary>
    public void Begin(FactSection section) => (_section, _out) = (section, _sections[(int)section]);

    public void Int(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            _out.Add((byte)(rest & 0x7F | 0x80));
        }

        _out.Add((byte)rest);
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            Int(0);
            return;
        }

        if (!_strings.TryGetValue(text, out var number))
        {
            _strings[text] = number = _strings.Count;
        }

        Int(number + 1);
    }

    public void Texts(IReadOnlyCollection<string> texts)
    {
        Int(texts.Count);
        foreach (var text in texts)
        {
            Text(text);
        }
    }

    /// <summary>Writes an index (a count, then per item what <paramref name="key"/> writes and the offset of its body)
    /// and the bodies after it.</summary>
    public void Indexed<T>(IReadOnlyCollection<T> items, Action<T> key, Action<T> body)
    {
        var places = new Queue<int>();
        Int(items.Count);
        foreach (var item in items)
        {
            key(item);
            places.Enqueue(_out.Count);
            _out.AddRange([0, 0, 0, 0]);
        }

        foreach (var item in items)
        {
            _references.Add((_section, places.Dequeue(), _section, _out.Count));
            body(item);
        }
    }

    public byte[] ToBytes()
    {
        WriteStrings();
        var header = FactFile.Magic.Length + (sizeof(int) * _sections.Length);
        var starts = new int[_sections.Length];
        var length = header;
        for (var i = 0; i < _sections.Length; i++)
        {
            starts[i] = length;
            length += _sections[i].Count;
        }

        var bytes = new byte[length];
        FactFile.Magic.CopyTo(bytes);
        for (var i = 0; i < _sections.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(FactFile.Magic.Length + (sizeof(int) * i)), starts[i]);
            _sections[i].CopyTo(bytes, starts[i]);
        }

        foreach (var (section, at, to, offset) in _references)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(starts[(int)section] + at), starts[(int)to] + offset);
        }

        return bytes;
    }

    void WriteStrings()
    {
        Begin(FactSection.Strings);
        Span<byte> number = stackalloc byte[sizeof(int)];
        var texts = _strings.OrderBy(s => s.Value).Select(s => Encoding.UTF8.GetBytes(s.Key)).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(number, texts.Length);
        _out.AddRange(number);
        var end = 0;
        _out.AddRange([0, 0, 0, 0]);
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, end += text.Length);
            _out.AddRange(number);
        }

        foreach (var text in texts)
        {
            _out.AddRange(text);
        }
    }
}
