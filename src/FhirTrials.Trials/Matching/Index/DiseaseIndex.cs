using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>Which studies, by their places in the index, are about which disease. Immutable.</summary>
/// <param name="ByKey">By the keys of the vocabulary's conditions.</param>
/// <param name="ByName">By the conditions that the vocabulary does not know.</param>
/// <param name="NamesByWord">Those conditions by each of their words.</param>
/// <param name="NamesByLongestWord">Those conditions by their longest word.</param>
/// <param name="Always">Studies that name no disease.</param>
sealed record DiseaseIndex(
    ImmutableDictionary<string, ImmutableArray<int>> ByKey,
    ImmutableDictionary<string, ImmutableArray<int>> ByName,
    ImmutableDictionary<string, ImmutableArray<string>> NamesByWord,
    ImmutableDictionary<string, ImmutableArray<string>> NamesByLongestWord,
    ImmutableArray<int> Always)
{
    public static readonly DiseaseIndex Empty = new(None<int>(), None<int>(), None<string>(), None<string>(), []);

    /// <summary>Marks the studies whose disease a record mentions, those aside that only its answers name.</summary>
    public void Mark(RecordMentions mentions, PlaceSet places)
    {
        places.Add(Always);
        foreach (var key in mentions.Keys)
        {
            places.Add(ByKey.GetValueOrDefault(key, []));
        }

        foreach (var name in mentions.Labels.SelectMany(Candidates).Distinct(StringComparer.Ordinal)
            .Where(mentions.IncludeName))
        {
            places.Add(ByName.GetValueOrDefault(name, []));
        }
    }

    /// <summary>With studies taken away and added, by their places.</summary>
    public DiseaseIndex With(
        IReadOnlyCollection<(int Place, StudyDiseases Diseases)> removed,
        IReadOnlyCollection<(int Place, StudyDiseases Diseases)> added)
    {
        var byName = Changed(ByName, removed, added, d => d.Names);
        var (words, longest) = (NamesByWord.ToBuilder(), NamesByLongestWord.ToBuilder());
        foreach (var name in removed.Concat(added).SelectMany(s => s.Diseases.Names).Distinct(StringComparer.Ordinal))
        {
            if (byName.ContainsKey(name) is var isNamed && isNamed != ByName.ContainsKey(name))
            {
                foreach (var word in name.Split(' ').Distinct(StringComparer.Ordinal))
                {
                    Change(words, word, name, isNamed);
                }

                Change(longest, Longest(name.Split(' ')), name, isNamed);
            }
        }

        return new(
            Changed(ByKey, removed, added, d => d.Keys),
            byName,
            words.ToImmutable(),
            longest.ToImmutable(),
            Changed(Always, removed.Where(s => IsNone(s.Diseases)), added.Where(s => IsNone(s.Diseases))));
    }

    /// <summary>Names whose words may all be among a condition's, or the condition's among the name's: then the longest
    /// word is.</summary>
    IEnumerable<string> Candidates(ImmutableHashSet<string> label) =>
        label.SelectMany(word => NamesByLongestWord.GetValueOrDefault(word, []))
            .Concat(NamesByWord.GetValueOrDefault(Longest(label), []));

    static string Longest(IEnumerable<string> words) =>
        words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).First();

    static ImmutableDictionary<string, ImmutableArray<T>> None<T>() =>
        ImmutableDictionary.Create<string, ImmutableArray<T>>(StringComparer.Ordinal);

    static void Change(
        ImmutableDictionary<string, ImmutableArray<string>>.Builder namesByWord, string word, string name, bool isNamed)
    {
        var names = namesByWord.GetValueOrDefault(word, []);
        namesByWord[word] = isNamed ? names.Add(name) : names.Remove(name);
    }

    static bool IsNone(StudyDiseases diseases) => diseases.Keys.IsEmpty && diseases.Names.IsEmpty;

    static ImmutableDictionary<string, ImmutableArray<int>> Changed(
        ImmutableDictionary<string, ImmutableArray<int>> places,
        IEnumerable<(int Place, StudyDiseases Diseases)> removed,
        IEnumerable<(int Place, StudyDiseases Diseases)> added,
        Func<StudyDiseases, ImmutableArray<string>> names)
    {
        var (less, more) = (ByNames(removed, names), ByNames(added, names));
        var changed = places.ToBuilder();
        foreach (var name in less.Select(g => g.Key).Union(more.Select(g => g.Key), StringComparer.Ordinal))
        {
            var now = Changed(places.GetValueOrDefault(name, []), less[name], more[name]);
            if (now.IsEmpty)
            {
                changed.Remove(name);
            }
            else
            {
                changed[name] = now;
            }
        }

        return changed.ToImmutable();
    }

    static ILookup<string, (int Place, StudyDiseases Diseases)> ByNames(
        IEnumerable<(int Place, StudyDiseases Diseases)> studies, Func<StudyDiseases, ImmutableArray<string>> names) =>
        studies.SelectMany(s => names(s.Diseases), (s, name) => (Name: name, Study: s))
            .ToLookup(n => n.Name, n => n.Study, StringComparer.Ordinal);

    static ImmutableArray<int> Changed(
        ImmutableArray<int> places,
        IEnumerable<(int Place, StudyDiseases Diseases)> removed,
        IEnumerable<(int Place, StudyDiseases Diseases)> added)
    {
        var gone = removed.Select(s => s.Place).ToHashSet();
        return [.. places.Where(p => !gone.Contains(p)), .. added.Select(s => s.Place)];
    }
}

/// <summary>A set of places in the index, as bits.</summary>
sealed class PlaceSet(int length)
{
    readonly ulong[] _bits = new ulong[(length + 63) / 64];

    public void Add(ImmutableArray<int> places)
    {
        foreach (var place in places)
        {
            Add(place);
        }
    }

    public void Add(int place) => _bits[place >> 6] |= 1UL << (place & 63);

    public bool Contains(int place) => (_bits[place >> 6] & (1UL << (place & 63))) != 0;

    public int Count => _bits.Sum(System.Numerics.BitOperations.PopCount);

    /// <summary>The places in order.</summary>
    public IEnumerable<int> Places()
    {
        for (var word = 0; word < _bits.Length; word++)
        {
            for (var bits = _bits[word]; bits != 0; bits &= bits - 1)
            {
                yield return (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
            }
        }
    }
}
