using System.Collections.Concurrent;
using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath.Checking;
using FhirTrials.Fhir.FhirPath.Syntax;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>A compiled FHIRPath expression: thread-safe, reusable — https://hl7.org/fhirpath/N1/</summary>
public sealed class FhirPathExpression
{
    /// <summary>How many compiled expressions are kept, and how long they may be; others
    /// are compiled anew each time.</summary>
    const int MaxKept = 20_000;
    const int MaxKeptLength = 4_000;

    static readonly ConcurrentDictionary<string, FhirPathExpression> Kept = new(StringComparer.Ordinal);

    readonly Evaluation _evaluation;

    FhirPathExpression(string text)
    {
        Text = text;
        Syntax = Parser.Parse(text);
        _evaluation = Compiler.Compile(Syntax);
    }

    public string Text { get; }

    Expression Syntax { get; }

    /// <summary>Compiles an expression; throws <see cref="FhirPathException"/> with the position of what is wrong. The
    /// same text gives the same object, as far as those kept go.</summary>
    public static FhirPathExpression Compile(string text)
    {
        if (Kept.TryGetValue(text, out var kept))
        {
            return kept;
        }

        var compiled = new FhirPathExpression(text);
        if (text.Length <= MaxKeptLength && Kept.Count < MaxKept)
        {
            Kept.TryAdd(text, compiled);
        }

        return compiled;
    }

    /// <summary>The same for an expression that is not to be evaluated: it is not kept.</summary>
    internal static FhirPathExpression CompileOnce(string text) =>
        Kept.TryGetValue(text, out var kept) ? kept : new(text);

    /// <summary>Evaluates on a focus (null: none). Items of the result are <see cref="Element"/>s or system values
    /// (<see cref="Values.SystemValue"/>).</summary>
    public ImmutableArray<object> Evaluate(Element? focus, FhirPathContext context) =>
        Run(focus, context).ToImmutableArray();

    /// <summary>The result as a truth value: null for an empty collection (unknown). A single non-Boolean counts as
    /// true (N1 §4.5); more than one item is an error.</summary>
    public bool? EvaluateBoolean(Element? focus, FhirPathContext context) => Singleton.Boolean(Run(focus, context));

    /// <summary>Checks the expression against the types: an element that a type does not have, a type or variable that
    /// there is none of, a function on the wrong type, an order that nothing has. Throws
    /// <see cref="FhirPathException"/> at the first fault; what cannot be known without data passes.</summary>
    /// <param name="focus">The type that the expression is to be evaluated on; null where it is not known.</param>
    /// <param name="anyVariable">Whether variables may come from outside, so that none is unknown.</param>
    public void Check(FhirType? focus, FhirDefinitions definitions, bool anyVariable = false) =>
        new Checker(definitions, anyVariable).Check(Syntax, focus);

    public override string ToString() => Text;

    Items Run(Element? focus, FhirPathContext context) => _evaluation(new Scope(context, focus));
}
