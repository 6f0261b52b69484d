using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Search;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>$everything of a patient: the compartment, and what its resources refer to —
/// https://hl7.org/fhir/R4/patient-operation-everything.html</summary>
static class PatientEverything
{
    const string Patient = "Patient";

    static readonly string[] Known = ["start", "end", "_since", "_type", "_count"];

    /// <summary>The parameters that tell when care was given, the first that a type has; a type
    /// without one has no date of care.</summary>
    static readonly string[] CareDates =
    [
        "date", "onset-date", "effective", "effective-time", "authoredon", "authored", "whenhandedover", "period",
        "occurrence", "performed", "sent", "created", "started", "issued", "recorded-date",
    ];

    public static async Task<IResult> Handle(
        string id,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        ServedTypes types,
        TimeProvider clock,
        ResourceStore store,
        PageToken tokens,
        ServerLimits limits,
        CancellationToken ct)
    {
        await Read.Current(Patient, id, store, ct);
        var scope = $"{Patient}/{id}/$everything";
        var asked = await EverythingRequest.Read(request, scope, Known, body, tokens, types, limits, ct);
        var compartment = definitions.Compartment(Patient)!.Parameters.Keys
            .Where(t => types.Contains(t)).Order(StringComparer.Ordinal).ToImmutableArray();
        var wanted = compartment.Where(asked.Wants).ToImmutableArray();
        if (wanted.IsEmpty)
        {
            return EverythingBundle.Of(request, scope, [], [], next: null);
        }

        var query = Search(new SearchQueryParser(definitions, clock), definitions, id, wanted, asked);
        var page = await store.Search(query, asked.Place, ct);

        // What is in the compartment comes as a match, on this page or another.
        var included =
            page.Included.Where(r => !compartment.Contains(r.Type) && types.Contains(r.Type) && asked.Wants(r.Type));
        var next = page.Next is null ? null : await asked.Seal(tokens, page.Next, ct);
        return EverythingBundle.Of(request, scope, page.Matches, included, next);
    }

    static SearchQuery Search(
        SearchQueryParser parser, FhirDefinitions definitions, string id, ImmutableArray<string> types,
        EverythingRequest asked)
    {
        List<KeyValuePair<string, string>> parameters = [new("_include", "*")];
        if (asked.Since is { } since)
        {
            parameters.Add(new("_lastUpdated", $"ge{since.Replace(' ', '+')}"));
        }

        // The definition of the compartment leaves out the patient whose it is.
        var query = Parsed(parser.Parse(types.Remove(Patient), parameters, lenient: false, (Patient, id)));
        if (types.Contains(Patient))
        {
            var self = Parsed(parser.Parse([Patient], [.. parameters, new("_id", id)], lenient: false));
            query = query with { Types = [.. self.Types, .. query.Types], Used = self.Used };
        }

        return query with
        {
            Count = asked.Count,
            Types =
            [
                .. query.Types.Select(t => t with
                {
                    Filters =
                    [
                        .. t.Filters,
                        .. CareDate(parser, definitions, t.ResourceType, "ge", asked.Given["start"].LastOrDefault()),
                        .. CareDate(parser, definitions, t.ResourceType, "le", asked.Given["end"].LastOrDefault()),
                    ],
                }),
            ],
        };
    }

    /// <summary>What has no date of care is not left out for it.</summary>
    static IEnumerable<SearchFilter> CareDate(
        SearchQueryParser parser, FhirDefinitions definitions, string type, string prefix, string? date)
    {
        var codes = definitions.SearchParameters(type).Where(p => p.Type == SearchParameterType.Date)
            .Select(p => p.Code).ToList();
        return date is null || CareDates.FirstOrDefault(codes.Contains) is not { } code
            ? []
            : [new AnyFilter([One($"{code}:missing", "true"), One(code, prefix + date)])];

        SearchFilter One(string name, string value) =>
            Parsed(parser.Parse(type, [new(name, value)], lenient: false)).Filters.Single();
    }

    static SearchQuery Parsed(ParsedSearch parsed) =>
        parsed.IsValid ? parsed.Query : throw new FhirException(parsed.Issues, StatusCodes.Status400BadRequest);
}
