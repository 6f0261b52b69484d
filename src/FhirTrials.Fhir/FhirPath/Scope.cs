using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>Evaluates an expression; a path in it starts at <c>$this</c> of the scope.</summary>
delegate Items Evaluation(Scope scope);

/// <summary>Evaluates a step of a path on what the steps before it gave.</summary>
delegate Items Step(Scope scope, Items input);

/// <summary>What an expression sees where it is evaluated. Immutable, but for the budget that all scopes of a run
/// share.</summary>
sealed record Scope
{
    readonly StepBudget _budget;

    public Scope(FhirPathContext context, Element? focus)
    {
        Context = context;
        This = focus is null ? Items.Empty : Items.One(focus);
        Focus = This;
        _budget = context.Budget ?? new(context.MaxSteps);
    }

    public FhirPathContext Context { get; }

    /// <summary><c>%context</c>: what the whole expression is evaluated on.</summary>
    public Items Focus { get; }

    /// <summary><c>$this</c></summary>
    public Items This { get; private init; }

    /// <summary><c>$index</c>; -1 outside of any iteration.</summary>
    public int Index { get; private init; } = -1;

    /// <summary><c>$total</c></summary>
    public Items Total { get; private init; }

    /// <summary>What <c>defineVariable()</c> defined.</summary>
    public ImmutableDictionary<string, Items> Variables { get; private init; } = ImmutableDictionary<string, Items>.Empty;

    /// <summary>The scope for one item of an iteration; costs a step.</summary>
    public Scope On(object item, int index)
    {
        Spend(1);
        return this with { This = Items.One(item), Index = index };
    }

    public Scope On(Items items) => this with { This = items };

    public Scope WithTotal(Items total) => this with { Total = total };

    public Scope Define(string name, Items value) => this with { Variables = Variables.Add(name, value) };

    /// <summary>Pays for work; throws when the evaluation has had its share.</summary>
    public void Spend(int steps) => _budget.Spend(steps);
}
