using System.Collections.Frozen;

namespace FhirTrials.Fhir.FhirPath.Checking;

/// <summary>What is known of functions without data: on what they work, what they give, and how they evaluate their
/// arguments.</summary>
static class Signatures
{
    static readonly string[] Numbers = ["Integer", "Decimal", "Quantity"];
    static readonly string[] Coded = ["String", "Quantity", "Coding", "CodeableConcept"];
    static readonly string[] WithBoundaries = [.. Numbers, "Date", "DateTime", "Time"];

    /// <summary>The types of which one must be among the input, by function: system types, which the FHIR types that
    /// convert to them are too, and FHIR types by name.</summary>
    static readonly FrozenDictionary<string, string[]> Inputs = new (string[] Types, string[] Functions)[]
    {
        (["String"],
        [
            "startsWith", "endsWith", "contains", "indexOf", "lastIndexOf", "substring", "upper", "lower", "replace",
            "matches", "matchesFull", "replaceMatches", "length", "toChars", "encode", "decode", "escape", "unescape",
            "trim", "split", "join", "htmlChecks",
        ]),
        (Numbers, ["abs", "ceiling", "exp", "floor", "ln", "log", "power", "round", "sqrt", "truncate"]),
        (WithBoundaries, ["lowBoundary", "highBoundary", "precision"]),
        (["Quantity"], ["comparable"]),
        (["Boolean"], ["allTrue", "anyTrue", "allFalse", "anyFalse"]),
        (Coded, ["memberOf", "subsumes", "subsumedBy"]),
        (["String", "Reference"], ["resolve"]),
    }.SelectMany(r => r.Functions.Select(f => (f, r.Types)))
        .ToFrozenDictionary(r => r.f, r => r.Types, StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Results = new Dictionary<string, string[]>
    {
        ["Boolean"] =
        [
            "empty", "exists", "all", "allTrue", "anyTrue", "allFalse", "anyFalse", "subsetOf", "supersetOf",
            "isDistinct", "not", "is", "startsWith", "endsWith", "contains", "matches", "matchesFull", "hasValue",
            "hasExtension", "memberOf", "conformsTo", "subsumes", "subsumedBy", "htmlChecks", "comparable", "toBoolean",
            "convertsToBoolean", "convertsToInteger", "convertsToDecimal", "convertsToString", "convertsToDate",
            "convertsToDateTime", "convertsToTime", "convertsToQuantity",
        ],
        ["Integer"] =
            ["count", "length", "indexOf", "lastIndexOf", "toInteger", "precision", "ceiling", "floor", "truncate"],
        ["String"] =
        [
            "toString", "substring", "upper", "lower", "replace", "replaceMatches", "join", "split", "trim", "encode",
            "decode", "escape", "unescape", "toChars",
        ],
        ["Decimal"] = ["toDecimal", "sqrt", "exp", "ln", "log", "round"],
        ["Date"] = ["today", "toDate"],
        ["DateTime"] = ["now", "toDateTime"],
        ["Time"] = ["timeOfDay", "toTime"],
        ["Quantity"] = ["toQuantity"],
        ["TypeInfo"] = ["type"],
        ["ElementDefinition"] = ["elementDefinition"],
        ["Extension"] = ["extension"],
        ["Resource"] = ["resolve"],
    }.SelectMany(r => r.Value.Select(f => (f, r.Key))).ToFrozenDictionary(r => r.f, r => r.Key, StringComparer.Ordinal);

    /// <summary>Functions that give some of their input, so that its shape stays.</summary>
    static readonly FrozenSet<string> Keeping = new[]
    {
        "where", "single", "first", "last", "tail", "skip", "take", "intersect", "exclude", "distinct", "trace",
        "checkModifiers", "defineVariable", "sort", "slice", "lowBoundary", "highBoundary", "abs", "getValue",
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> OnOrder =
        new[] { "first", "last", "tail", "skip", "take" }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> OnElements = new[]
    {
        "extension", "hasExtension", "elementDefinition", "slice", "checkModifiers", "conformsTo",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The types of which one must be among the input; null where any will do.</summary>
    public static string[]? InputOf(string function) => Inputs.GetValueOrDefault(function);

    /// <summary>The type of what a function gives whatever its input is; null where that is not known.</summary>
    public static string? ResultOf(string function) => Results.GetValueOrDefault(function);

    public static bool KeepsInput(string function) => Keeping.Contains(function);

    /// <summary>Whether it depends on the order of its input.</summary>
    public static bool NeedsOrder(string function) => OnOrder.Contains(function);

    /// <summary>Whether it works on elements only, not on system values.</summary>
    public static bool NeedsElements(string function) => OnElements.Contains(function);

    /// <summary>Whether the arguments are evaluated on the items of the input.</summary>
    public static bool TakesItems(string function) =>
        function is "where" or "exists" or "all" or "trace" or "sort" or "select" or "defineVariable" or "aggregate";
}
