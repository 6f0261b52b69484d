using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>What the invariants of Bundle leave to prose: the form of <c>fullUrl</c> and its agreement with the entry's
/// resource; and which Bundles have requests and responses (bdl-3, bdl-4) —
/// https://hl7.org/fhir/R4/bundle-definitions.html#Bundle.entry.fullUrl</summary>
static class Bundles
{
    public static void Check(Walk walk, Element bundle)
    {
        if (bundle.Type.Name != "Bundle")
        {
            return;
        }

        var type = walk.Scope!.Bundle!.Type;
        var index = 0;
        var (requests, responses) = (0, 0);
        foreach (var entry in bundle["entry"])
        {
            walk.Path.Push(entry, index++);
            CheckEntry(walk, entry, type);
            walk.Path.Pop();
            requests += entry.Child("request") is null ? 0 : 1;
            responses += entry.Child("response") is null ? 0 : 1;
        }

        CheckAll(walk, "bdl-3", "request", requests, type is "batch" or "transaction" or "history" ? index : 0);
        var isAnswer = type is "batch-response" or "transaction-response" or "history";
        CheckAll(walk, "bdl-4", "response", responses, isAnswer ? index : 0);
    }

    static void CheckAll(Walk walk, string key, string name, int count, int expected)
    {
        if (count != expected)
        {
            var text = expected > 0
                ? $"each entry of this type of Bundle needs a {name}"
                : $"entries of this type of Bundle have no {name}";
            walk.Error(IssueCode.Invariant, key, $"{key}: {text}.");
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
        else if (entry.At("resource", "id")?.Value is { } id
            && literal is { Base: not null, Id: { } urlId }
            && urlId != id)
        {
            walk.Error(IssueCode.Value, "fullUrl", "fullUrl must end with the id of the entry's resource.", "fullUrl");
        }
    }
}
