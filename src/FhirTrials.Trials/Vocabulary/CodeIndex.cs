using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>The concepts of a code: those that list it and those of whose patterns it begins with.</summary>
sealed class CodeIndex
{
    readonly Dictionary<CodePattern, List<int>> _places = [];
    readonly ImmutableArray<VocabularyConcept> _concepts;
    readonly int _longest;

    public CodeIndex(ImmutableArray<VocabularyConcept> concepts)
    {
        _concepts = concepts;
        for (var place = 0; place < concepts.Length; place++)
        {
            foreach (var pattern in concepts[place].Codes)
            {
                ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    _places, Key(pattern.System, pattern.Code), out _);
                (places ??= []).Add(place);
                _longest = Math.Max(_longest, pattern.Code.Length);
            }
        }
    }

    /// <summary>In the vocabulary's order.</summary>
    public IEnumerable<VocabularyConcept> Of(string system, string code)
    {
        var found = new SortedSet<int>();
        Include(code);
        for (var length = Math.Min(code.Length, _longest); length > 0; length--)
        {
            Include($"{code.AsSpan(0, length)}*");
        }

        return found.Select(place => _concepts[place]);

        void Include(string pattern)
        {
            if (_places.TryGetValue(Key(system, pattern), out var places))
            {
                found.UnionWith(places);
            }
        }
    }

    static CodePattern Key(string system, string code) => new(system, code.ToUpperInvariant());
}
