using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>A compiled FHIRPath expression: thread-safe, reusable — https://hl7.org/fhirpath/N1/</summary>
public sealed class FhirPathExpression
{
    public string Text => throw new NotImplementedException();

    /// <summary>Compiles an expression; throws <see cref="FhirPathException"/> with the position of what is wrong.</summary>
    public static FhirPathExpression Compile(string text) => throw new NotImplementedException();

    /// <summary>Evaluates on a focus. Items of the result are <see cref="Element"/>s or system values.</summary>
    public ImmutableArray<object> Evaluate(Element focus, FhirPathContext context) => throw new NotImplementedException();

    /// <summary>The result as a truth value: null for an empty collection (unknown). A single non-Boolean counts as true
    /// (N1 §4.5); more than one item is an error.</summary>
    public bool? EvaluateBoolean(Element focus, FhirPathContext context) => throw new NotImplementedException();
}

/// <summary>What an evaluation may see and spend. Immutable.</summary>
public sealed record FhirPathContext(FhirDefinitions Definitions)
{
    /// <summary><c>now()</c> and <c>today()</c>.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary><c>%resource</c>; the focus where null.</summary>
    public Element? Resource { get; init; }

    /// <summary><c>%rootResource</c>; <see cref="Resource"/> where null.</summary>
    public Element? RootResource { get; init; }

    /// <summary>Finds the target of a reference for <c>resolve()</c>; null finds only contained and Bundle entries.</summary>
    public Func<string, Element?>? Resolve { get; init; }

    /// <summary>Further <c>%variables</c>: Elements or system values.</summary>
    public ImmutableDictionary<string, ImmutableArray<object>> Variables { get; init; } =
        ImmutableDictionary<string, ImmutableArray<object>>.Empty;

    /// <summary>How many evaluation steps are allowed before <see cref="FhirPathException"/> is thrown.</summary>
    public int MaxSteps { get; init; } = 10_000_000;
}

/// <summary>An expression that does not compile, or fails on data.</summary>
/// <param name="offset">Where in the expression, from 0; -1 where unknown.</param>
public sealed class FhirPathException(string message, int offset = -1) : Exception(message)
{
    public int Offset { get; } = offset;
}
