namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary><c>|</c>, <c>in</c> and the functions on sets of items —
/// https://hl7.org/fhirpath/N1/#collections-2</summary>
static class Collections
{
    /// <summary>Both without duplicates; the order is kept.</summary>
    public static Items Union(Scope scope, Items left, Items right)
    {
        if (right.IsEmpty && left.Count <= 1)
        {
            return left;
        }

        var set = new ItemSet(scope);
        set.AddAll(left);
        set.AddAll(right);
        return set.ToItems();
    }

    public static Items Combine(Scope scope, Items left, Items right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return left.IsEmpty ? right : left;
        }

        scope.Spend(left.Count + right.Count);
        var all = default(ItemsBuilder);
        all.AddAll(left);
        all.AddAll(right);
        return all.ToItems();
    }

    public static Items Distinct(Scope scope, Items input) =>
        input.Count <= 1 ? input : Union(scope, input, Items.Empty);

    /// <summary>The distinct items that are in both.</summary>
    public static Items Intersect(Scope scope, Items left, Items right)
    {
        var others = ItemSet.Of(scope, right);
        var common = new ItemSet(scope);
        foreach (var item in left)
        {
            if (others.Contains(item))
            {
                common.Add(item);
            }
        }

        return common.ToItems();
    }

    /// <summary>The items of the left that are not in the right; duplicates and order are kept.</summary>
    public static Items Exclude(Scope scope, Items left, Items right)
    {
        var others = ItemSet.Of(scope, right);
        var rest = default(ItemsBuilder);
        foreach (var item in left)
        {
            if (!others.Contains(item))
            {
                rest.Add(item);
            }
        }

        return rest.ToItems();
    }

    public static bool IsSubset(Scope scope, Items left, Items right)
    {
        var others = ItemSet.Of(scope, right);
        foreach (var item in left)
        {
            if (!others.Contains(item))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the only item is in the collection; null without an item.</summary>
    public static bool? In(Scope scope, Items item, Items collection)
    {
        if (Singleton.Item(item) is not { } wanted)
        {
            return null;
        }

        foreach (var candidate in collection)
        {
            if (Equality.Equal(scope, wanted, candidate) == true)
            {
                return true;
            }
        }

        return false;
    }
}
