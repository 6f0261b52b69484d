using System.Text;

namespace FhirTrials.Fhir.Definitions;

/// <summary>Paths and ids of element definitions.</summary>
static class ElementPath
{
    /// <summary>The id of an element without slice names: <c>Observation.component:x.code</c> →
    /// <c>Observation.component.code</c>.</summary>
    public static string WithoutSlices(string id)
    {
        if (!id.Contains(':', StringComparison.Ordinal))
        {
            return id;
        }

        var path = new StringBuilder(id.Length);
        var isSlice = false;
        foreach (var c in id)
        {
            isSlice = c == ':' || (isSlice && c != '.');
            if (!isSlice)
            {
                path.Append(c);
            }
        }

        return path.ToString();
    }
}
