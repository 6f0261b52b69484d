using System.Collections.Immutable;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>Evaluates an expression; a path in it starts at <c>$this</c> of the scope.</summary>
delegate Items Evaluation(Scope scope);

/// <summary>Evaluates a step of a path on what the steps before it gave.</summary>
delegate Items Step(Scope scope, Items input);

/// <summary>What an expression sees where it is evaluated. It stays as it is, but for an iteration's own scope, which
/// goes from item to item (<see cref="At"/>): nothing is evaluated later than where it stands, so nobody still needs
/// the item before.</summary>
sealed class Scope
{
    readonly StepBudget _budget;

    public Scope(FhirPathContext context, Element? focus)
    {
        This = focus is null ? Items.Empty : Items.One(focus);
        (Context, Focus) = (context, This);
        _budget = context.Budget ?? new(context.MaxSteps);
    }

    Scope(Scope outer)
    {
        (Context, Focus, _budget) = (outer.Context, outer.Focus, outer._budget);
        This = outer.This;
        Index = outer.Index;
        Total = outer.Total;
        Variables = outer.Variables;
    }

    public FhirPathContext Context { get; }

    /// <summary><c>%context</c>: what the whole expression is evaluated on.</summary>
    public Items Focus { get; }

    /// <summary><c>%resource</c>: the focus where the context names none.</summary>
    public Element? Resource => Context.Resource ?? Focus.OnlyOrNull as Element;

    /// <summary><c>%rootResource</c></summary>
    public Element? RootResource => Context.RootResource ?? Resource;

    /// <summary>The context with both of them, and with what is left to spend.</summary>
    public FhirPathContext Surroundings =>
        Context with { Resource = Resource, RootResource = RootResource, Budget = _budget };

    /// <summary><c>$this</c></summary>
    public Items This { get; private set; }

    /// <summary><c>$index</c>; -1 outside of any iteration.</summary>
    public int Index { get; private set; } = -1;

    /// <summary><c>$total</c></summary>
    public Items Total { get; private set; }

    /// <summary>What <c>defineVariable()</c> defined.</summary>
    public ImmutableDictionary<string, Items> Variables { get; private init; } =
        ImmutableDictionary<string, Items>.Empty;

    /// <summary>A scope for an iteration, still on no item.</summary>
    public Scope Iterate() => new(this);

    /// <summary>Of an iteration: goes on to an item; costs a step.</summary>
    public Scope At(object item, int index)
    {
        Spend(1);
        (This, Index) = (Items.One(item), index);
        return this;
    }

    /// <summary>Of an iteration: sets what the items before gave.</summary>
    public Scope WithTotal(Items total)
    {
        Total = total;
        return this;
    }

    /// <summary>The scope in which a whole collection is <c>$this</c>.</summary>
    public Scope On(Items items) => new(this) { This = items };

    public Scope Define(string name, Items value) => new(this) { Variables = Variables.Add(name, value) };

    /// <summary>Pays for work; throws when the evaluation has had its share.</summary>
    public void Spend(int steps) => _budget.Spend(steps);
}
