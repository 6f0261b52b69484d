using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary><c>resolve()</c>: contained resources, Bundle entries, then what the context finds —
/// https://hl7.org/fhir/R4/references.html</summary>
static class References
{
    public static Items Resolve(Scope scope, Items input)
    {
        var found = default(ItemsBuilder);
        foreach (var item in input)
        {
            scope.Spend(1);
            if (Target(item) is { } reference && Resolve(scope, reference) is { } resource)
            {
                found.Add(resource);
            }
        }

        return found.ToItems();
    }

    static string? Target(object item) => item switch
    {
        string text => text,
        Element { Type.IsPrimitive: true } uri => uri.Value,
        Element reference => reference.ValueOf("reference"),
        _ => null,
    };

    static Element? Resolve(Scope scope, string reference)
    {
        var (resource, root) = (scope.Resource, scope.RootResource);
        if (reference.StartsWith('#'))
        {
            return reference.Length == 1
                ? root
                : Contained(resource, reference[1..]) ?? Contained(root, reference[1..]);
        }

        return (root?.Type.Name == "Bundle" ? Entry(root, reference) : null)
            ?? scope.Context.Resolve?.Invoke(reference);
    }

    static Element? Contained(Element? resource, string id) => resource?["contained"].FirstOrDefault(c => c.Id == id);

    /// <summary>An entry whose full URL is the reference, or ends in a relative one.</summary>
    static Element? Entry(Element bundle, string reference)
    {
        var isAbsolute = reference.Contains(':', StringComparison.Ordinal);
        return bundle["entry"]
            .FirstOrDefault(e => e.ValueOf("fullUrl") is { } url && (isAbsolute
                ? url == reference
                : url.EndsWith('/' + reference, StringComparison.Ordinal)))
            ?.Child("resource");
    }
}
