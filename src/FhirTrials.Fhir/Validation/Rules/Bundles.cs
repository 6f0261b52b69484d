using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>What the invariants of Bundle leave to prose: the form of <c>fullUrl</c> and its agreement with the entry's
/// resource — https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl</summary>
static class Bundles
{
    public static void Check(Walk walk, Element bundle)
    {
        if (bundle.Type.Name != "Bundle")
        {
            return;
        }

        var index = 0;
        foreach (var entry in bundle["entry"])
        {
            walk.Path.Push(entry, index++);
            CheckEntry(walk, entry, walk.Scope!.Bundle!.Type);
            walk.Path.Pop();
        }
    }

    static void CheckEntry(Walk walk, Element entry, string? bundleType)
    {
        if (entry.ValueOf("fullUrl") is { } fullUrl)
        {
            CheckFullUrl(walk, entry, fullUrl);
        }
        else if (bundleType is "document" or "message" && entry.Child("resource") is not null)
        {
            walk.Error(IssueCode.Required, "fullUrl", $"Each entry of a {bundleType} must have a fullUrl.", "fullUrl");
        }
    }

    static void CheckFullUrl(Walk walk, Element entry, string fullUrl)
    {
        var literal = LiteralReference.Parse(fullUrl);
        if (!literal.IsUrn && !Uri.TryCreate(fullUrl, UriKind.Absolute, out _))
        {
            walk.Error(IssueCode.Value, "fullUrl", "fullUrl must be an absolute URL or a URN.", "fullUrl");
        }
        else if (entry.At("resource", "id")?.Value is { } id && literal is { Base: not null, Id: { } urlId } && urlId != id)
        {
            walk.Error(IssueCode.Value, "fullUrl", "fullUrl must end with the id of the entry's resource.", "fullUrl");
        }
    }
}
