using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.FhirPath.Syntax;

namespace FhirTrials.Fhir.Patch;

/// <summary>The part of FHIRPath that addresses elements of a resource: names, <c>[index]</c>, <c>first()</c>,
/// <c>last()</c>, <c>where(…)</c>, <c>ofType(…)</c>, <c>as(…)</c>, <c>extension('…')</c> —
/// https://hl7.org/fhir/R4/fhirpatch.html. Nothing else could lead to an element that has a place.</summary>
sealed class PatchPath
{
    readonly Expression _first;
    readonly ImmutableArray<Expression> _steps;

    PatchPath(Expression first, ImmutableArray<Expression> steps) => (_first, _steps) = (first, steps);

    /// <summary>Reads a path; throws <see cref="FhirPathException"/> at what is wrong or addresses nothing.</summary>
    public static PatchPath Parse(string text)
    {
        var expression = Parser.Parse(text);
        var path = expression is Expression.Path { First: var first, Steps: var steps }
            ? new PatchPath(first, steps)
            : new PatchPath(expression, []);
        if (path._first is not Expression.Member)
        {
            throw new FhirPathException(
                "A path starts with the resource's type or one of its elements.", expression.Offset);
        }

        foreach (var step in path._steps)
        {
            Check(step);
        }

        return path;
    }

    /// <summary>The list that the path names as a whole: what it belongs to (null: the resource), and its name. Throws
    /// <see cref="FhirPathException"/> where the path does not end in a name.</summary>
    public (PatchPath? Owner, string Name) AsList() => _steps switch
    {
        [] => (null, ((Expression.Member)_first).Name),
        [.. var before, Expression.Member { Name: var name }] => (new(_first, before), name),
        _ => throw new FhirPathException("The path must name a list of elements as a whole, such as Patient.name."),
    };

    /// <summary>The elements addressed. Throws <see cref="FhirPathException"/> where a condition fails or costs more
    /// than the scope allows.</summary>
    public List<Location> Find(Scope scope, Location root)
    {
        var name = ((Expression.Member)_first).Name;
        List<Location> found = root.Element.Type.IsA(name) ? [root] : [.. root.Children(name)];
        foreach (var step in _steps)
        {
            scope.Spend(1 + found.Sum(l => l.Element.Children.Length));
            found = Take(step, scope, found);
        }

        return found;
    }

    static List<Location> Take(Expression step, Scope scope, List<Location> found) => step switch
    {
        Expression.Member { Name: var name } => [.. found.SelectMany(l => l.Children(name))],
        Expression.Indexer { At: Expression.Literal { Value: int index } } => [.. found.Skip(index).Take(1)],
        Expression.Call { Name: "first" } => [.. found.Take(1)],
        Expression.Call { Name: "last" } => [.. found.TakeLast(1)],
        Expression.Call { Name: "extension", Arguments: [Expression.Literal { Value: string url }] } =>
            [.. found.SelectMany(l => l.Children("extension")).Where(l => l.Element.ValueOf("url") == url)],
        Expression.Call { Name: "where", Arguments: [var condition] } => Where(condition, scope, found),
        Expression.Call { Arguments: [var type] } => [.. found.Where(l => l.Element.Type.IsA(TypeName(type)!))],
        _ => throw new InvalidOperationException($"{step.GetType()} was not checked."),
    };

    static List<Location> Where(Expression condition, Scope scope, List<Location> found)
    {
        var evaluation = Compiler.Compile(condition);
        var iteration = scope.Iterate();
        return [.. found.Where((l, i) => Singleton.Boolean(evaluation(iteration.At(l.Element, i))) == true)];
    }

    static void Check(Expression step)
    {
        var isKnown = step switch
        {
            Expression.Member => true,
            Expression.Indexer { At: Expression.Literal { Value: int } } => true,
            Expression.Call { Name: "first" or "last", Arguments.IsEmpty: true } => true,
            Expression.Call { Name: "extension", Arguments: [Expression.Literal { Value: string }] } => true,
            Expression.Call { Name: "where", Arguments.Length: 1 } => true,
            Expression.Call { Name: "ofType" or "as", Arguments: [var type] } => TypeName(type) is not null,
            _ => false,
        };
        if (!isKnown)
        {
            throw new FhirPathException(
                "A path of a patch consists of names, [index], first(), last(), where(), ofType(), as() and "
                    + "extension().",
                step.Offset);
        }
    }

    static string? TypeName(Expression type) => type switch
    {
        Expression.Member { Name: var name } => name,
        Expression.Path { First: Expression.Member { Name: "FHIR" }, Steps: [Expression.Member { Name: var name }] } =>
            name,
        _ => null,
    };
}
