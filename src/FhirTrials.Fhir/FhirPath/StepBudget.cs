namespace FhirTrials.Fhir.FhirPath;

/// <summary>How much work is left: for one evaluation, or for all that share it. A step is about one item looked at.
/// For one thread at a time.</summary>
public sealed class StepBudget(long steps)
{
    /// <summary>How many steps were taken so far.</summary>
    public long Spent { get; private set; }

    /// <summary>Whether more was asked for than there was.</summary>
    public bool IsExhausted => Spent > steps;

    /// <summary>Pays for work.</summary>
    /// <exception cref="FhirPathException">More steps than are left.</exception>
    public void Spend(int count)
    {
        Spent += count;
        if (IsExhausted)
        {
            throw new FhirPathException("The evaluation takes more steps than allowed.");
        }
    }
}
