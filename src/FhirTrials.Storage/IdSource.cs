namespace FhirTrials.Storage;

/// <summary>Where new logical ids come from; each call gives one that was never given before.</summary>
public sealed class IdSource(Func<string> next)
{
    /// <summary>Random ids that rise with time, so that they lie side by side in an index.</summary>
    public static IdSource Random(TimeProvider clock) => new(() => Guid.CreateVersion7(clock.GetUtcNow()).ToString());

    public string Next() => next();
}
