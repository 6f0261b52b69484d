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

    /// <summary>Whether items of one of these system types, or primitives that convert to one, may be among the result;
    /// also where nothing is.</summary>
    public bool MayBe(params ReadOnlySpan<string> system)
    {
        if (IsOpen || (Fhir.IsEmpty && System.IsEmpty))
        {
            return true;
        }

        foreach (var name in system)
        {
            if (System.Contains(name) || Fhir.Any(t => t.IsAbstract || SystemName(t) == name))
            {
                return true;
            }
        }

        return false;
    }

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
        FhirPrimitive.Base64Binary or FhirPrimitive.Canonical or FhirPrimitive.Code or FhirPrimitive.Id or FhirPrimitive.Markdown
            or FhirPrimitive.Oid or FhirPrimitive.String or FhirPrimitive.Uri or FhirPrimitive.Url or FhirPrimitive.Uuid
            or FhirPrimitive.Xhtml => "String",
    };
}
