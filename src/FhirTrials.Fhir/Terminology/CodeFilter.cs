using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;

namespace FhirTrials.Fhir.Terminology;

/// <summary>A filter of a value set on the codes of a system —
/// https://hl7.org/fhir/R4/valueset-filter-operator.html</summary>
sealed class CodeFilter
{
    static readonly TimeSpan MatchBudget = TimeSpan.FromMilliseconds(100);

    readonly ValueSetFilter _filter;
    readonly Regex? _regex;

    public CodeFilter(ValueSetFilter filter)
    {
        _filter = filter;
        _regex = filter is { Operator: "regex", Property: "code" or "concept" } ? Compile(filter.Value) : null;
    }

    /// <summary>Whether it holds for a concept of a system of which every code is known.</summary>
    public Membership Holds(CodeSystem system, Concept concept) => (_filter.Property, _filter.Operator) switch
    {
        ("concept" or "code", "is-a") => MembershipLogic.Of(system.IsA(concept.Code, _filter.Value)),
        ("concept" or "code", "descendent-of") =>
            MembershipLogic.Of(concept.Code != _filter.Value && system.IsA(concept.Code, _filter.Value)),
        ("concept" or "code", "is-not-a") => MembershipLogic.Of(!system.IsA(concept.Code, _filter.Value)),
        ("concept" or "code", "generalizes") => MembershipLogic.Of(system.IsA(_filter.Value, concept.Code)),
        ("concept" or "code", "=") => MembershipLogic.Of(concept.Code == _filter.Value),
        ("concept" or "code", "in") => MembershipLogic.Of(IsListed(concept.Code)),
        ("concept" or "code", "not-in") => MembershipLogic.Of(!IsListed(concept.Code)),
        ("parent", "=") => MembershipLogic.Of(concept.Parents.Contains(_filter.Value)),
        ("display", "=") => MembershipLogic.Of(concept.Display == _filter.Value),
        (_, "regex") when _regex is not null => MembershipLogic.Of(_regex.IsMatch(concept.Code)),
        _ => Membership.Undecidable,
    };

    bool IsListed(string code) =>
        _filter.Value.Split(',', StringSplitOptions.TrimEntries).Contains(code, StringComparer.Ordinal);

    // A linear-time engine, as packages are written by others; what it cannot compile stays undecided.
    static Regex? Compile(string pattern)
    {
        try
        {
            const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new Regex($@"\A(?:{pattern})\z", Options, MatchBudget);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
