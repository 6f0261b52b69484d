using System.Collections.Concurrent;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>The expressions of leaves that were written before: studies ask the same things again and again.
/// Thread-safe.</summary>
static class KnownExpressions
{
    /// <summary>Beyond as many characters all are forgotten.</summary>
    const int MostCharacters = 16 << 20;

    static readonly ConcurrentDictionary<Clause, string?> Known = new();
    static ConceptVocabulary? _vocabulary;
    static int _characters;

    /// <summary>The expression of a leaf, as it was written before or is now.</summary>
    public static string? Of(Clause leaf, Func<Clause, string?> write)
    {
        if (_vocabulary != ConceptVocabulary.Default || Volatile.Read(ref _characters) > MostCharacters)
        {
            Known.Clear();
            (_vocabulary, _characters) = (ConceptVocabulary.Default, 0);
        }

        if (!Known.TryGetValue(leaf, out var expression))
        {
            expression = write(leaf);
            Known[leaf] = expression;
            Interlocked.Add(ref _characters, 100 + (expression?.Length ?? 0));
        }

        return expression;
    }
}
