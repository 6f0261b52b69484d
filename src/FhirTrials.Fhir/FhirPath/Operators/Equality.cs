using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary><c>=</c> and its kin — https://hl7.org/fhirpath/N1/#equality</summary>
static class Equality
{
    /// <summary>Item by item in order; null where either is empty or precision leaves it open.</summary>
    public static bool? Equal(Scope scope, Items left, Items right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return null;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        var isOpen = false;
        for (var i = 0; i < left.Count; i++)
        {
            switch (Equal(scope, left[i], right[i]))
            {
                case false:
                    return false;
                case null:
                    isOpen = true;
                    break;
                case true:
                    break;
            }
        }

        return isOpen ? null : true;
    }

    public static bool? Equal(Scope scope, object left, object right)
    {
        scope.Spend(1);
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        return (Singleton.Unwrap(left), Singleton.Unwrap(right)) switch
        {
            (string l, string r) => Texts(scope, l, r),
            (bool l, bool r) => l == r,
            (int l, int r) => l == r,
            (int l, decimal r) => l == r,
            (decimal l, int r) => l == r,
            (decimal l, decimal r) => l == r,
            (SystemQuantity l, SystemQuantity r) => Quantities(l, r),
            (SystemQuantity l, int r) => Quantities(l, new(r, SystemQuantity.One)),
            (int l, SystemQuantity r) => Quantities(new(l, SystemQuantity.One), r),
            (SystemQuantity l, decimal r) => Quantities(l, new(r, SystemQuantity.One)),
            (decimal l, SystemQuantity r) => Quantities(new(l, SystemQuantity.One), r),
            (TypeInfo l, TypeInfo r) => l == r,
            (Element l, Element r) => Elements(scope, l, r),
            var (l, r) when Comparison.TryTemporal(l, r, out var order) => order is { } known ? known == 0 : null,
            (Element l, SystemQuantity) when Comparison.IsUnreadable(l) => null,
            (SystemQuantity, Element r) when Comparison.IsUnreadable(r) => null,
            _ => false,
        };
    }

    /// <summary>Long texts that may be the same are paid for.</summary>
    static bool Texts(Scope scope, string left, string right)
    {
        if (left.Length == right.Length)
        {
            scope.Spend(left.Length / 64);
        }

        return string.Equals(left, right, StringComparison.Ordinal);
    }

    /// <summary>A hash that equal items share.</summary>
    public static int Hash(object item) => Singleton.Unwrap(item) switch
    {
        string text => string.GetHashCode(text, StringComparison.Ordinal),
        bool value => value ? 1 : 2,
        int number => ((decimal)number).GetHashCode(),
        decimal number => number.GetHashCode(),
        Element element => HashCode.Combine(element.Children.Length, element.Value),
        _ => 3,
    };

    static bool? Quantities(SystemQuantity left, SystemQuantity right) =>
        Comparison.Quantities(left, right) is { } order
            ? order == 0
            : Comparison.IsCalendarBesideDefinite(left, right) || AreCommensurable(left, right) ? null : false;

    static bool AreCommensurable(SystemQuantity left, SystemQuantity right) =>
        Units.AreCommensurable(left.Ucum, right.Ucum) ?? true;

    /// <summary>The same value and the same children in the same order.</summary>
    static bool? Elements(Scope scope, Element left, Element right)
    {
        if (left.Value != right.Value || left.Children.Length != right.Children.Length)
        {
            return false;
        }

        var isOpen = false;
        for (var i = 0; i < left.Children.Length; i++)
        {
            var (l, r) = (left.Children[i], right.Children[i]);
            var isEqual = l.Name == r.Name ? Equal(scope, l, r) : false;
            if (isEqual == false)
            {
                return false;
            }

            isOpen |= isEqual is null;
        }

        return isOpen ? null : true;
    }
}
