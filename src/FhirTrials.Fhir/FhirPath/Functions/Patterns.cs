using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>Regular expressions from outside: in linear time where .NET can, else with a time limit.</summary>
static class Patterns
{
    const int MaxLength = 2_000;
    const int MaxKept = 1_000;

    /// <summary>Steps that could be taken in the time that making a pattern, or trying one in vain, may take.</summary>
    const int CostOfMaking = 10_000;
    const int CostOfTimeLimit = 5_000_000;

    const RegexOptions Options = RegexOptions.Singleline | RegexOptions.CultureInvariant;

    static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(500);
    static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    /// <param name="isFull">Whether the whole text must match.</param>
    public static Items Matches(Scope scope, Items input, Items pattern, bool isFull) =>
        Strings.With(input, pattern, (text, given) =>
            Run(scope, isFull ? $"^(?:{given})\\z" : given, regex => regex.IsMatch(text)));

    /// <summary>Each substitution is paid for before it is made: it may hold the whole text many times.</summary>
    public static string Replace(Scope scope, string text, string pattern, string substitution)
    {
        if (pattern.Length == 0)
        {
            return text;
        }

        scope.Spend((int)Math.Min((text.Length + 1L) * (substitution.Length + 1L), int.MaxValue));
        return Run(scope, pattern, regex => regex.Replace(text, match =>
        {
            var result = match.Result(substitution);
            scope.Spend(result.Length);
            return result;
        }));
    }

    static T Run<T>(Scope scope, string pattern, Func<Regex, T> use)
    {
        try
        {
            return use(Get(scope, pattern));
        }
        catch (RegexMatchTimeoutException)
        {
            scope.Spend(CostOfTimeLimit);
            throw new FhirPathException("A regular expression takes too long on this text.");
        }
    }

    static Regex Get(Scope scope, string pattern)
    {
        if (Kept.TryGetValue(pattern, out var known))
        {
            return known;
        }

        scope.Spend(CostOfMaking);
        var made = Make(pattern);
        if (Kept.Count < MaxKept)
        {
            Kept.TryAdd(pattern, made);
        }

        return made;
    }

    static Regex Make(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw new FhirPathException($"A regular expression is longer than {MaxLength} characters.");
        }

        try
        {
            return new(pattern, Options | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            return new(pattern, Options, TimeLimit);
        }
        catch (ArgumentException e)
        {
            throw new FhirPathException($"A regular expression is not valid: {e.Message}");
        }
    }
}
