using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath.Syntax;
using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Checking;

/// <summary>Finds what can never work whatever the data: elements that a type does not have, types and
/// variables that there are none of, functions on the wrong type, order asked of what has none. What
/// it cannot know it lets pass.</summary>
/// <param name="anyVariable">Whether variables may come from outside, so that none is unknown.</param>
sealed class Checker(FhirDefinitions definitions, bool anyVariable)
{
    /// <summary>What <c>repeat()</c> may reach grows step by step; beyond so many it may be anything.</summary>
    const int MaxRepeats = 32;

    /// <summary>Nested <c>repeat()</c>s check each other's arguments again and again; what remains after so many steps
    /// is let pass.</summary>
    const int MaxSteps = 100_000;

    readonly HashSet<string> _defined = new(StringComparer.Ordinal);
    bool _definesAny = anyVariable;
    int _steps;

    /// <param name="This"><c>$this</c></param>
    /// <param name="Focus"><c>%context</c></param>
    readonly record struct Frame(Shape This, Shape Focus);

    /// <summary>Throws <see cref="FhirPathException"/> at the first fault.</summary>
    /// <param name="focus">The type evaluated on; null where it is not known.</param>
    public void Check(Expression expression, FhirType? focus)
    {
        var shape = focus is null ? Shape.Open : Shape.Of(focus);
        Check(expression, new Frame(shape, shape));
    }

    Shape Check(Expression expression, Frame frame) => ++_steps > MaxSteps ? Shape.Open : expression switch
    {
        Expression.Literal literal => Shape.Of(SystemValue.TypeName(literal.Value)),
        Expression.Empty => Shape.Nothing,
        Expression.This => frame.This,
        Expression.Index => Shape.Of("Integer"),
        Expression.Total => Shape.Open,
        Expression.Variable variable => Variable(variable, frame),
        Expression.Member member => Root(member, frame.This),
        Expression.Path path =>
            path.Steps.Aggregate(Check(path.First, frame), (shape, step) => Step(step, shape, frame)),
        Expression.Sign sign => Check(sign.Operand, frame),
        Expression.Is test => Check(test.Operand, frame) is var _ ? Is(test.Type) : Shape.Open,
        Expression.As cast => Narrow(Check(cast.Operand, frame), cast.Type),
        Expression.Binary binary => Binary(binary, frame),
        _ => Step(expression, frame.This, frame),
    };

    Shape Variable(Expression.Variable variable, Frame frame) => variable.Name switch
    {
        "context" => frame.Focus,
        "resource" or "rootResource" =>
            frame.Focus.Fhir is [{ Kind: FhirTypeKind.Resource }] ? frame.Focus : Shape.Open,
        "ucum" or "sct" or "loinc" => Shape.Of("String"),
        var name when Variables.IsShortcut(name) => Shape.Of("String"),
        var name when _definesAny || _defined.Contains(name) => Shape.Open,
        _ => throw new FhirPathException($"There is no variable %{variable.Name}.", variable.Offset),
    };

    Shape Step(Expression step, Shape input, Frame frame)
    {
        switch (step)
        {
            case Expression.Member member:
                return Member(member, input);
            case Expression.Indexer indexer:
                Need(Check(indexer.At, frame), ["Integer"], "An index", indexer.At.Offset);
                return Ordered(input, step.Offset);
            case Expression.Call call:
                return Call(call, input, frame);
            default:
                return Shape.Open;
        }
    }

    /// <summary>The name of a type at the start of a path is the focus, if it is of that type; where the focus is not
    /// known, it is said to be.</summary>
    Shape Root(Expression.Member member, Shape input)
    {
        if (input.IsOpen && char.IsAsciiLetterUpper(member.Name[0]) && definitions.Types.Find(member.Name) is { } type)
        {
            return Shape.Of(type);
        }

        var own = input.Fhir.Where(t => t.IsA(member.Name)).ToList();
        return char.IsAsciiLetterUpper(member.Name[0]) && own.Count > 0 ? Shape.Of(own) : Member(member, input);
    }

    Shape Member(Expression.Member member, Shape input)
    {
        if (input.IsOpen || input.IsNothing)
        {
            return input;
        }

        var types = input.Fhir.SelectMany(Concrete).ToList();
        var system = input.System.Select(s => SystemMember(s, member.Name)).OfType<string>().ToList();
        var elements = types.Select(t => t.Element(member.Name)).OfType<ElementDefinition>().ToList();
        if (types.Exists(t => t.IsAbstract))
        {
            return Shape.Open;
        }

        return elements.Count + system.Count > 0
            ? new Shape(
                [.. elements.SelectMany(e => e.Types).Select(t => t.Type).Distinct()], [.. system], false,
                input.IsOrdered)
            : throw new FhirPathException($"There is no element '{member.Name}' here.", member.Offset);
    }

    /// <summary>The type itself, or all resources where it may be any of them;
    /// another abstract type stays one.</summary>
    IEnumerable<FhirType> Concrete(FhirType type) => type is { IsAbstract: true, Kind: FhirTypeKind.Resource }
        ? definitions.Types.Names.Select(n => definitions.Types[n])
            .Where(t => t is { IsAbstract: false, Kind: FhirTypeKind.Resource } && t.IsA(type.Name))
        : [type];

    static string? SystemMember(string type, string name) => (type, name) switch
    {
        ("TypeInfo", "namespace" or "name") => "String",
        ("Quantity", "value") => "Decimal",
        ("Quantity", "unit") => "String",
        _ => null,
    };

    Shape Call(Expression.Call call, Shape input, Frame frame)
    {
        if (Signatures.InputOf(call.Name) is { } types)
        {
            Need(input, types, $"{call.Name}()", call.Offset);
        }

        if (Signatures.NeedsElements(call.Name) && input is { IsOpen: false, IsNothing: false, Fhir.IsEmpty: true })
        {
            throw new FhirPathException($"{call.Name}() needs an element.", call.Offset);
        }

        if (Signatures.NeedsOrder(call.Name))
        {
            Ordered(input, call.Offset);
        }

        switch (call.Name)
        {
            case "is":
                return Is(Compiler.Specifier(call.Arguments[0]));
            case "as" or "ofType":
                return Narrow(input, Compiler.Specifier(call.Arguments[0]));
            case "iif":
                return Iif(call, frame with { This = input });
            case "children" or "descendants":
                return Shape.Open with { IsOrdered = false };
            case "select":
                return Check(call.Arguments[0], frame with { This = input });
            case "union" or "combine":
                return Shape.Union(input, Check(call.Arguments[0], frame));
            case "repeat":
                return Repeat(call.Arguments[0], input, frame);
            case "defineVariable":
                Define(call.Arguments[0]);
                break;
        }

        foreach (var argument in call.Arguments)
        {
            Check(argument, Signatures.TakesItems(call.Name) ? frame with { This = input } : frame);
        }

        return Signatures.ResultOf(call.Name) is { } result ? Of(result)
            : Signatures.KeepsInput(call.Name) ? input
            : Shape.Open;
    }

    Shape Of(string type) =>
        definitions.Types.Find(type) is { } known && type != "Quantity" ? Shape.Of(known) : Shape.Of(type);

    void Define(Expression name)
    {
        if (name is Expression.Literal { Value: string text })
        {
            _defined.Add(text);
        }
        else
        {
            _definesAny = true;
        }
    }

    Shape Repeat(Expression projection, Shape input, Frame frame)
    {
        var all = Shape.Nothing;
        for (var i = 0; i < MaxRepeats; i++)
        {
            var more = Shape.Union(all, Check(projection, frame with { This = i == 0 ? input : all }));
            if (more.IsOpen || (more.Fhir.Length == all.Fhir.Length && more.System.Length == all.System.Length))
            {
                return more;
            }

            all = more;
        }

        return Shape.Open;
    }

    Shape Iif(Expression.Call call, Frame frame)
    {
        if (!Check(call.Arguments[0], frame).MayBe("Boolean"))
        {
            throw new FhirPathException("iif() needs a Boolean criterion.", call.Offset);
        }

        return call.Arguments.Skip(1).Select(a => Check(a, frame)).Aggregate(Shape.Union);
    }

    Shape Binary(Expression.Binary binary, Frame frame)
    {
        var (left, right) = (Check(binary.Left, frame), Check(binary.Right, frame));
        switch (binary.Operator)
        {
            case BinaryOperator.Union:
                return Shape.Union(left, right);
            case BinaryOperator.Concatenate:
                return Shape.Of("String");
            case BinaryOperator.Less or BinaryOperator.LessOrEqual
                or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return left.HasOrderWith(right)
                    ? Shape.Of("Boolean")
                    : throw new FhirPathException("Items of these types have no order.", binary.Offset);
            case BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Equivalent
                or BinaryOperator.NotEquivalent or BinaryOperator.In or BinaryOperator.Contains or BinaryOperator.And
                or BinaryOperator.Or or BinaryOperator.Xor or BinaryOperator.Implies:
                return Shape.Of("Boolean");
            case BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Div or BinaryOperator.Mod:
                Need(left, ["Integer", "Decimal", "Quantity"], "This operator", binary.Offset);
                Need(right, ["Integer", "Decimal", "Quantity"], "This operator", binary.Offset);
                return Shape.Open;
            case BinaryOperator.Add or BinaryOperator.Subtract:
            default:
                return Shape.Open;
        }
    }

    Shape Is(TypeSpecifier type)
    {
        Known(type);
        return Shape.Of("Boolean");
    }

    /// <summary>The shape after <c>as</c> or <c>ofType</c>: the named type.</summary>
    Shape Narrow(Shape input, TypeSpecifier type)
    {
        if (Known(type) is not { } known)
        {
            return Shape.Of(type.Name);
        }

        return input.MayBe(known)
            ? Shape.Of(known) with { IsOrdered = input.IsOrdered }
            : throw new FhirPathException($"The items here are never of type '{type.Name}'.", type.Offset);
    }

    /// <summary>The FHIR type that is named; null for one of FHIRPath's own.</summary>
    FhirType? Known(TypeSpecifier type) =>
        type.Namespace != "System" && definitions.Types.Find(type.Name) is { } known ? known
        : Operators.Types.IsSystem(type) ? null
        : throw new FhirPathException($"There is no type '{type.Name}'.", type.Offset);

    static void Need(Shape input, string[] types, string what, int offset)
    {
        if (!input.MayBe(types))
        {
            throw new FhirPathException($"{what} needs {string.Join(" or ", types)}.", offset);
        }
    }

    static Shape Ordered(Shape input, int offset) =>
        input.IsOrdered ? input : throw new FhirPathException("The items here have no order.", offset);
}
