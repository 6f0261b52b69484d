using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary><c>~</c> and its kin: never open, order and letter case aside —
/// https://hl7.org/fhirpath/N1/#equivalence</summary>
static class Equivalence
{
    /// <summary>The same items in any order.</summary>
    public static bool Equivalent(Scope scope, Items left, Items right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        if (left.Count == 1)
        {
            return Equivalent(scope, left[0], right[0]);
        }

        var taken = new bool[right.Count];
        foreach (var item in left)
        {
            if (!Take(scope, item, right, taken))
            {
                return false;
            }
        }

        return true;
    }

    static bool Take(Scope scope, object item, Items from, bool[] taken)
    {
        for (var i = 0; i < taken.Length; i++)
        {
            if (!taken[i] && Equivalent(scope, item, from[i]))
            {
                return taken[i] = true;
            }
        }

        return false;
    }

    static bool Equivalent(Scope scope, object left, object right)
    {
        scope.Spend(1);
        return (Singleton.Unwrap(left), Singleton.Unwrap(right)) switch
        {
            (string l, string r) => Texts(l, r),
            (int l, int r) => l == r,
            (int l, decimal r) => Decimals(l, r),
            (decimal l, int r) => Decimals(l, r),
            (decimal l, decimal r) => Decimals(l, r),
            (SystemQuantity l, SystemQuantity r) => Quantities(l, r),
            (Element { Type.IsPrimitive: false } l, Element { Type.IsPrimitive: false } r) =>
                Equivalent(scope, Children(l), Children(r)),
            var (l, r) when Comparison.TryTemporal(l, r, out var order) => order == 0,
            _ => Equality.Equal(scope, left, right) == true,
        };
    }

    static Items Children(Element element) => Items.Many([.. element.Children.Where(c => c.Name != "id")]);

    /// <summary>Without regard to case and to the kind and amount of blanks.</summary>
    static bool Texts(string left, string right) =>
        string.Equals(Blanks(left), Blanks(right), StringComparison.OrdinalIgnoreCase);

    static string Blanks(string text) => text.AsSpan().IndexOfAny(" \t\r\n\f") < 0
        ? text
        : string.Join(' ', text.Split([' ', '\t', '\r', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Rounded to the lesser precision, trailing zeros aside.</summary>
    static bool Decimals(decimal left, decimal right)
    {
        var digits = Math.Min(Decimals(left), Decimals(right));
        return Math.Round(left, digits, MidpointRounding.AwayFromZero)
            == Math.Round(right, digits, MidpointRounding.AwayFromZero);
    }

    /// <summary>How many decimals a number has without trailing zeros.</summary>
    static int Decimals(decimal value)
    {
        var digits = value.Scale;
        while (digits > 0 && decimal.Round(value, digits - 1) == value)
        {
            digits--;
        }

        return digits;
    }

    /// <summary>In the coarser unit, rounded to the lesser precision; calendar years and months
    /// are UCUM's mean ones here.</summary>
    static bool Quantities(SystemQuantity left, SystemQuantity right)
    {
        if (left.Ucum == right.Ucum)
        {
            return Decimals(left.Value, right.Value);
        }

        if (!Units.TryConvert(1, right.Ucum, left.Ucum, out var factor))
        {
            return false;
        }

        return factor <= 1
            ? Units.TryConvert(right.Value, right.Ucum, left.Ucum, out var converted) && Decimals(left.Value, converted)
            : Units.TryConvert(left.Value, left.Ucum, right.Ucum, out converted) && Decimals(converted, right.Value);
    }
}
