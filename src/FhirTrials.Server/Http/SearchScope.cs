using FhirTrials.Server.Configuration;

namespace FhirTrials.Server.Http;

/// <summary>What a search is made in: a type, all types, or a compartment —
/// https://hl7.org/fhir/R4/http.html#search</summary>
/// <param name="Path">Of the URL below the service's base; empty for all types.</param>
/// <param name="Types">The types searched unless <c>_type</c> says otherwise.</param>
sealed record SearchScope(string Path, IReadOnlyCollection<string> Types, (string Type, string Id)? Compartment = null)
{
    public static SearchScope OfType(string type) => new(type, [type]);

    public static SearchScope OfSystem(ServedTypes served) => new("", served.Names);

    /// <param name="member">A type, or <c>*</c>.</param>
    public static SearchScope OfCompartment(string type, string id, string member, ServedTypes served) =>
        new($"{type}/{id}/{member}", member == "*" ? served.Names : [member], (type, id));

    /// <summary>Whether <c>_type</c> may choose among the types.</summary>
    public bool HasManyTypes => Types.Count > 1;
}
