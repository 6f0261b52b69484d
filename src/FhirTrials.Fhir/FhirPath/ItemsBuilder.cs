using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>Gathers items; a single one needs no memory of its own.</summary>
struct ItemsBuilder
{
    object? _first;
    object[]? _many;

    public int Count { get; private set; }

    /// <summary>What was gathered so far.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<object> Span =>
        _many is null ? new ReadOnlySpan<object>(in _first!)[..Count] : _many.AsSpan(0, Count);

    public void Add(object item)
    {
        if (Count == 0)
        {
            _first = item;
        }
        else
        {
            _many ??= [_first!, null!, null!, null!];
            if (Count == _many.Length)
            {
                Array.Resize(ref _many, Count * 2);
            }

            _many[Count] = item;
        }

        Count++;
    }

    public void AddAll(Items items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <summary>The items; nothing may be added afterwards.</summary>
    public readonly Items ToItems() => Count switch
    {
        0 => Items.Empty,
        1 => Items.One(_first!),
        _ => Items.Owning(_many!.Length == Count ? _many : _many[..Count]),
    };
}
