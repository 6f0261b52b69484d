namespace FhirTrials.Fhir.Tests.Generation;

/// <summary>Runs what hostile input is given to: nothing may escape, and no attempt may take more memory than is
/// stated, freed memory included.</summary>
static class Hostile
{
    /// <param name="seed">Each round has a generator of its own, made of this and its
    /// number: a failure names both.</param>
    public static void Try(int seed, int rounds, long mostBytes, Action<Random> attempt)
    {
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(HashCode(seed, round));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                attempt(random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"Round {round} of seed {seed}: {e.GetType().Name}: {e.Message}", e);
            }

            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= mostBytes, $"Round {round} of seed {seed} took {taken:N0} bytes.");
        }
    }

    static int HashCode(int seed, int round) => unchecked((seed * 1_000_003) + round);
}
