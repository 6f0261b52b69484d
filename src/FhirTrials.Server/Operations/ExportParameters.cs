using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage.Exports;
using Microsoft.AspNetCore.WebUtilities;

namespace FhirTrials.Server.Operations;

/// <summary>The parameters of an $export — https://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters</summary>
sealed partial class ExportParameters(
    FhirDefinitions definitions, ServedTypes served, SearchReader searches, FhirBody body)
{
    const string Patient = "Patient";

    static readonly string[] Formats = ["application/fhir+ndjson", "application/ndjson", "ndjson"];

    static readonly string[] Known = ["_outputFormat", "_type", "_since", "_until", "_typeFilter", "_elements"];

    /// <summary>The export asked for, and warnings of what is ignored; throws (400) for what is not understood, which
    /// who asks for lenient handling has ignored.</summary>
    /// <param name="patients">The patients that the URL means; null for an export of everything.</param>
    public async Task<(ExportRequest Request, IReadOnlyList<Issue> Ignored)> Read(
        HttpRequest request, ExportedPatients? patients, CancellationToken ct)
    {
        var given = await OperationParameters.Read(request, body, ct);
        var issues = new List<Issue>();
        string[] known = patients is not null && HttpMethods.IsPost(request.Method) ? [.. Known, "patient"] : Known;
        foreach (var unknown in given.Select(p => p.Key).Where(k => !known.Contains(k, StringComparer.Ordinal)))
        {
            issues.Add(
                NotSupported($"The export has no parameter '{unknown}'; it has {string.Join(", ", known)}.", unknown));
        }

        if (given["_outputFormat"]
            .FirstOrDefault(f => !Formats.Contains(f.Replace(' ', '+'), StringComparer.OrdinalIgnoreCase)) is not null)
        {
            issues.Add(NotSupported($"_outputFormat must be one of {string.Join(", ", Formats)}.", "_outputFormat"));
        }

        var names = Types(given["_type"].SelectMany(Split).ToList(), patients is not null, issues);
        var filters = Filters(given["_typeFilter"], names, issues);
        var elements = given["_elements"].SelectMany(Split).ToList();
        var url = $"{FhirUrl.Base(request)}{request.Path.Value![FhirUrl.Path.Length..]}{request.QueryString}";
        var export = new ExportRequest(
            url, FhirUrl.Base(request),
            [.. names.Select(n => new ExportedType(n, [.. filters[n]], Elements(elements, n)))])
        {
            Since = given["_since"].LastOrDefault() is { } since ? Instants.Parse(since, "_since") : null,
            Until = given["_until"].LastOrDefault() is { } until ? Instants.Parse(until, "_until") : null,
            Patients = Chosen([.. known.Contains("patient") ? given["patient"] : []], patients, FhirUrl.Base(request)),
        };
        return issues.Count == 0 || Preferences.Of(request).Lenient
            ? (export, [.. issues.Select(i => i with { Severity = IssueSeverity.Warning })])
            : throw new FhirException(issues);
    }

    /// <summary>All that are served, or are of patients, unless some are asked for.</summary>
    ImmutableArray<string> Types(List<string> asked, bool ofPatients, List<Issue> issues)
    {
        var compartment = definitions.Compartment(Patient)!.Parameters;
        ImmutableArray<string> all =
            [.. served.Names.Where(n => !ofPatients || n == Patient || compartment.ContainsKey(n))];
        foreach (var wrong in asked.Where(t => !all.Contains(t)))
        {
            issues.Add(NotSupported(
                served.Contains(wrong)
                    ? $"{wrong} is never in the compartment of a patient."
                    : "_type names what is no resource type that is served here.",
                "_type"));
        }

        return asked.Count == 0 ? all : [.. all.Where(asked.Contains)];
    }

    ILookup<string, ExportedSearch> Filters(IEnumerable<string> given, IReadOnlyList<string> types, List<Issue> issues)
    {
        var filters = new List<(string Type, ExportedSearch Search)>();
        foreach (var text in given.SelectMany(f => NextFilter().Split(f)).Where(f => f.Length > 0))
        {
            var (type, criteria) = text.Split('?', 2) is [var t, var c] ? (t, c) : (text, "");
            if (!types.Contains(type))
            {
                issues.Add(NotSupported(
                    "_typeFilter must be searches such as Patient?gender=female, of types that are exported.",
                    "_typeFilter"));
                continue;
            }

            try
            {
                searches.Criteria(type, criteria);
                var parameters = QueryHelpers.ParseQuery(criteria)
                    .SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")));
                filters.Add((type, new ExportedSearch([.. parameters])));
            }
            catch (FhirException e)
            {
                issues.AddRange(e.Issues.Select(i => i with { Expression = "http._typeFilter" }));
            }
        }

        return filters.ToLookup(f => f.Type, f => f.Search, StringComparer.Ordinal);
    }

    /// <summary><c>id,Patient.name</c> → those of one type.</summary>
    static string? Elements(List<string> elements, string type)
    {
        var ofType = elements
            .Select(e => e.Split('.', 2) is [var t, var name] ? (Type: t, Name: name) : (Type: type, Name: e))
            .Where(e => e.Type == type).Select(e => e.Name).ToList();
        return ofType.Count == 0 ? null : string.Join(',', ofType);
    }

    static ExportedPatients? Chosen(IReadOnlyList<string> asked, ExportedPatients? patients, string baseUrl)
    {
        if (asked.Count == 0)
        {
            return patients;
        }

        var ids = asked.Select(a => LocalId(a, baseUrl)).ToList();
        return ids.Any(id => id is null || patients!.Ids?.Contains(id) == false)
            ? throw new FhirException(Issue.Error(
                IssueCode.Value, "patient must be references such as Patient/1, to members where a Group is exported.",
                "http.patient"))
            : new ExportedPatients([.. ids.OfType<string>().Distinct()]);
    }

    /// <summary>The id of a patient of this server, or null.</summary>
    public static string? LocalId(string reference, string baseUrl)
    {
        var local = reference.StartsWith(baseUrl + "/", StringComparison.Ordinal)
            ? reference[(baseUrl.Length + 1)..]
            : reference;
        return local.Split('/') is [Patient, var id] ? id : null;
    }

    static Issue NotSupported(string sentence, string parameter) =>
        Issue.Error(IssueCode.NotSupported, sentence, $"http.{parameter}");

    static string[] Split(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A comma before the next search; those within one separate values.</summary>
    [GeneratedRegex(@",(?=[A-Z][A-Za-z]+\?)")]
    private static partial Regex NextFilter();
}
