using FhirTrials.Tests.Chia;
using FhirTrials.Tests.Gold;

namespace FhirTrials.Benchmarks;

/// <summary><c>score [KIND]</c>: the criteria parser against the Chia corpus beside the checkout. With a kind, what
/// went wrong there, of the development part only: who works on the parser does not see how the held-out part does.
/// <c>score gold [KIND]</c>: against the labelled criteria of haematology and oncology.</summary>
static class ScoreCommand
{
    public static int Run(string[] arguments) => arguments is ["gold", .. var kinds] ? Gold(kinds) : Chia(arguments);

    static int Gold(string[] kinds)
    {
        var score = GoldScore.Of(GoldCriterion.ReadAll(Path.Combine(
            Checkout.Root, "tests", "FhirTrials.Trials.Tests", "Criteria", "Gold", "haematology-oncology.jsonl")));
        Console.WriteLine(score);
        Print(score.Errors, kinds);
        return 0;
    }

    static int Chia(string[] arguments)
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
        if (arguments.Length == 0)
        {
            Console.WriteLine($"Held-out part, {documents[true].Count()} documents\n{ChiaScore.Of(documents[true])}");
        }

        Print(development.Errors, arguments);
        return 0;
    }

    static void Print(IEnumerable<string> errors, string[] kinds)
    {
        foreach (var error in errors.Where(e => kinds is [var kind, ..]
            && e.StartsWith(kind, StringComparison.Ordinal)))
        {
            Console.WriteLine(error);
        }
    }
}
