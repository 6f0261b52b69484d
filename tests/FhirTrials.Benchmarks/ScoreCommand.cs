using FhirTrials.Tests.Chia;

namespace FhirTrials.Benchmarks;

/// <summary><c>score [KIND]</c>: the criteria parser against the Chia corpus beside the checkout. With a kind, also what
/// went wrong there, of the development part only.</summary>
static class ScoreCommand
{
    public static int Run(string[] arguments)
    {
        var folder = Path.Combine(Checkout.Root, "..", "shared", "data", "chia");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"The Chia corpus is not at {Path.GetFullPath(folder)}.");
            return 1;
        }

        var documents = ChiaDocument.ReadAll(folder).ToLookup(d => d.IsHeldOut);
        var development = ChiaScore.Of(documents[false]);
        Console.WriteLine($"Development part, {documents[false].Count()} documents\n{development}");
        Console.WriteLine($"Held-out part, {documents[true].Count()} documents\n{ChiaScore.Of(documents[true])}");
        foreach (var error in development.Errors.Where(e => arguments is [var kind, ..] && e.StartsWith(kind, StringComparison.Ordinal)))
        {
            Console.WriteLine(error);
        }

        return 0;
    }
}
