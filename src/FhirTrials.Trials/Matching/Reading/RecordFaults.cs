using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>Structural errors in a record → what is left out for them. An error in what the matcher never reads leaves
/// the resource in; any other takes the whole resource out, since half of it may mean something else.</summary>
/// <param name="Lost">The resources left out, by their place among the entries.</param>
/// <param name="Refusals">Errors that leave no record to match.</param>
sealed partial record RecordFaults(
    ImmutableDictionary<int, LostEntry> Lost, ImmutableArray<Issue> Warnings, ImmutableArray<Issue> Refusals)
{
    /// <summary>Elements that no verdict rests on.</summary>
    static readonly ImmutableHashSet<string> Unread =
    [
        "id", "meta", "language", "text", "identifier", "note", "name", "telecom", "address", "photo", "contact",
        "communication", "maritalStatus", "multipleBirth", "generalPractitioner", "managingOrganization", "performer",
        "recorder", "asserter", "encounter", "basedOn", "device", "instantiatesCanonical", "instantiatesUri",
        "extension",
    ];

    /// <summary>Elements of a Bundle and its entries that no verdict rests on.</summary>
    static readonly ImmutableHashSet<string> UnreadOfBundle =
        [
            "id", "meta", "language", "identifier", "timestamp", "total", "link", "signature", "type", "search",
            "response", "implicitRules",
        ];

    /// <summary>A resource of more concepts may be about anything.</summary>
    const int MaxConcepts = 50;

    public static RecordFaults Of(Element bundle, ImmutableArray<Issue> faults, ConceptVocabulary vocabulary)
    {
        var lost = ImmutableDictionary.CreateBuilder<int, LostEntry>();
        var warnings = ImmutableArray.CreateBuilder<Issue>();
        var refusals = ImmutableArray.CreateBuilder<Issue>();
        foreach (var fault in faults.Where(f => f.IsError))
        {
            var place = Place().Match(fault.Expression ?? "");
            var element = place.Groups["element"].Value;
            if (!place.Success)
            {
                refusals.Add(fault);
            }
            else if (!place.Groups["entry"].Success)
            {
                (UnreadOfBundle.Contains(element) ? warnings : refusals)
                    .Add(UnreadOfBundle.Contains(element) ? Harmless(fault) : fault);
            }
            else
            {
                Take(int.Parse(place.Groups["entry"].Value, CultureInfo.InvariantCulture), place, element, fault);
            }
        }

        return new(lost.ToImmutable(), warnings.ToImmutable(), refusals.ToImmutable());

        void Take(int at, Match place, string element, Issue fault)
        {
            var inResource = place.Groups["resource"].Success;
            var resource = bundle["entry"].ElementAtOrDefault(at)?.Child("resource");
            if ((inResource ? Unread : UnreadOfBundle).Contains(element)
                || (resource?.Type.Name == "Patient" && inResource && element.Length > 0))
            {
                warnings.Add(Harmless(fault));
                return;
            }

            // An entry that is none shifts those after it.
            if (resource?.Type.Name == "Patient" || (!inResource && element.Length == 0))
            {
                refusals.Add(fault);
                return;
            }

            var concepts = inResource && element is not ("code" or "medication" or "component" or "")
                ? ConceptsOf(resource, vocabulary)
                : [];
            lost[at] = lost.TryGetValue(at, out var before) && before.Concepts.IsEmpty ? before
                : new LostEntry($"Bundle.entry[{at}].resource", resource?.Type.Name, concepts);
            warnings.Add(Issue.Warning(
                IssueCode.Incomplete,
                $"{fault.Diagnostics} So the {resource?.Type.Name ?? "entry"} is left out, and what it may decide is "
                    + "unknown.",
                fault.Expression,
                fault.Position));
        }
    }

    static Issue Harmless(Issue fault) => Issue.Warning(
        fault.Code, $"{fault.Diagnostics} No verdict rests on it; it is ignored.", fault.Expression, fault.Position);

    /// <summary>What the resource is about: empty, which is anything, where one of its codes is unknown.</summary>
    static ImmutableArray<string> ConceptsOf(Element? resource, ConceptVocabulary vocabulary)
    {
        var codes = resource?["code"].Concat(resource["medication"])
            .Concat(resource["component"].SelectMany(c => c["code"])).ToArray() ?? [];
        var named = codes.Select(c => NamedConcepts.Of(c, vocabulary)).ToArray();
        ImmutableArray<string> keys = [.. named.SelectMany(n => n.Keys.Concat(n.Doubted)).Distinct()];
        return named.Any(n => n.Keys.IsEmpty) || keys.Length > MaxConcepts ? [] : keys;
    }

    [GeneratedRegex(
        @"^Bundle(\.entry\[(?<entry>\d+)\](\.(?<resource>resource)(?![A-Za-z]))?)?(\.(?<element>[A-Za-z]+))?")]
    private static partial Regex Place();
}
