using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching.Index;

/// <summary>Makes each index from the one before. Of one thread; the indexes that it has made are read by
/// any.</summary>
public sealed class StudyIndexWriter
{
    readonly DecisionTable _table = new();
    readonly SharedTexts _texts = new();
    readonly Stack<int> _freePlaces = new();

    /// <summary>The newest.</summary>
    public StudyIndex Index { get; private set; } = StudyIndex.Empty;

    /// <summary>How many decisions all studies together have.</summary>
    public int Decisions => _table.Count;

    /// <summary>With studies replaced or added, and others, by their ids, taken away.</summary>
    public StudyIndex Apply(IReadOnlyCollection<StudyEntry> changed, IReadOnlyCollection<string> removed)
    {
        var studies = Index.Rows.ToBuilder();
        var places = Index.Places.ToBuilder();
        var (less, more) = (new List<(int, StudyDiseases)>(), new List<(int, StudyDiseases)>());
        foreach (var id in changed.Select(e => e.Study.Id).Concat(removed))
        {
            if (places.Remove(id, out var place))
            {
                less.Add((place, studies[place]!.Diseases));
                _table.Remove(studies[place]!.Slots);
                studies[place] = null;
                _freePlaces.Push(place);
            }
        }

        foreach (var entry in changed)
        {
            var study = new IndexedStudy(_texts.Shared(entry), _table);
            var place = Place(study, studies);
            places[entry.Study.Id] = place;
            more.Add((place, study.Diseases));
        }

        return Index =
            new(studies.ToImmutable(), places.ToImmutable(), Index.Diseases.With(less, more), _table.Decisions);
    }

    int Place(IndexedStudy study, ImmutableArray<IndexedStudy?>.Builder studies)
    {
        if (_freePlaces.TryPop(out var free))
        {
            studies[free] = study;
            return free;
        }

        studies.Add(study);
        return studies.Count - 1;
    }
}

/// <summary>Lists of texts that many studies have, each there once.</summary>
sealed class SharedTexts
{
    /// <summary>How many lists are kept to be shared; then sharing begins anew.</summary>
    const int MaxLists = 500_000;

    readonly Dictionary<string, ImmutableArray<string>> _lists = new(StringComparer.Ordinal);

    public StudyEntry Shared(StudyEntry entry) => entry with
    {
        Facets = entry.Facets with
        {
            Phases = Shared(entry.Facets.Phases),
            Statuses = Shared(entry.Facets.Statuses),
            Countries = Shared(entry.Facets.Countries),
            Conditions = Shared(entry.Facets.Conditions),
        },
        Eligibility = entry.Eligibility with
        {
            Diseases = new(Shared(entry.Eligibility.Diseases.Keys), Shared(entry.Eligibility.Diseases.Names)),
        },
    };

    ImmutableArray<string> Shared(ImmutableArray<string> texts)
    {
        if (_lists.Count >= MaxLists)
        {
            _lists.Clear();
        }

        var list = string.Join('\n', texts);
        return _lists.TryGetValue(list, out var known) ? known : _lists[list] = texts;
    }
}
