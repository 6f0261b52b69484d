namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>A function: its body evaluates its arguments itself, in the scope (a value) or on each item (a
/// criterion).</summary>
/// <param name="Min">The least number of arguments.</param>
/// <param name="Max">The greatest number of arguments.</param>
sealed record Function(string Name, int Min, int Max, FunctionBody Body);

/// <param name="input">What stands before the dot.</param>
delegate Items FunctionBody(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments);
