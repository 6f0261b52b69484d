using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Trials.Matching.Evaluation;

/// <summary>A criterion that is a FHIRPath expression alone, over the Bundle of the record: empty is unknown, and so
/// is what fails.</summary>
static class ExpressionClause
{
    /// <summary>Enough for a record of thousands of entries; an expression that needs more is left undecided.</summary>
    const int MaxSteps = 1_000_000;

    static readonly Validator Profiles = new(FhirDefinitions.R4, TimeProvider.System);

    public static Finding Evaluate(FhirPathExpression expression, string text, RecordFacts facts)
    {
        var record = facts.Record;
        if (record.Lost is [var lost, ..])
        {
            return Finding.Unknown($"what the record says at {lost.Path}, which could not be read");
        }

        if (facts.StepsLeft <= 0)
        {
            return Finding.Unknown($"the criterion's expression, for those before it took too long: {text}");
        }

        var budget = new StepBudget(Math.Min(MaxSteps, facts.StepsLeft));
        var context = Profiles.Answering(new(FhirDefinitions.R4)
        {
            Now = new DateTimeOffset(record.ReferenceDate, TimeOnly.MinValue, TimeSpan.Zero),
            Budget = budget,
        });
        try
        {
            return expression.EvaluateBoolean(record.Bundle, context) is { } value
                ? Finding.Of(value, new Evidence("Bundle", "By the criterion's expression"))
                : Finding.Unknown($"what the criterion's expression asks for: {text}");
        }
        catch (FhirPathException)
        {
            return Finding.Unknown($"the criterion's expression failed: {text}");
        }
        finally
        {
            facts.StepsLeft -= budget.Spent;
        }
    }
}
