using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Checking;

/// <summary>What is known of an expression's result without data.</summary>
/// <param name="Fhir">The FHIR types its items may have.</param>
/// <param name="System">The system types its items may have.</param>
/// <param name="IsOpen">Whether items may have types beyond those: nothing can be said against it then.</param>
/// <param name="IsOrdered">Whether the items' order means something.</param>
sealed record Shape(ImmutableArray<FhirType> Fhir, ImmutableArray<string> System, bool IsOpen, bool IsOrdered = true)
{
    /// <summary>Types that have an order among each other.</summary>
    static readonly string[][] Orders =
        [["Integer", "Decimal", "Quantity"], ["String"], ["Date", "DateTime"], ["Time"]];

    public static readonly Shape Open = new([], [], true);

    public static readonly Shape Nothing = new([], [], false);

    public static Shape Of(params ImmutableArray<string> system) => new([], system, false);

    public static Shape Of(FhirType type) => new([type], [], false);

    public static Shape Of(IEnumerable<FhirType> types) => new([.. types.Distinct()], [], false);

    public static Shape Union(Shape left, Shape right) => new(
        [.. left.Fhir.Union(right.Fhir)],
        [.. left.System.Union(right.System)],
        left.IsOpen || right.IsOpen,
        left.IsOrdered && right.IsOrdered);

    /// <summary>Whether nothing can be among the result.</summary>
    public bool IsNothing => !IsOpen && Fhir.IsEmpty && System.IsEmpty;

    /// <summary>Whether items of one of these types (system types, which primitives that convert to one are too, or
    /// FHIR types) may be among the result; also where nothing is.</summary>
    public bool MayBe(params ReadOnlySpan<string> types)
    {
        if (IsOpen || IsNothing)
        {
            return true;
        }

        foreach (var name in types)
        {
            if (System.Contains(name) || Fhir.Any(t => t.IsAbstract || SystemName(t) == name || t.IsA(name)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether items of a type, or of one that derives from it, may be among the
    /// result; also where nothing is.</summary>
    public bool MayBe(FhirType type) => IsOpen || IsNothing || Fhir.Any(t => t.IsA(type.Name) || type.IsA(t.Name));

    /// <summary>Whether some item of this and some item of the other may have an order.</summary>
    public bool HasOrderWith(Shape other) => IsOpen || IsNothing || other.IsOpen || other.IsNothing
        || Orders.Any(o => MayBe(o) && other.MayBe(o));

    static string? SystemName(FhirType type) =>
        type.Primitive is { } primitive ? SystemName(primitive) : type.IsQuantity ? "Quantity" : null;

    static string SystemName(FhirPrimitive primitive) => primitive switch
    {
        FhirPrimitive.Boolean => "Boolean",
        FhirPrimitive.Integer or FhirPrimitive.PositiveInt or FhirPrimitive.UnsignedInt => "Integer",
        FhirPrimitive.Decimal => "Decimal",
        FhirPrimitive.Date => "Date",
        FhirPrimitive.DateTime or FhirPrimitive.Instant => "DateTime",
        FhirPrimitive.Time => "Time",
        FhirPrimitive.Base64Binary or FhirPrimitive.Canonical or FhirPrimitive.Code or FhirPrimitive.Id
            or FhirPrimitive.Markdown or FhirPrimitive.Oid or FhirPrimitive.String or FhirPrimitive.Uri
            or FhirPrimitive.Url or FhirPrimitive.Uuid or FhirPrimitive.Xhtml => "String",
    };
}
