using FhirTrials.Fhir.FhirPath.Operators;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#filtering-and-projection and #aggregates</summary>
static class Filtering
{
    public static Items Where(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        if (input.OnlyOrNull is { } only)
        {
            return Singleton.Boolean(arguments[0](scope.Iterate().At(only, 0))) == true ? input : Items.Empty;
        }

        var found = default(ItemsBuilder);
        var iteration = scope.Iterate();
        var index = 0;
        foreach (var item in input)
        {
            if (Singleton.Boolean(arguments[0](iteration.At(item, index++))) == true)
            {
                found.Add(item);
            }
        }

        return found.ToItems();
    }

    public static Items Select(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        if (input.OnlyOrNull is { } only)
        {
            return arguments[0](scope.Iterate().At(only, 0));
        }

        var all = default(ItemsBuilder);
        var iteration = scope.Iterate();
        var index = 0;
        foreach (var item in input)
        {
            var some = arguments[0](iteration.At(item, index++));
            scope.Spend(some.Count);
            all.AddAll(some);
        }

        return all.ToItems();
    }

    /// <summary>Projects again and again on what is new, until nothing new comes.</summary>
    public static Items Repeat(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var seen = new ItemSet(scope);
        var waiting = new Queue<object>();
        foreach (var item in input)
        {
            waiting.Enqueue(item);
        }

        var iteration = scope.Iterate();
        while (waiting.TryDequeue(out var item))
        {
            foreach (var next in arguments[0](iteration.At(item, 0)))
            {
                if (seen.Add(next))
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return seen.ToItems();
    }

    public static Items Aggregate(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var total = arguments.Length > 1 ? arguments[1](scope) : Items.Empty;
        var iteration = scope.Iterate();
        var index = 0;
        foreach (var item in input)
        {
            total = arguments[0](iteration.At(item, index++).WithTotal(total));
        }

        return total;
    }
}
