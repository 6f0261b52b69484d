using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary><c>&lt;</c> and its kin — https://hl7.org/fhirpath/N1/#comparison</summary>
static class Comparison
{
    /// <summary>The order of two single items; null where either is missing, or where
    /// precision or units leave it open.</summary>
    public static int? Compare(Items left, Items right) => (Singleton.Value(left), Singleton.Value(right)) switch
    {
        (null, _) or (_, null) => null,
        var (l, r) => Compare(l, r),
    };

    public static int? Compare(object left, object right) => (left, right) switch
    {
        (string l, string r) => string.CompareOrdinal(l, r),
        (int l, int r) => l.CompareTo(r),
        (int l, decimal r) => ((decimal)l).CompareTo(r),
        (decimal l, int r) => l.CompareTo(r),
        (decimal l, decimal r) => l.CompareTo(r),
        (SystemQuantity l, SystemQuantity r) => Quantities(l, r),
        (SystemQuantity l, int r) => Quantities(l, new(r, SystemQuantity.One)),
        (int l, SystemQuantity r) => Quantities(new(l, SystemQuantity.One), r),
        (SystemQuantity l, decimal r) => Quantities(l, new(r, SystemQuantity.One)),
        (decimal l, SystemQuantity r) => Quantities(new(l, SystemQuantity.One), r),
        _ when TryTemporal(left, right, out var order) => order,
        (Element l, _) when IsUnreadable(l) => null,
        (_, Element r) when IsUnreadable(r) => null,
        _ => throw new FhirPathException("Items of these types have no order."),
    };

    /// <summary>The order of two dates, dateTimes or times; false where they are not of one kind.</summary>
    public static bool TryTemporal(object left, object right, out int? order)
    {
        var isTemporal = true;
        order = (left, right) switch
        {
            (SystemDate l, SystemDate r) => Temporal.Compare(l.Start, l.Precision, r.Start, r.Precision),
            (SystemDateTime l, SystemDateTime r) => SystemDateTime.Compare(l, r),
            (SystemDate l, SystemDateTime r) => SystemDateTime.Compare(l.ToDateTime(), r),
            (SystemDateTime l, SystemDate r) => SystemDateTime.Compare(l, r.ToDateTime()),
            (SystemTime l, SystemTime r) => SystemTime.Compare(l, r),
            _ => Decline(out isTemporal),
        };
        return isTemporal;
    }

    /// <summary>The order of two quantities; null where their units cannot be compared.</summary>
    public static int? Quantities(SystemQuantity left, SystemQuantity right)
    {
        if (left.Unit == right.Unit && left.IsCalendar == right.IsCalendar)
        {
            return left.Value.CompareTo(right.Value);
        }

        if (IsCalendarBesideDefinite(left, right))
        {
            return null;
        }

        return IsYearOrMonth(left) && IsYearOrMonth(right)
            ? Months(left).CompareTo(Months(right))
            : Units.Compare(left.Value, left.Ucum, right.Value, right.Ucum);
    }

    /// <summary>A calendar year or month has no fixed length, so it has no order with anything but its like.</summary>
    public static bool IsCalendarBesideDefinite(SystemQuantity left, SystemQuantity right) =>
        IsYearOrMonth(left) != IsYearOrMonth(right);

    /// <summary>A primitive without a readable value, or a Quantity that is a range or has no known
    /// unit: its order is unknown.</summary>
    public static bool IsUnreadable(Element element) => element.Type.IsPrimitive || element.Type.IsQuantity;

    static bool IsYearOrMonth(SystemQuantity quantity) => quantity.Calendar is TemporalUnit.Year or TemporalUnit.Month;

    static decimal Months(SystemQuantity quantity) =>
        quantity.Calendar == TemporalUnit.Year ? quantity.Value * 12 : quantity.Value;

    static int? Decline(out bool isTemporal)
    {
        isTemporal = false;
        return null;
    }
}
