namespace FhirTrials.Trials.Criteria;

/// <summary>Windows in whole days: <see cref="WindowDirection.Before"/> takes in the day that lies exactly so long ago,
/// <see cref="WindowDirection.MoreThanBefore"/> does not.</summary>
static class Windows
{
    /// <summary>The window of a text that takes that day in or not: <c>less than 30 days ago</c> is within 29 days,
    /// <c>at least 4 weeks ago</c> is more than 27.</summary>
    public static Window Of(decimal value, string unit, WindowDirection direction, bool withLimit)
    {
        var days = unit switch { "d" => value, "wk" => value * 7, _ => 0 };
        var isAsStated = withLimit == (direction == WindowDirection.Before) || days < 2 || days % 1 != 0;
        return isAsStated ? new(value, unit, direction, "treatment") : new(days - 1, "d", direction, "treatment");
    }
}
