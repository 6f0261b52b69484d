namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary>Distinct items by FHIRPath's equality, in the order they came.</summary>
sealed class ItemSet(Scope scope)
{
    readonly Dictionary<int, List<object>> _buckets = [];

    public List<object> Items { get; } = [];

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
        var hash = Equality.Hash(item);
        if (!_buckets.TryGetValue(hash, out var bucket))
        {
            _buckets.Add(hash, bucket = []);
        }
        else if (IsIn(bucket, item))
        {
            return false;
        }

        bucket.Add(item);
        Items.Add(item);
        return true;
    }

    public bool Contains(object item) => _buckets.TryGetValue(Equality.Hash(item), out var bucket) && IsIn(bucket, item);

    bool IsIn(List<object> bucket, object item)
    {
        foreach (var other in bucket)
        {
            if (Equality.Equal(scope, item, other) == true)
            {
                return true;
            }
        }

        return false;
    }
}
