using FhirTrials.Fhir.FhirPath.Operators;
using FhirTrials.Fhir.FhirPath.Values;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#math. What no decimal can hold is empty.</summary>
static class Maths
{
    public static Items Abs(Items input) => Singleton.Value(input) switch
    {
        int number => number == int.MinValue ? Items.Empty : Math.Abs(number),
        SystemQuantity quantity => Items.One(quantity with { Value = Math.Abs(quantity.Value) }),
        _ => Singleton.Decimal(input) is { } number ? Math.Abs(number) : Items.Empty,
    };

    public static Items Whole(Items input, Func<decimal, decimal> function) =>
        Singleton.Decimal(input) is { } number ? Items.One(Arithmetic.Truncated(function(number))) : Items.Empty;

    public static Items Of(Items input, Func<double, double> function) =>
        Singleton.Decimal(input) is { } number ? Decimal(function((double)number)) : Items.Empty;

    public static Items Of(Items input, Items argument, Func<double, double, double> function) =>
        Singleton.Decimal(input) is { } number && Singleton.Decimal(argument) is { } other
            ? Decimal(function((double)number, (double)other))
            : Items.Empty;

    /// <summary>Integers give an integer; whole exponents are exact.</summary>
    public static Items Power(Items input, Items exponent)
    {
        if (Singleton.Decimal(input) is not { } number || Singleton.Decimal(exponent) is not { } power)
        {
            return Items.Empty;
        }

        if (power < 0 || power > 100 || decimal.Truncate(power) != power)
        {
            return Decimal(Math.Pow((double)number, (double)power));
        }

        try
        {
            var result = 1m;
            for (var i = 0; i < power; i++)
            {
                result *= number;
            }

            var isWhole = Singleton.Value(input) is int && Singleton.Value(exponent) is int;
            return isWhole ? Items.One(Arithmetic.Truncated(result)) : result;
        }
        catch (OverflowException)
        {
            return Items.Empty;
        }
    }

    public static Items Round(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var digits = arguments.IsEmpty ? 0 : Singleton.Integer(arguments[0](scope));
        return digits switch
        {
            null => Items.Empty,
            < 0 => throw new FhirPathException("round() takes no negative precision."),
            { } known => Singleton.Decimal(input) is { } number
                ? Math.Round(number, Math.Min(known, 28), MidpointRounding.AwayFromZero)
                : Items.Empty,
        };
    }

    static Items Decimal(double value) =>
        double.IsFinite(value) && Math.Abs(value) < 7.9e28 ? (decimal)value : Items.Empty;
}
