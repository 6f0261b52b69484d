using System.Text;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Json;

/// <summary>Turns byte offsets into lines and columns. Offsets are asked for in rising order, so that each byte is
/// looked at once.</summary>
ref struct LineCounter(ReadOnlySpan<byte> utf8)
{
    readonly ReadOnlySpan<byte> _utf8 = utf8;
    int _offset;
    int _line = 1;
    int _column = 1;

    /// <summary>Line and column (in UTF-16 characters), both from 1.</summary>
    public SourcePosition At(int offset)
    {
        if (offset > _offset)
        {
            Advance(_utf8[_offset..offset]);
            _offset = offset;
        }

        return new SourcePosition(_line, _column);
    }

    void Advance(ReadOnlySpan<byte> between)
    {
        var lastBreak = between.LastIndexOf((byte)'\n');
        if (lastBreak >= 0)
        {
            _line += between.Count((byte)'\n');
            _column = 1;
            between = between[(lastBreak + 1)..];
        }

        _column += Encoding.UTF8.GetCharCount(between);
    }
}
