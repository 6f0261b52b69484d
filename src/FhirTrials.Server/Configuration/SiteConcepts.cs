using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>Finds for each term of a site's file its place in the vocabulary.</summary>
/// <remarks>
/// A term that has the name of a concept adds its codes and names to it, unless it is a kind of what the concept is
/// not. Any other that is a kind of a concept becomes one itself, of the same kind. One that may not, for want of a
/// name of its own, adds its codes to the concepts that it is a kind of: a code means a concept or a narrower one.
/// All others are left out.
/// </remarks>
sealed partial class SiteConcepts
{
    public const int MaxLength = 300;

    /// <summary>More than any terminology needs.</summary>
    const int MaxDepth = 100;

    const int ShortestName = 3;

    /// <summary>The kinds of which a site may add concepts. Of the others each one is known to the matcher.</summary>
    public static readonly ImmutableArray<ConceptKind> Kinds =
    [
        ConceptKind.Condition, ConceptKind.Genomic, ConceptKind.Lab, ConceptKind.Vital, ConceptKind.Score,
        ConceptKind.Therapy, ConceptKind.Drug, ConceptKind.Substance, ConceptKind.Procedure,
    ];

    readonly string _file;
    readonly ConceptVocabulary _vocabulary;
    readonly Func<string, bool> _isEveryday;
    readonly SiteNotes _notes;
    readonly Dictionary<string, SiteTerm> _terms;
    readonly List<ConceptAddition> _additions = [];
    readonly Dictionary<string, VocabularyConcept> _made = new(StringComparer.Ordinal);

    /// <summary>Keys of all that the concepts made are kinds of.</summary>
    readonly Dictionary<string, HashSet<string>> _broader = new(StringComparer.Ordinal);

    /// <summary>Keys of the concepts made, by their names in comparable words.</summary>
    readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    /// <summary>The concepts that terms are or, where they are none themselves, are kinds of;
    /// null while that is found out.</summary>
    readonly Dictionary<string, ImmutableArray<string>?> _placed = new(StringComparer.Ordinal);

    SiteConcepts(
        string file, ConceptVocabulary vocabulary, IEnumerable<SiteTerm> terms, Func<string, bool> isEveryday,
        SiteNotes notes)
    {
        (_file, _vocabulary, _isEveryday, _notes) = (file, vocabulary, isEveryday, notes);
        _terms = new(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            if (!_terms.TryAdd(term.Id, term))
            {
                _notes.Add(_file, "terms stand there already, and the first counts", term.Id);
            }
        }
    }

    /// <summary>The vocabulary with the terms of a file and what it adds to concepts besides.</summary>
    /// <exception cref="InvalidDataException">A term is a kind of itself, or of another
    /// kind than what it is below.</exception>
    public static ConceptVocabulary Add(
        string file, ConceptVocabulary vocabulary, IEnumerable<ConceptAddition> additions, IEnumerable<SiteTerm> terms,
        Func<string, bool> isEveryday, SiteNotes notes)
    {
        var places = new SiteConcepts(file, vocabulary, terms, isEveryday, notes);
        foreach (var addition in additions)
        {
            places.AddTo(addition.Key, addition.Codes, addition.Names);
        }

        foreach (var term in places._terms.Values)
        {
            places.Place(term, 0);
        }

        return places._additions.Count + places._made.Count == 0
            ? vocabulary : vocabulary.With(places._additions, [.. places._made.Values]);
    }

    /// <summary>A code that FHIR can hold, which is no pattern and has not the mark between codes.</summary>
    public static bool IsCode(string text) => IsSound(text) && FhirCode().IsMatch(text);

    public static bool IsName(string text) => IsSound(text);

    ImmutableArray<string> Place(SiteTerm term, int depth)
    {
        if (_placed.TryGetValue(term.Id, out var placed))
        {
            return placed ?? throw new InvalidDataException($"{At(term)}: '{term.Id}' is a kind of itself.");
        }

        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"{At(term)}: '{term.Id}' is below more than {MaxDepth} others.");
        }

        _placed[term.Id] = null;
        var above = term.Parents
            .SelectMany(p => _terms.TryGetValue(p, out var parent) ? Place(parent, depth + 1) : Outside(p))
            .Distinct().ToList();
        ImmutableArray<string> parents =
            [.. above.Except(above.Count < 2 ? [] : above.SelectMany(BroaderThan))];
        var codes = term.Codes.RemoveAll(c => !IsCode(c.Code));
        if (codes.Length < term.Codes.Length)
        {
            _notes.Add(
                _file, "codes are left out: too long, or with control characters, '|', '*' or double blanks", term.Id);
        }

        ImmutableArray<string> keys;
        if (Known(term, parents) is { } known)
        {
            AddTo(known, codes, term.Names);
            keys = IsCalled(known, term) || !parents.IsEmpty ? [known] : [];
        }
        else if (parents.IsEmpty)
        {
            _notes.Add(
                _file, "terms are left out: neither they nor what they are kinds of are in the vocabulary",
                NameOf(term));
            keys = [];
        }
        else if (Make(term, codes, parents) is { } made)
        {
            keys = [made];
        }
        else
        {
            foreach (var parent in parents)
            {
                AddTo(parent, codes, []);
            }

            keys = parents;
        }

        _placed[term.Id] = keys;
        return keys;
    }

    /// <summary>The concepts that a parent means which is no term of the file.</summary>
    IEnumerable<string> Outside(string parent) => parent.LastIndexOf('|') is >= 0 and var bar
        ? _vocabulary.WithCode(parent[..bar], parent[(bar + 1)..]).Select(c => c.Key) : [parent];

    /// <summary>The concept that the term is: by its preferred name, else by its others.</summary>
    string? Known(SiteTerm term, ImmutableArray<string> parents)
    {
        var others = term.Names.Skip(1).Select(n => _vocabulary.Lookup(n)?.Key).OfType<string>().Distinct().ToArray();
        var key = KeyOf(NameOf(term)) ?? (others is [var only] ? only : null);
        var agrees = key is not null && (IsCalled(key, term) || parents.All(p => p != key && IsKindOf(key, p)));
        return agrees ? key : null;
    }

    /// <summary>Whether the concept's own name is the term's. By another name it may mean less than the term, as
    /// criteria do: to trials of leukemia <c>CNS disease</c> is leukemia.</summary>
    bool IsCalled(string key, SiteTerm term) => TermText.Key(Concept(key).Text) == TermText.Key(NameOf(term));

    /// <summary>The key of the concept that the term becomes; null where it may not.</summary>
    string? Make(SiteTerm term, ImmutableArray<CodePattern> codes, ImmutableArray<string> parents)
    {
        var kinds = parents.Select(p => Concept(p).Kind).Distinct().ToArray();
        if (kinds is not [var kind] || !Kinds.Contains(kind))
        {
            _notes.Add(
                _file, "terms are no concepts of their own: they are of two kinds, or of one that a site may not add",
                NameOf(term));
            return null;
        }

        if (term.Kind is { } said && said != kind && (said, kind) is not (ConceptKind.Drug, ConceptKind.Therapy))
        {
            var parent = Concept(parents[0]).Text;
            throw new InvalidDataException(
                $"{At(term)}: '{NameOf(term)}' cannot be a {Lower(said)}: '{parent}' is a {Lower(kind)}.");
        }

        var names = Accepted(term.Names, null);
        if (names.IsEmpty)
        {
            return null;
        }

        var key = KeyFor(names[0]);
        if (_vocabulary.Find(key) is not null || _made.ContainsKey(key))
        {
            _notes.Add(_file, "names differ from another only in signs and are left out", names[0]);
            return null;
        }

        _made.Add(key, new(
            key, term.Kind ?? kind, names[0], parents, codes, names[1..], Concept(parents[0]).Unit,
            Path.GetFileName(_file)));
        _broader.Add(key, [.. parents, .. parents.SelectMany(p =>
            _broader.GetValueOrDefault(p) ?? _vocabulary.WithBroader(p).Select(c => c.Key))]);
        foreach (var name in names)
        {
            _named[TermText.Key(name)] = key;
        }

        return key;
    }

    /// <summary>Begins as no key of the product does, so that it stays the site's whatever the product adds.</summary>
    static string KeyFor(string name) => "site-" + string.Join('-', TermText.Words(name).Select(word => word[^1] switch
    {
        '+' => $"{word[..^1]}-positive",
        '-' => $"{word[..^1]}-negative",
        _ => word,
    }));

    void AddTo(string key, ImmutableArray<CodePattern> codes, ImmutableArray<string> names)
    {
        var accepted = Accepted(names.RemoveAll(n => KeyOf(n) == key), key);
        if (codes.Length + accepted.Length > 0)
        {
            _additions.Add(new(key, codes, accepted));
        }

        foreach (var name in accepted)
        {
            _named[TermText.Key(name)] = key;
        }
    }

    /// <summary>The names that a concept may have; the others are noted.</summary>
    /// <param name="key">The concept's; null for one to be made.</param>
    ImmutableArray<string> Accepted(ImmutableArray<string> names, string? key)
    {
        return [.. names.Where(IsAccepted).DistinctBy(TermText.Key)];

        bool IsAccepted(string name)
        {
            var other = KeyOf(name) is { } found && found != key ? found : null;
            var why = !IsSound(name) ? "names are left out: too long, or with control characters, '|' or '*'"
                : name.Trim().Length < ShortestName || !name.Any(char.IsLetter)
                    ? $"names are left out: shorter than {ShortestName} characters, or without a letter"
                : _isEveryday(name) ? "names are left out: everyday words, which would be found everywhere"
                : other is not null ? "names are left out: those of other concepts"
                : null;
            if (why is not null)
            {
                _notes.Add(_file, why, other is null ? name : $"{name} ({other})");
            }

            return why is null;
        }
    }

    string? KeyOf(string name) => _vocabulary.Lookup(name)?.Key ?? _named.GetValueOrDefault(TermText.Key(name));

    VocabularyConcept Concept(string key) => _made.TryGetValue(key, out var made) ? made : _vocabulary.Find(key)!;

    IEnumerable<string> BroaderThan(string key) => _broader.TryGetValue(key, out var all) ? all
        : _vocabulary.WithBroader(key).Select(c => c.Key).Where(c => c != key);

    bool IsKindOf(string key, string broader) =>
        key == broader
        || (_broader.TryGetValue(key, out var all) ? all.Contains(broader) : _vocabulary.IsA(key, broader));

    string At(SiteTerm term) => term.Line is { } line ? FormattableString.Invariant($"{_file}:{line}") : _file;

    static string NameOf(SiteTerm term) => term.Names is [var first, ..] ? first : term.Id;

    static string Lower(ConceptKind kind) => kind.ToString().ToLowerInvariant();

    static bool IsSound(string text) =>
        text.Length <= MaxLength && !text.Any(c => char.IsControl(c) || c is '|' or '*');

    /// <summary>https://hl7.org/fhir/R4/datatypes.html#code</summary>
    [GeneratedRegex(@"^[^\s]+(\s[^\s]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex FhirCode();
}
