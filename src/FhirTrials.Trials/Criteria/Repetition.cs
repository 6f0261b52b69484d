namespace FhirTrials.Trials.Criteria;

/// <summary>Bounds what criteria say for each other: where each item of a list carries the clause of all, what is read
/// of a text grows with its square.</summary>
sealed class Repetition
{
    /// <summary>The items of a longer list are left open.</summary>
    public const int MaxItems = 20;

    /// <summary>So many leaves the items of a text may carry for others, all lists together; then lists are left
    /// open.</summary>
    public const int MaxLeaves = 2_000;

    int _left = MaxLeaves;

    /// <summary>The clause that so many items are to carry; null where they may not.</summary>
    public Clause? Joint(int items, Func<Clause> clause)
    {
        if (items > MaxItems)
        {
            return null;
        }

        var joint = clause();
        var left = _left - ((items - 1) * Clauses.Leaves(joint).Count());
        if (left < 0)
        {
            return null;
        }

        _left = left;
        return joint;
    }
}
