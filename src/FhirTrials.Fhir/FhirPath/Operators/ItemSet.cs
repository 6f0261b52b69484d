namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary>Distinct items by FHIRPath's equality, in the order they came. A few are compared one by one, more are
/// found by their hash.</summary>
struct ItemSet(Scope scope)
{
    const int Few = 8;

    ItemsBuilder _items;
    HashSet<object>? _index;

    public static ItemSet Of(Scope scope, Items items)
    {
        var set = new ItemSet(scope);
        set.AddAll(items);
        return set;
    }

    public void AddAll(Items items)
    {
        foreach (var item in items)
        {
            Add(item);
        }
    }

    /// <summary>Adds the item if no equal one is there; says whether it did.</summary>
    public bool Add(object item)
    {
        scope.Spend(1);
        if (_index is null ? Contains(item) : !_index.Add(item))
        {
            return false;
        }

        _items.Add(item);
        if (_index is null && _items.Count > Few)
        {
            _index = new(_items.Count * 2, new ByEquality(scope));
            foreach (var known in _items.Span)
            {
                _index.Add(known);
            }
        }

        return true;
    }

    public readonly bool Contains(object item)
    {
        if (_index is not null)
        {
            return _index.Contains(item);
        }

        foreach (var other in _items.Span)
        {
            if (Equality.Equal(scope, item, other) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The items; nothing may be added afterwards.</summary>
    public readonly Items ToItems() => _items.ToItems();

    sealed class ByEquality(Scope scope) : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? x, object? y) => Equality.Equal(scope, x!, y!) == true;

        int IEqualityComparer<object>.GetHashCode(object item) => Equality.Hash(item);
    }
}
