using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>Singleton evaluation of collections and the implicit conversions —
/// https://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections</summary>
static class Singleton
{
    /// <summary>The truth value of a collection: empty is unknown (null), a single non-Boolean is true.</summary>
    public static bool? Boolean(Items items) => Value(items) switch
    {
        null => items.IsEmpty ? null : true,
        bool value => value,
        _ => true,
    };

    /// <summary>The only item as a system value where it has one, else the item
    /// itself; null if there is none.</summary>
    public static object? Value(Items items) => Item(items) is { } item ? Unwrap(item) : null;

    /// <summary>The only item; null if there is none.</summary>
    public static object? Item(Items items) => items.Count <= 1
        ? items.OnlyOrNull
        : throw new FhirPathException($"One item is expected here, but there are {items.Count}.");

    /// <summary>A primitive's system value; anything else, and a primitive without a value, is itself.</summary>
    public static object Unwrap(object item) => item is Element element ? SystemValue.Of(element) ?? element : item;

    public static string? String(Items items) => Value(items) switch
    {
        null => null,
        string text => text,
        Element { Type.IsPrimitive: true } => null,
        _ => throw Mismatch("A string"),
    };

    public static int? Integer(Items items) => Value(items) switch
    {
        null => null,
        int number => number,
        Element { Type.IsPrimitive: true } => null,
        _ => throw Mismatch("An integer"),
    };

    public static decimal? Decimal(Items items) => Value(items) switch
    {
        null => null,
        int number => number,
        decimal number => number,
        Element { Type.IsPrimitive: true } => null,
        _ => throw Mismatch("A number"),
    };

    public static FhirPathException Mismatch(string expected) =>
        new($"{expected} is expected here, but the item is of another type.");
}
