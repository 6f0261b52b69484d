using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Values that a profile prescribes wholly (fixed) or in part (pattern) —
/// https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_</summary>
static class FixedAndPattern
{
    public static void Check(Walk walk, Element element, ElementDefinition definition)
    {
        if (definition.Fixed is { } exact && !IsExactly(element, exact))
        {
            walk.Error(
                IssueCode.Value,
                "fixed",
                $"{definition.Path} must be exactly {Describe(exact)}.");
        }

        if (definition.Pattern is { } pattern && !Contains(element, pattern))
        {
            walk.Error(
                IssueCode.Value,
                "pattern",
                $"{definition.Path} must contain at least {Describe(pattern)}.");
        }
    }

    /// <summary>Whether two elements have the same type, literal and children, in the same order.</summary>
    public static bool IsExactly(Element element, Element exact)
    {
        if (element.Value != exact.Value || element.Type.Name != exact.Type.Name
            || element.Children.Length != exact.Children.Length)
        {
            return false;
        }

        foreach (var child in exact.Children)
        {
            if (!element[child.Name].SequenceEqual(exact[child.Name], ExactComparer.Instance))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether an element has everything that a pattern has, at any place in its lists.</summary>
    public static bool Contains(Element element, Element pattern)
    {
        if (pattern.Value is not null && element.Value != pattern.Value)
        {
            return false;
        }

        foreach (var wanted in pattern.Children)
        {
            if (!AnyContains(element, wanted))
            {
                return false;
            }
        }

        return true;
    }

    static bool AnyContains(Element element, Element wanted)
    {
        foreach (var child in element.Children)
        {
            if (child.Name == wanted.Name && child.Type.Name == wanted.Type.Name && Contains(child, wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The literals of a value that a profile prescribes: <c>code 'a', system 'b'</c>.</summary>
    static string Describe(Element value)
    {
        if (value.Value is not null)
        {
            return $"'{value.Value}'";
        }

        return string.Join(", ", value.Children.Select(c => $"{c.Name} {Describe(c)}"));
    }

    sealed class ExactComparer : IEqualityComparer<Element>
    {
        public static readonly ExactComparer Instance = new();

        public bool Equals(Element? x, Element? y) => x is not null && y is not null && IsExactly(x, y);

        public int GetHashCode(Element obj) => obj.Name.GetHashCode(StringComparison.Ordinal);
    }
}
