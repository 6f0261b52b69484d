using System.Collections.Frozen;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath.Syntax;
using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Checking;

/// <summary>Finds what can never work whatever the data: elements that a type does not have, functions on the wrong
/// type, order asked of what has none. What it cannot know it lets pass.</summary>
sealed class Checker(FhirDefinitions definitions)
{
    static readonly FrozenSet<string> OnText = new[]
    {
        "startsWith", "endsWith", "contains", "indexOf", "lastIndexOf", "substring", "upper", "lower", "replace", "matches",
        "matchesFull", "replaceMatches", "length", "toChars", "encode", "decode", "escape", "unescape", "trim", "split",
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> OnOrder =
        new[] { "first", "last", "tail", "skip", "take" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Functions that give some of their input, so that its shape stays; the rest are open where not
    /// listed.</summary>
    static readonly FrozenSet<string> Keeping = new[]
    {
        "where", "single", "first", "last", "tail", "skip", "take", "intersect", "exclude", "distinct", "trace", "checkModifiers",
        "defineVariable", "sort",
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string> Results = new Dictionary<string, string[]>
    {
        ["Boolean"] =
        [
            "empty", "exists", "all", "allTrue", "anyTrue", "allFalse", "anyFalse", "subsetOf", "supersetOf", "isDistinct", "not",
            "is", "startsWith", "endsWith", "contains", "matches", "matchesFull", "hasValue", "hasExtension", "memberOf",
            "conformsTo", "subsumes", "subsumedBy", "htmlChecks", "comparable", "toBoolean", "convertsToBoolean",
            "convertsToInteger", "convertsToDecimal", "convertsToString", "convertsToDate", "convertsToDateTime",
            "convertsToTime", "convertsToQuantity",
        ],
        ["Integer"] = ["count", "length", "indexOf", "lastIndexOf", "toInteger", "precision"],
        ["String"] =
        [
            "toString", "substring", "upper", "lower", "replace", "replaceMatches", "join", "split", "trim", "encode", "decode",
            "escape", "unescape", "toChars",
        ],
        ["Decimal"] = ["toDecimal", "sqrt", "exp", "ln", "log"],
        ["Date"] = ["today", "toDate"],
        ["DateTime"] = ["now", "toDateTime"],
        ["Time"] = ["timeOfDay", "toTime"],
        ["Quantity"] = ["toQuantity"],
    }.SelectMany(r => r.Value.Select(f => (f, r.Key))).ToFrozenDictionary(r => r.f, r => r.Key, StringComparer.Ordinal);

    readonly record struct Frame(Shape This, Shape Focus);

    /// <summary>Throws <see cref="FhirPathException"/> at the first fault.</summary>
    /// <param name="focus">The type evaluated on; null where it is not known.</param>
    public void Check(Expression expression, FhirType? focus)
    {
        var shape = focus is null ? Shape.Open : Shape.Of(focus);
        Check(expression, new Frame(shape, shape));
    }

    Shape Check(Expression expression, Frame frame) => expression switch
    {
        Expression.Literal literal => Shape.Of(SystemValue.TypeName(literal.Value)),
        Expression.Empty => Shape.Nothing,
        Expression.This => frame.This,
        Expression.Index => Shape.Of("Integer"),
        Expression.Total => Shape.Open,
        Expression.Variable { Name: "context" } => frame.Focus,
        Expression.Variable { Name: "ucum" or "sct" or "loinc" } => Shape.Of("String"),
        Expression.Variable => Shape.Open,
        Expression.Member member => Root(member, frame.This),
        Expression.Path path => path.Steps.Aggregate(Check(path.First, frame), (shape, step) => Step(step, shape, frame)),
        Expression.Sign sign => Check(sign.Operand, frame),
        Expression.Is test => Check(test.Operand, frame) is var _ ? Shape.Of("Boolean") : Shape.Open,
        Expression.As cast => Check(cast.Operand, frame) is var shape ? Narrow(shape, cast.Type) : Shape.Open,
        Expression.Binary binary => Binary(binary, frame),
        _ => Step(expression, frame.This, frame),
    };

    Shape Step(Expression step, Shape input, Frame frame)
    {
        switch (step)
        {
            case Expression.Member member:
                return Member(member, input);
            case Expression.Indexer indexer:
                Check(indexer.At, frame);
                return Ordered(input, step.Offset);
            case Expression.Call call:
                return Call(call, input, frame);
            default:
                return Shape.Open;
        }
    }

    static Shape Root(Expression.Member member, Shape input)
    {
        var own = input.Fhir.Where(t => t.IsA(member.Name)).ToList();
        return char.IsAsciiLetterUpper(member.Name[0]) && own.Count > 0 ? Shape.Of(own) : Member(member, input);
    }

    static Shape Member(Expression.Member member, Shape input)
    {
        if (input.IsOpen || input.Fhir.Any(t => t.IsAbstract) || input.System.Any(s => s is "TypeInfo" or "Quantity"))
        {
            return Shape.Open;
        }

        var elements = input.Fhir.Select(t => t.Element(member.Name)).OfType<ElementDefinition>().ToList();
        return elements.Count > 0 || (input.Fhir.IsEmpty && input.System.IsEmpty)
            ? Shape.Of(elements.SelectMany(e => e.Types).Select(t => t.Type)) with { IsOrdered = input.IsOrdered }
            : throw new FhirPathException($"There is no element '{member.Name}' here.", member.Offset);
    }

    Shape Call(Expression.Call call, Shape input, Frame frame)
    {
        if (OnText.Contains(call.Name) && !input.MayBe("String"))
        {
            throw new FhirPathException($"{call.Name}() needs a string.", call.Offset);
        }

        if (OnOrder.Contains(call.Name))
        {
            Ordered(input, call.Offset);
        }

        switch (call.Name)
        {
            case "is":
                return Shape.Of("Boolean");
            case "as" or "ofType":
                return Narrow(input, Compiler.Specifier(call.Arguments[0]));
            case "iif":
                return Iif(call, frame with { This = input });
            case "children" or "descendants":
                return Shape.Open with { IsOrdered = false };
            case "extension":
                return Shape.Of(definitions.Types["Extension"]);
            case "type":
                return Shape.Of("TypeInfo");
            case "select":
                return Check(call.Arguments[0], frame with { This = input });
            case "union" or "combine":
                return Shape.Union(input, Check(call.Arguments[0], frame));
            case "repeat" or "aggregate":
                return Shape.Open;
        }

        foreach (var argument in call.Arguments)
        {
            Check(argument, TakesItems(call.Name) ? frame with { This = input } : frame);
        }

        return Results.TryGetValue(call.Name, out var result) ? Shape.Of(result)
            : Keeping.Contains(call.Name) ? input
            : Shape.Open;
    }

    static bool TakesItems(string function) => function is "where" or "exists" or "all" or "trace" or "sort";

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
        return binary.Operator switch
        {
            BinaryOperator.Union => Shape.Union(left, right),
            BinaryOperator.Concatenate => Shape.Of("String"),
            BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual
                or BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Equivalent or BinaryOperator.NotEquivalent
                or BinaryOperator.In or BinaryOperator.Contains or BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor
                or BinaryOperator.Implies => Shape.Of("Boolean"),
            BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Div or BinaryOperator.Mod or BinaryOperator.Add
                or BinaryOperator.Subtract => Shape.Open,
        };
    }

    /// <summary>The shape after <c>as</c> or <c>ofType</c>: the named type, or nothing where it can only be a system
    /// type.</summary>
    Shape Narrow(Shape input, TypeSpecifier type)
    {
        if (type.Namespace != "System" && definitions.Types.Find(type.Name) is { } known)
        {
            return Shape.Of(known) with { IsOrdered = input.IsOrdered };
        }

        return Operators.Types.IsSystem(type)
            ? Shape.Of(type.Name)
            : throw new FhirPathException($"There is no type '{type.Name}'.", type.Offset);
    }

    static Shape Ordered(Shape input, int offset) =>
        input.IsOrdered ? input : throw new FhirPathException("The items here have no order.", offset);
}
