using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;
using Units = FhirTrials.Fhir.Ucum.Ucum;

namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary>https://hl7.org/fhirpath/N1/#math and #datetime-arithmetic. Empty operands, results that no decimal or
/// calendar can hold and divisions by zero give empty.</summary>
static class Arithmetic
{
    public static Items Add(Scope scope, Items left, Items right) => Operate(left, right, (l, r) => (l, r) switch
    {
        (int x, int y) => Whole((long)x + y),
        (string x, string y) => Join(scope, x, y),
        (SystemQuantity x, SystemQuantity y) => Sum(x, y, 1),
        (SystemDate or SystemDateTime or SystemTime, SystemQuantity y) => Shift(l, y.Value, y),
        _ => Number(l) + Number(r),
    });

    public static Items Subtract(Items left, Items right) => Operate(left, right, static (l, r) => (l, r) switch
    {
        (int x, int y) => Whole((long)x - y),
        (SystemQuantity x, SystemQuantity y) => Sum(x, y, -1),
        (SystemDate or SystemDateTime or SystemTime, SystemQuantity y) => Shift(l, -y.Value, y),
        _ => Number(l) - Number(r),
    });

    public static Items Multiply(Items left, Items right) => Operate(left, right, static (l, r) => (l, r) switch
    {
        (int x, int y) => Whole((long)x * y),
        (SystemQuantity x, SystemQuantity y) => new SystemQuantity(x.Value * y.Value, Product(x.Ucum, y.Ucum)),
        (SystemQuantity x, int or decimal) => x with { Value = x.Value * Number(r) },
        (int or decimal, SystemQuantity y) => y with { Value = Number(l) * y.Value },
        _ => Number(l) * Number(r),
    });

    public static Items Divide(Items left, Items right) => Operate(left, right, static (l, r) => (l, r) switch
    {
        (SystemQuantity x, SystemQuantity y) => new SystemQuantity(x.Value / y.Value, Quotient(x.Ucum, y.Ucum)),
        (SystemQuantity x, int or decimal) => x with { Value = x.Value / Number(r) },
        (int or decimal, SystemQuantity y) =>
            new SystemQuantity(Number(l) / y.Value, Quotient(SystemQuantity.One, y.Ucum)),
        _ => Number(l) / Number(r),
    });

    public static Items Div(Items left, Items right) => Operate(left, right, static (l, r) => (l, r) switch
    {
        (int x, int y) => Whole(y == 0 ? throw new DivideByZeroException() : (long)x / y),
        _ => Truncated(Number(l) / Number(r)),
    });

    public static Items Mod(Items left, Items right) => Operate(left, right, static (l, r) => (l, r) switch
    {
        (int x, int y) => Boxed.Of(y == -1 ? 0 : x % y),
        _ => Number(l) % Number(r),
    });

    /// <summary><c>&amp;</c>: empty counts as the empty string.</summary>
    public static Items Concatenate(Scope scope, Items left, Items right) =>
        Join(scope, Singleton.String(left) ?? "", Singleton.String(right) ?? "");

    public static Items Negate(Items operand) => Singleton.Value(operand) switch
    {
        null => Items.Empty,
        int x => x == int.MinValue ? Items.Empty : -x,
        decimal x => -x,
        SystemQuantity x => Items.One(x with { Value = -x.Value }),
        _ => throw Singleton.Mismatch("A number or quantity"),
    };

    /// <summary>Whole numbers stay integers where they fit.</summary>
    public static object Truncated(decimal value)
    {
        var whole = decimal.Truncate(value);
        return whole is >= int.MinValue and <= int.MaxValue ? Boxed.Of((int)whole) : whole;
    }

    static Items Operate(Items left, Items right, Func<object, object, object?> operation)
    {
        var (l, r) = (Singleton.Value(left), Singleton.Value(right));
        if (l is null || r is null || IsUnreadable(l) || IsUnreadable(r))
        {
            return Items.Empty;
        }

        try
        {
            return operation(l, r) is { } result ? Items.One(result) : Items.Empty;
        }
        catch (Exception e) when (e is OverflowException or DivideByZeroException)
        {
            return Items.Empty;
        }
    }

    /// <summary>A text costs as many steps as characters, so that none grows without end.</summary>
    static string Join(Scope scope, string left, string right)
    {
        scope.Spend(left.Length + right.Length);
        return left + right;
    }

    static bool IsUnreadable(object item) =>
        item is Element { Type: var type } && (type.IsPrimitive || type.IsQuantity);

    static decimal Number(object item) => item switch
    {
        int number => number,
        decimal number => number,
        _ => throw new FhirPathException("This operator does not take items of these types."),
    };

    static object? Whole(long value) => value is >= int.MinValue and <= int.MaxValue ? Boxed.Of((int)value) : null;

    static SystemQuantity? Sum(SystemQuantity left, SystemQuantity right, int sign) =>
        left.Unit == right.Unit && left.IsCalendar == right.IsCalendar
            ? left with { Value = left.Value + (sign * right.Value) }
        : Comparison.IsCalendarBesideDefinite(left, right) ? null
        : Units.TryConvert(right.Value, right.Ucum, left.Ucum, out var converted)
            ? left with { Value = left.Value + (sign * converted) }
            : null;

    static object? Shift(object value, decimal amount, SystemQuantity quantity)
    {
        if (quantity.Duration is not { } unit)
        {
            throw new FhirPathException(
                "A date or time takes calendar durations, or UCUM's from weeks down to milliseconds.");
        }

        return value switch
        {
            SystemDate x =>
                Temporal.Add(x.Start, x.Precision, amount, unit) is { } start ? x with { Start = start } : null,
            SystemDateTime x =>
                Temporal.Add(x.Start, x.Precision, amount, unit) is { } start ? x with { Start = start } : null,
            SystemTime x => Temporal.Add(NoonOfAges + x.Start, x.Precision, amount, unit) is { } start
                ? x with { Start = start.TimeOfDay }
                : null,
            _ => throw Singleton.Mismatch("A date or time"),
        };
    }

    /// <summary>A day far from both ends of the calendar, so that times can wrap around midnight.</summary>
    static readonly DateTime NoonOfAges = new(5000, 1, 1);

    static string Product(string left, string right) =>
        left == SystemQuantity.One ? right
        : right == SystemQuantity.One ? left
        : $"{Group(left)}.{Group(right)}";

    static string Quotient(string left, string right) =>
        right == SystemQuantity.One ? left
        : left == right ? SystemQuantity.One
        : $"{Group(left)}/{Group(right)}";

    static string Group(string unit) => unit.AsSpan().IndexOfAny('.', '/') < 0 ? unit : $"({unit})";
}
