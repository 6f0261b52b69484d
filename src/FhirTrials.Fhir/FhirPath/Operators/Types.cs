using FhirTrials.Fhir.FhirPath.Syntax;
using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary><c>is</c>, <c>as</c> and <c>ofType</c> — https://hl7.org/fhirpath/N1/#types</summary>
static class Types
{
    const string System = "System";
    const string Fhir = "FHIR";

    static readonly HashSet<string> SystemTypes =
        ["Any", "Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity"];

    /// <summary>Whether the only item is of the type or a subtype; empty for empty.</summary>
    public static Items Is(Scope scope, Items input, TypeSpecifier type)
    {
        Know(scope, type);
        return Singleton.Item(input) is { } item ? Is(item, type) : Items.Empty;
    }

    /// <summary>The only item if it is of the type, else empty.</summary>
    public static Items As(Scope scope, Items input, TypeSpecifier type)
    {
        Know(scope, type);
        return Singleton.Item(input) is { } item && IsExactly(item, type) ? input : Items.Empty;
    }

    /// <summary>The items of the type.</summary>
    public static Items OfType(Scope scope, Items input, TypeSpecifier type)
    {
        Know(scope, type);
        if (input.OnlyOrNull is { } only)
        {
            return IsExactly(only, type) ? input : Items.Empty;
        }

        var found = default(ItemsBuilder);
        foreach (var item in input)
        {
            if (IsExactly(item, type))
            {
                found.Add(item);
            }
        }

        return found.ToItems();
    }

    public static TypeInfo Of(object item) => item switch
    {
        Element element => new(Fhir, element.Type.Name),
        TypeInfo => new(System, "TypeInfo"),
        _ => new(System, SystemValue.TypeName(item)),
    };

    /// <summary>Whether the name is one of FHIRPath's own types.</summary>
    public static bool IsSystem(TypeSpecifier type) =>
        type.Namespace is null or System && SystemTypes.Contains(type.Name);

    static bool Is(object item, TypeSpecifier type) => item switch
    {
        Element element => type.Namespace is null or Fhir && element.Type.IsA(type.Name),
        TypeInfo => false,
        _ => type.Namespace is null or System && (type.Name == "Any" || SystemValue.TypeName(item) == type.Name),
    };

    /// <summary>FHIR's choice of types lists primitives one by one, so that a code is not taken where a string is asked
    /// for; complex types and resources include their subtypes.</summary>
    static bool IsExactly(object item, TypeSpecifier type) =>
        item is Element { Type.IsPrimitive: true } primitive
            ? type.Namespace is null or Fhir && primitive.Type.Name == type.Name
            : Is(item, type);

    /// <summary>An unknown type is an error, but in the System namespace it is just no item's type.</summary>
    static void Know(Scope scope, TypeSpecifier type)
    {
        var isKnown = type.Namespace switch
        {
            null => SystemTypes.Contains(type.Name) || scope.Context.Definitions.Types.Find(type.Name) is not null,
            Fhir => scope.Context.Definitions.Types.Find(type.Name) is not null,
            System => true,
            _ => false,
        };
        if (!isKnown)
        {
            throw new FhirPathException($"There is no type '{type.Name}'.", type.Offset);
        }
    }
}
