namespace FhirTrials.Fhir.FhirPath;

/// <summary>Gathers items; a single one needs no memory of its own.</summary>
struct ItemsBuilder
{
    object? _first;
    object[]? _many;
    int _count;

    public void Add(object item)
    {
        if (_count == 0)
        {
            _first = item;
        }
        else
        {
            _many ??= [_first!, null!, null!, null!];
            if (_count == _many.Length)
            {
                Array.Resize(ref _many, _count * 2);
            }

            _many[_count] = item;
        }

        _count++;
    }

    public void AddAll(Items items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <summary>The items; nothing may be added afterwards.</summary>
    public readonly Items ToItems() => _count switch
    {
        0 => Items.Empty,
        1 => Items.One(_first!),
        _ => Items.Owning(_many!.Length == _count ? _many : _many[.._count]),
    };
}
