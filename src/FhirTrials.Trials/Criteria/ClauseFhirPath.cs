using System.Collections.Concurrent;
using System.Globalization;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>Writes a clause as FHIRPath over a Bundle of one patient's record: true, false, or empty where the record
/// does not say.</summary>
/// <remarks>FHIRPath N1 cannot sort, so where results differ the expression is empty; the matcher, which knows the
/// newest, says more. An age is in completed years.</remarks>
public static class ClauseFhirPath
{
    const string Unknown = "{}";

    /// <summary>The longest list that is written as a union, and the most concepts of which all names are written.
    /// </summary>
    const int MostListed = 40, MostNamed = 60;

    const string Reliable = "status in ('final' | 'amended' | 'corrected')";

    /// <summary>The tests for concepts of the vocabulary, each written once.</summary>
    static readonly ConcurrentDictionary<(string Path, Concept Concept), string> Tests = [];

    public static string Write(Clause clause) => clause switch
    {
        Clause.AllOf { Clauses: [] } => "true",
        Clause.AnyOf { Clauses: [] } => "false",
        Clause.AllOf all => string.Join(" and ", all.Clauses.Select(Bracketed)),
        Clause.AnyOf any => string.Join(" or ", any.Clauses.Select(Bracketed)),
        Clause.AtLeast some => AtLeast(some),
        Clause.Not not => $"({Write(not.Inner)}).not()",
        Clause.Sex sex => $"entry.resource.ofType(Patient).gender.first() = '{sex.Gender}'",
        Clause.Measured { Measurement.Kind: MeasurementKind.Age } age => Age(age.Measurement),
        Clause.Measured { Measurement: { Concept.Key: null } or { Unit: "" } } => Unknown,
        Clause.Measured measured => Measured(measured.Measurement),
        Clause.Present present => Present(present),
        Clause.Unread => Unknown,
        _ => throw new InvalidOperationException($"No clause is a {clause.GetType().Name}."),
    };

    static string Bracketed(Clause clause) => $"({Write(clause)})";

    /// <summary>Certain by those that hold; impossible where too few are left that could.</summary>
    static string AtLeast(Clause.AtLeast some)
    {
        var hold = string.Join(" + ", some.Clauses.Select(c => $"iif({Write(c)}, 1, 0)").DefaultIfEmpty("0"));
        var could = string.Join(" + ", some.Clauses.Select(c => $"iif(({Write(c)}).not(), 0, 1)").DefaultIfEmpty("0"));
        return $"iif({hold} >= {some.Count}, true, iif({could} < {some.Count}, false, {Unknown}))";
    }

    static string Age(Measurement age)
    {
        const string birth = "entry.resource.ofType(Patient).birthDate.first()";
        var word = Duration(age.Unit);
        var parts = new List<string>();
        if (age.Low is { } low)
        {
            parts.Add($"{birth} <= today() - {Number(age.LowInclusive ? low : low + 1)} {word}");
        }

        if (age.High is { } high)
        {
            parts.Add($"{birth} > today() - {Number(age.HighInclusive ? high + 1 : high)} {word}");
        }

        return string.Join(" and ", parts);
    }

    static string Measured(Measurement m)
    {
        var results = $"entry.resource.ofType(Observation).where({Reliable} and {IsCoded("code", m.Concept)}{InWindow("effective", m.Within)})";
        var test = m.RelativeTo is { } limit ? Relative(m, limit) : m.Kind == MeasurementKind.Score ? Score(m)
            : Limits(m, "value", n => $"{Number(n)} '{m.Unit}'");
        return Agreed(results, test);
    }

    /// <summary>True or false where all results say so.</summary>
    static string Agreed(string results, string test) =>
        $"iif({results}.empty(), {Unknown}, iif({results}.all({test}), true, iif({results}.all(({test}).not()), false, {Unknown})))";

    static string Score(Measurement m) =>
        Limits(m, "(value.ofType(Quantity).value | value.ofType(integer))", Number);

    static string Relative(Measurement m, ReferenceLimit limit)
    {
        var end = limit switch
        {
            ReferenceLimit.Uln => "high",
            ReferenceLimit.Lln => "low",
        };
        return $"value.code = referenceRange.{end}.code.first() and {Limits(m, "value.value", n => $"{Number(n)} * referenceRange.{end}.value.first()")}";
    }

    static string Limits(Measurement m, string value, Func<decimal, string> number)
    {
        var parts = new List<string>();
        if (m.Low is { } low)
        {
            parts.Add($"{value} {(m.LowInclusive ? ">=" : ">")} {number(low)}");
        }

        if (m.High is { } high)
        {
            parts.Add($"{value} {(m.HighInclusive ? "<=" : "<")} {number(high)}");
        }

        return string.Join(" and ", parts);
    }

    static string Present(Clause.Present p) => p.Kind switch
    {
        FactKind.Condition or FactKind.Genomic => Condition(p),
        FactKind.Pregnancy => $"iif(entry.resource.ofType(Patient).gender.first() = 'male', false, {Condition(p)})",
        FactKind.Therapy => Events(
            p,
            p.Status == FactStatus.Planned
                ? $"entry.resource.ofType(MedicationRequest).where(status = 'active' and {Coded("medication.ofType(CodeableConcept)", p)})"
                : $"(entry.resource.ofType(MedicationAdministration).where(status in ('completed' | 'in-progress') and {Coded("medication.ofType(CodeableConcept)", p)}{InWindow("effective", p.Window)})"
                    + $" | entry.resource.ofType(MedicationStatement).where(status in ('active' | 'completed' | 'stopped') and {Coded("medication.ofType(CodeableConcept)", p)}{InWindow("effective", p.Window)})"
                    + $" | entry.resource.ofType(Procedure).where(status in ('completed' | 'in-progress') and {Coded("code", p)}{InWindow("performed", p.Window)}))"),
        FactKind.Procedure => Events(
            p,
            p.Status == FactStatus.Planned
                ? $"entry.resource.ofType(ServiceRequest).where(status = 'active' and {Coded("code", p)})"
                : $"entry.resource.ofType(Procedure).where(status in ('completed' | 'in-progress') and {Coded("code", p)}{InWindow("performed", p.Window)})"),
        FactKind.Allergy => Events(
            p, $"entry.resource.ofType(AllergyIntolerance).where(verificationStatus.coding.code.intersect('refuted' | 'entered-in-error').empty() and {Coded("code", p)})"),
    };

    static string Events(Clause.Present _, string events) => $"iif({events}.exists(), true, {Unknown})";

    /// <summary>Stated by a condition; denied by one that is refuted or, for what must hold now, over.</summary>
    static string Condition(Clause.Present p)
    {
        var conditions = $"entry.resource.ofType(Condition).where({Coded("code", p)} and verificationStatus.coding.code.where($this = 'entered-in-error').empty())";
        const string refuted = "verificationStatus.coding.code.where($this = 'refuted').exists()";
        const string over =
            "clinicalStatus.coding.code.where($this in ('resolved' | 'inactive' | 'remission')).exists()";
        var (holds, denies) = p.Status switch
        {
            FactStatus.Current => ($"({refuted}).not() and ({over}).not()", $"{refuted} or {over}"),
            FactStatus.Any or FactStatus.History => ($"({refuted}).not()", refuted),
            FactStatus.Planned => ("false", "false"),
        };
        return $"iif({conditions}.where({holds}{InWindow("onset", p.Window)}).exists(), true, iif({conditions}.where({denies}).exists(), false, {Unknown}))";
    }

    static string Coded(string path, Clause.Present p) =>
        p.Except is { } except ? $"({IsCoded(path, p.Concept)}) and ({IsCoded(path, except)}).not()"
            : $"({IsCoded(path, p.Concept)})";

    /// <summary>Whether a CodeableConcept has a code of the concept or a narrower one, or is named as one is. The
    /// names of what is narrower are left out where there are very many: the codes tell.</summary>
    static string IsCoded(string path, Concept concept) =>
        concept.Key is null ? CodedAs(path, concept) : Tests.GetOrAdd((path, concept), at => CodedAs(at.Path, at.Concept));

    static string CodedAs(string path, Concept concept)
    {
        var concepts = concept.Key is { } key ? ConceptVocabulary.Default.WithNarrower(key).ToArray() : [];
        var codes = concepts.SelectMany(c => c.Codes).GroupBy(c => c.System).Select(g =>
        {
            var systems = string.Join(" or ", CodeSystems.UrisOf(g.Key).Select(u => $"system = '{Escaped(u)}'"));
            return $"{path}.coding.where(({systems}) and ({IsOneOf(g)})).exists()";
        });
        var names = concepts.Take(concepts.Length > MostNamed ? 1 : concepts.Length)
            .SelectMany(c => c.Synonyms.Append(c.Text)).Append(concept.Text).Select(n => n.ToLowerInvariant());
        var named = $"{path}.text.where({IsAmong("lower()", names)}).exists()";
        return $"({string.Join(" or ", codes.Append(named))})";
    }

    static string IsOneOf(IEnumerable<CodePattern> codes)
    {
        var beginnings = codes.Where(c => c.Code.EndsWith('*')).Select(c => c.Code[..^1]).Distinct().ToArray();
        beginnings = [.. beginnings.Where(b => !beginnings.Any(o => o != b && b.StartsWith(o, StringComparison.Ordinal)))];
        var listed = codes.Select(c => c.Code)
            .Where(c => !c.EndsWith('*') && !beginnings.Any(b => c.StartsWith(b, StringComparison.Ordinal))).ToArray();
        var tests = beginnings.Length <= MostListed ? beginnings.Select(b => $"code.startsWith('{Escaped(b)}')")
            : [$"code.matches('^({string.Join("|", beginnings.Select(b => b.Replace(".", "[.]", StringComparison.Ordinal)))}).*')"];
        return string.Join(" or ", listed.Length > 0 ? tests.Append(IsAmong("code", listed)) : tests);
    }

    /// <summary>Whether a string is one of these. A list that is long is one string, for unions nest.</summary>
    static string IsAmong(string value, IEnumerable<string> strings)
    {
        var escaped = strings.Select(Escaped).Distinct().ToArray();
        return escaped.Length <= MostListed ? $"{value} in ({string.Join(" | ", escaped.Select(s => $"'{s}'"))})"
            : $"'|{string.Join("|", escaped)}|'.contains('|' & {value} & '|')";
    }

    static string InWindow(string path, Window? window)
    {
        if (window is null)
        {
            return "";
        }

        var when = $"({path}.ofType(dateTime) | {path}.ofType(Period).end | {path}.ofType(Period).where(end.empty()).start).first()";
        var since = $"today() - {Number(window.Value)} {Duration(window.Unit)}";
        return window.Direction switch
        {
            WindowDirection.Before => $" and {when} >= {since}",
            WindowDirection.MoreThanBefore => $" and {when} < {since}",
            WindowDirection.After => $" and {when} > today()",
        };
    }

    static string Duration(string unit) => unit switch
    {
        "a" => "years",
        "mo" => "months",
        "wk" => "weeks",
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        _ => $"'{unit}'",
    };

    static string Number(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
