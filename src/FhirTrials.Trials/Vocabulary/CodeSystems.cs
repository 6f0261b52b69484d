namespace FhirTrials.Trials.Vocabulary;

/// <summary>The short names of code systems in the vocabulary's tables, and the URIs that
/// FHIR records use for them.</summary>
public static class CodeSystems
{
    /// <summary>The vocabulary's own, whose codes are the keys of concepts (<c>b-all</c>, <c>anc</c>).</summary>
    public const string Vocabulary = "http://fhirtrials.org/fhir/CodeSystem/vocabulary";

    static readonly (string Key, string Uri)[] Known =
    [
        ("sct", "http://snomed.info/sct"),
        ("icd10", "http://hl7.org/fhir/sid/icd-10-cm"),
        ("icd10", "http://hl7.org/fhir/sid/icd-10"),
        ("ncit", "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"),
        ("ncit", "http://ncithesaurus-stage.nci.nih.gov"),
        ("loinc", "http://loinc.org"),
        ("rx", "http://www.nlm.nih.gov/research/umls/rxnorm"),
        ("atc", "http://www.whocc.no/atc"),
    ];

    /// <summary>The short name for a system's URI; for a system that has none, such as a site's own, the URI.</summary>
    public static string KeyOf(string uri) => Array.Find(Known, k => k.Uri == uri).Key ?? uri;

    /// <summary>The short name of a system that a text is; null where it is none.</summary>
    internal static string? FindKey(ReadOnlySpan<char> text)
    {
        foreach (var (key, _) in Known)
        {
            if (text.SequenceEqual(key))
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The preferred URI for a short name.</summary>
    public static string UriOf(string key) => Array.Find(Known, k => k.Key == key).Uri ?? key;

    /// <summary>Every URI that records use for a short name.</summary>
    public static IEnumerable<string> UrisOf(string key) =>
        Known.Where(k => k.Key == key).Select(k => k.Uri).DefaultIfEmpty(key);
}
