using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>An ECOG performance status that is told as a concept rather than as a number: LOINC's answer list LL529-9,
/// SNOMED CT's grades as mCODE lists them —
/// https://www.hl7.org/fhir/us/mcode/2019Sep/ValueSet-obf-ECOGPerformanceStatusVS.html</summary>
static partial class EcogGrade
{
    /// <summary>No words for a grade are longer.</summary>
    const int MaxLength = 1_000;

    static readonly FrozenDictionary<(string System, string Code), int> Grades = new Dictionary<(string, string), int>
    {
        [("http://loinc.org", "LA9622-7")] = 0,
        [("http://loinc.org", "LA9623-5")] = 1,
        [("http://loinc.org", "LA9624-3")] = 2,
        [("http://loinc.org", "LA9625-0")] = 3,
        [("http://loinc.org", "LA9626-8")] = 4,
        [("http://loinc.org", "LA9627-6")] = 5,
        [("http://snomed.info/sct", "425389002")] = 0,
        [("http://snomed.info/sct", "422512005")] = 1,
        [("http://snomed.info/sct", "422894000")] = 2,
        [("http://snomed.info/sct", "423053003")] = 3,
        [("http://snomed.info/sct", "423237006")] = 4,
        [("http://snomed.info/sct", "423409001")] = 5,
    }.ToFrozenDictionary();

    /// <summary>The grade; null where codes or texts name none or differ.</summary>
    /// <returns>Whether it is of the words alone.</returns>
    public static (int Grade, bool ByText)? Of(Element concept)
    {
        var coded = concept["coding"]
            .Select(c => Grades.TryGetValue((c.ValueOf("system") ?? "", c.ValueOf("code") ?? ""), out var grade)
                ? grade
                : (int?)null)
            .OfType<int>();
        var said = concept["coding"].Select(c => c.ValueOf("display")).Append(concept.ValueOf("text")).OfType<string>()
            .Where(text => text.Length <= MaxLength).Select(text => Named().Match(text)).Where(m => m.Success)
            .Select(m => int.Parse(m.Groups["grade"].Value, CultureInfo.InvariantCulture));
        return coded.Concat(said).Distinct().ToArray() is [var only] ? (only, !coded.Any()) : null;
    }

    /// <summary><c>1</c>, <c>ECOG 1: …</c>, <c>ECOG performance status - grade 1</c>; not <c>0-1</c>.</summary>
    [GeneratedRegex(
        @"^\s*(ecog\b[a-z ]*[-:]?\s*)?(grade\s*)?(?<grade>[0-5])(?![\w.,%<>+]|\s*[-–/]\s*\d|\s+(to|or|and)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
