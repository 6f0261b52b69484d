using FhirTrials.Fhir.FhirPath.Operators;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>A key of <c>sort()</c>: <c>-key</c> sorts descending.</summary>
readonly record struct SortKey(Evaluation Value, bool IsDescending);

/// <summary><c>sort()</c> of the ballot that follows N1; items without a key come first, whatever the
/// direction.</summary>
static class Sorting
{
    public static Items Sort(Scope scope, Items input, IReadOnlyList<SortKey> keys)
    {
        var iteration = scope.Iterate();
        var rows = new List<(object Item, object?[] Keys)>(input.Count);
        foreach (var item in input)
        {
            var on = iteration.At(item, rows.Count);
            rows.Add((item,
                keys.Count == 0 ? [Singleton.Unwrap(item)] : [.. keys.Select(k => Singleton.Value(k.Value(on)))]));
        }

        try
        {
            var order = Comparer<object?[]>.Create((left, right) => Compare(scope, left, right, keys));
            return Items.Many([.. rows.OrderBy(r => r.Keys, order).Select(r => r.Item)]);
        }
        catch (InvalidOperationException e) when (e.InnerException is FhirPathException inner)
        {
            throw new FhirPathException(inner.Message, inner.Offset);
        }
    }

    static int Compare(Scope scope, object?[] left, object?[] right, IReadOnlyList<SortKey> keys)
    {
        scope.Spend(1);
        for (var i = 0; i < left.Length; i++)
        {
            var order = (left[i], right[i]) switch
            {
                (null, null) => 0,
                (null, _) => -1,
                (_, null) => 1,
                var (l, r) => (Comparison.Compare(l, r) ?? 0) * (keys.Count > i && keys[i].IsDescending ? -1 : 1),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
