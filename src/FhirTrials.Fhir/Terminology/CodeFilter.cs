using System.Text.RegularExpressions;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Terminology;

/// <summary>A filter of a value set on the codes of a system —
/// https://hl7.org/fhir/R4/valueset-filter-operator.html</summary>
sealed class CodeFilter
{
    readonly ValueSetFilter _filter;
    readonly Regex? _regex;

    public CodeFilter(ValueSetFilter filter)
    {
        _filter = filter;
        _regex =
            filter is { Operator: "regex", Property: "code" or "concept" } ? LinearRegex.Whole(filter.Value) : null;
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

    /// <summary>Whether it holds for a unit of UCUM: <c>canonical = a</c> has the units that convert into years —
    /// https://hl7.org/fhir/R4/ucum.html#filters</summary>
    public Membership HoldsForUnit(string code) => (_filter.Property, _filter.Operator) switch
    {
        ("canonical", "=") => MembershipLogic.Of(Ucum.Ucum.AreCommensurable(code, _filter.Value) == true),
        _ => Membership.Undecidable,
    };

    bool IsListed(string code) =>
        _filter.Value.Split(',', StringSplitOptions.TrimEntries).Contains(code, StringComparer.Ordinal);
}
