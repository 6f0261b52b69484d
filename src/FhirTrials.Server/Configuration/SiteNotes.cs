namespace FhirTrials.Server.Configuration;

/// <summary>What of a site's terminology was not taken, in a line for each file and reason, for the operator.</summary>
sealed class SiteNotes
{
    const int MaxExamples = 5;

    readonly Dictionary<(string File, string What), (int Count, List<string> Examples)> _notes = [];

    /// <param name="what">In the plural: <c>names are left out: everyday words</c>.</param>
    public void Add(string file, string what, string example)
    {
        var (count, examples) = _notes.GetValueOrDefault((file, what), (0, []));
        if (examples.Count < MaxExamples)
        {
            examples.Add(example.Length <= 80 ? example : example[..80] + "…");
        }

        _notes[(file, what)] = (count + 1, examples);
    }

    /// <summary><c>a.obo: 7 names are left out: everyday words: 'other', 'disease', …</c></summary>
    public IEnumerable<string> Lines =>
        from note in _notes
        let examples = string.Join("', '", note.Value.Examples)
        let more = note.Value.Count > MaxExamples ? ", …" : ""
        select FormattableString.Invariant($"{note.Key.File}: {note.Value.Count} {note.Key.What}: '{examples}'{more}");
}
