using FhirTrials.Fhir.FhirPath.Functions;
using FhirTrials.Fhir.FhirPath.Operators;
using FhirTrials.Fhir.FhirPath.Syntax;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath;

/// <summary>Turns syntax into delegates, once; what can be known without data is checked here.</summary>
static class Compiler
{
    public static Evaluation Compile(Expression expression)
    {
        switch (expression)
        {
            case Expression.Literal { Value: var value }:
                var constant = Items.One(value);
                return _ => constant;
            case Expression.Empty:
                return _ => Items.Empty;
            case Expression.Variable variable:
                return scope => Variables.Get(scope, variable);
            case Expression.This:
                return scope => scope.This;
            case Expression.Index:
                return scope => scope.Index >= 0 ? scope.Index : Items.Empty;
            case Expression.Total:
                return scope => scope.Total;
            case Expression.Member { Name: var name } when char.IsAsciiLetterUpper(name[0]):
                return scope => Navigation.Root(scope, name);
            case Expression.Path path:
                return Path(path);
            case Expression.Sign sign:
                var signed = Compile(sign.Operand);
                return sign.IsMinus
                    ? scope => Arithmetic.Negate(signed(scope))
                    : scope => Arithmetic.Negate(Arithmetic.Negate(signed(scope)));
            case Expression.Binary binary:
                return Binary(binary.Operator, Compile(binary.Left), Compile(binary.Right));
            case Expression.Is { Type: var type } test:
                var tested = Compile(test.Operand);
                return scope => Types.Is(scope, tested(scope), type);
            case Expression.As { Type: var type } cast:
                var casted = Compile(cast.Operand);
                return scope => Types.As(scope, casted(scope), type);
            default:
                var step = CompileStep(expression);
                return scope => step(scope, scope.This);
        }
    }

    /// <summary>Steps run one after the other; what <c>defineVariable()</c> defines is
    /// seen by the steps after it.</summary>
    static Evaluation Path(Expression.Path path)
    {
        var isDefinition = IsDefinition(path.First);
        var first = isDefinition ? Compile(new Expression.This(path.Offset)) : Compile(path.First);
        var rest = isDefinition ? path.Steps.Insert(0, path.First) : path.Steps;
        if (!rest.Any(IsDefinition))
        {
            var steps = rest.Select(CompileStep).ToArray();
            return scope => Run(scope, first(scope), steps);
        }

        var defining = rest.Select(CompileDefiningStep).ToArray();
        return scope =>
        {
            var items = first(scope);
            foreach (var step in defining)
            {
                (scope, items) = step(scope, items);
            }

            return items;
        };
    }

    static Items Run(Scope scope, Items items, Step[] steps)
    {
        foreach (var step in steps)
        {
            items = step(scope, items);
        }

        return items;
    }

    static bool IsDefinition(Expression step) => step is Expression.Call { Name: "defineVariable" };

    static Func<Scope, Items, (Scope, Items)> CompileDefiningStep(Expression expression)
    {
        if (expression is not Expression.Call { Name: "defineVariable" } call)
        {
            var step = CompileStep(expression);
            return (scope, items) => (scope, step(scope, items));
        }

        CheckCount(call, 1, 2);
        var name = Compile(call.Arguments[0]);
        var value = call.Arguments.Length > 1 ? Compile(call.Arguments[1]) : null;
        return (scope, items) => (Variables.Define(scope, name(scope), value?.Invoke(scope.On(items)) ?? items), items);
    }

    static Step CompileStep(Expression expression)
    {
        switch (expression)
        {
            case Expression.Member { Name: var name }:
                return (scope, input) => Navigation.Member(scope, input, name);
            case Expression.Indexer { At: var at }:
                var index = Compile(at);
                return (scope, input) => Singleton.Integer(index(scope)) is { } i && i >= 0 && i < input.Count
                    ? Items.One(input[i])
                    : Items.Empty;
            case Expression.Call call:
                return Call(call);
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} is no step of a path.");
        }
    }

    static Step Call(Expression.Call call)
    {
        switch (call.Name)
        {
            case "is" or "as" or "ofType":
                return TypeFunction(call);
            case "sort":
                var keys = call.Arguments.Select(SortKey).ToList();
                return (scope, input) => Sorting.Sort(scope, input, keys);
            case "defineVariable":
                var define = CompileDefiningStep(call);
                return (scope, input) => define(scope, input).Item2;
        }

        if (!FunctionTable.ByName.TryGetValue(call.Name, out var function))
        {
            throw new FhirPathException($"There is no function '{call.Name}'.", call.Offset);
        }

        CheckCount(call, function.Min, function.Max);
        var arguments = call.Arguments.Select(Compile).ToArray();
        var body = function.Body;
        return (scope, input) =>
        {
            scope.Spend(1 + Weight(input));
            return body(scope, input, arguments);
        };
    }

    /// <summary>What a function costs beside its call: most look at every item, or at a whole text.</summary>
    static int Weight(Items input) => input.OnlyOrNull switch
    {
        string text => text.Length / 8,
        Element element => (element.Value?.Length ?? 0) / 8,
        _ => input.Count / 16,
    };

    static Step TypeFunction(Expression.Call call)
    {
        CheckCount(call, 1, 1);
        var type = Specifier(call.Arguments[0]);
        return call.Name switch
        {
            "is" => (scope, input) => Types.Is(scope, input, type),
            "as" => (scope, input) => Types.As(scope, input, type),
            _ => (scope, input) => Types.OfType(scope, input, type),
        };
    }

    /// <summary>The argument of a function on types is a type's name, though it parses as a path.</summary>
    public static TypeSpecifier Specifier(Expression argument) => argument switch
    {
        Expression.Member { Name: var name } => new(null, name, argument.Offset),
        Expression.Path { First: Expression.Member { Name: var scope },
            Steps: [Expression.Member { Name: var name }] } =>
            new(scope, name, argument.Offset),
        _ => throw new FhirPathException("A type's name is expected here.", argument.Offset),
    };

    static SortKey SortKey(Expression argument) => argument is Expression.Sign { IsMinus: true } sign
        ? new(Compile(sign.Operand), true)
        : new(Compile(argument), false);

    static void CheckCount(Expression.Call call, int min, int max)
    {
        if (call.Arguments.Length < min || call.Arguments.Length > max)
        {
            throw new FhirPathException($"{call.Name}() does not take {call.Arguments.Length} arguments.", call.Offset);
        }
    }

    static Evaluation Binary(BinaryOperator @operator, Evaluation left, Evaluation right) => @operator switch
    {
        BinaryOperator.Multiply => s => Arithmetic.Multiply(left(s), right(s)),
        BinaryOperator.Divide => s => Arithmetic.Divide(left(s), right(s)),
        BinaryOperator.Div => s => Arithmetic.Div(left(s), right(s)),
        BinaryOperator.Mod => s => Arithmetic.Mod(left(s), right(s)),
        BinaryOperator.Add => s => Arithmetic.Add(s, left(s), right(s)),
        BinaryOperator.Subtract => s => Arithmetic.Subtract(left(s), right(s)),
        BinaryOperator.Concatenate => s => Arithmetic.Concatenate(s, left(s), right(s)),
        BinaryOperator.Union => s => Collections.Union(s, left(s), right(s)),
        BinaryOperator.Less => s => Comparison.Compare(left(s), right(s)) is { } order ? order < 0 : Items.Empty,
        BinaryOperator.LessOrEqual =>
            s => Comparison.Compare(left(s), right(s)) is { } order ? order <= 0 : Items.Empty,
        BinaryOperator.Greater => s => Comparison.Compare(left(s), right(s)) is { } order ? order > 0 : Items.Empty,
        BinaryOperator.GreaterOrEqual =>
            s => Comparison.Compare(left(s), right(s)) is { } order ? order >= 0 : Items.Empty,
        BinaryOperator.Equal => s => Equality.Equal(s, left(s), right(s)),
        BinaryOperator.NotEqual => s => !Equality.Equal(s, left(s), right(s)),
        BinaryOperator.Equivalent => s => Equivalence.Equivalent(s, left(s), right(s)),
        BinaryOperator.NotEquivalent => s => !Equivalence.Equivalent(s, left(s), right(s)),
        BinaryOperator.In => s => Collections.In(s, left(s), right(s)),
        BinaryOperator.Contains => s => Collections.In(s, right(s), left(s)),
        BinaryOperator.And => s => Logic.And(s, left, right),
        BinaryOperator.Or => s => Logic.Or(s, left, right),
        BinaryOperator.Xor => s => Logic.Xor(s, left, right),
        BinaryOperator.Implies => s => Logic.Implies(s, left, right),
    };
}
