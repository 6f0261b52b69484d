using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FhirTrials.Fhir.Ucum;

/// <summary>An exact fraction in lowest terms with a positive denominator.</summary>
readonly record struct Ratio
{
    /// <summary>No unit in use comes near this size; what would is refused.</summary>
    const int MaxBits = 8_192;

    static readonly BigInteger DecimalLimit = BigInteger.Pow(2, 96) - 1;

    public static readonly Ratio One = new(1, 1);

    public Ratio(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
        if (Numerator.GetBitLength() > MaxBits || Denominator.GetBitLength() > MaxBits)
        {
            throw new OverflowException("The unit's size is out of range.");
        }
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static implicit operator Ratio(decimal value) => new(Digits(value), BigInteger.Pow(10, value.Scale));

    public static Ratio operator *(Ratio left, Ratio right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Ratio operator /(Ratio left, Ratio right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static Ratio operator +(Ratio left, Ratio right) => new(
        (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
        left.Denominator * right.Denominator);

    public static Ratio operator -(Ratio left, Ratio right) => left + new Ratio(-right.Numerator, right.Denominator);

    public static explicit operator double(Ratio value)
    {
        const int DoubleBits = 1_000;
        if (value.Numerator.GetBitLength() <= DoubleBits && value.Denominator.GetBitLength() <= DoubleBits)
        {
            return (double)value.Numerator / (double)value.Denominator;
        }

        var logarithm = BigInteger.Log(BigInteger.Abs(value.Numerator)) - BigInteger.Log(value.Denominator);
        return value.Numerator.Sign * Math.Exp(logarithm);
    }

    /// <summary>A finite double to that many significant digits; 17 tell all doubles apart.</summary>
    public static Ratio Of(double value, int digits = 17) =>
        Parse(value.ToString($"e{digits - 1}", CultureInfo.InvariantCulture)
            .Replace("e+", "e", StringComparison.Ordinal));

    /// <summary>Reads <c>6.02214076</c> or <c>1e-24</c>, with as many digits as there are.</summary>
    public static Ratio Parse(string text)
    {
        var (digits, exponent) = text.Split('e') is [var mantissa, var power]
            ? (mantissa, int.Parse(power, CultureInfo.InvariantCulture))
            : (text, 0);
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = exponent - (point < 0 ? 0 : digits.Length - point - 1);
        var number = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return new Ratio(number, 1) * Power(10, scale);
    }

    public static Ratio Power(Ratio value, int exponent) => exponent >= 0
        ? new(BigInteger.Pow(value.Numerator, exponent), BigInteger.Pow(value.Denominator, exponent))
        : new(BigInteger.Pow(value.Denominator, -exponent), BigInteger.Pow(value.Numerator, -exponent));

    /// <summary>The nearest decimal without trailing zeros; false where it is too large, or so small that fewer than
    /// <paramref name="digits"/> significant digits would be left of a value that needs them.</summary>
    public bool TryDecimal(out decimal value, int digits = 12)
    {
        value = 0;
        var size = BigInteger.Abs(Numerator);
        if (size / Denominator > DecimalLimit)
        {
            return false;
        }

        for (var scale = 28; scale >= 0; scale--)
        {
            var scaled = DivideRounded(size * BigInteger.Pow(10, scale), Denominator);
            if (scaled > DecimalLimit)
            {
                continue;
            }

            var isExact = scaled * Denominator == size * BigInteger.Pow(10, scale);
            if (!isExact && scaled < BigInteger.Pow(10, digits - 1))
            {
                return false;
            }

            value = Strip(scaled, scale) * Numerator.Sign;
            return true;
        }

        return false;
    }

    public int CompareTo(Ratio other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The order of two products, without making the products.</summary>
    public static int CompareProducts(decimal left, Ratio leftFactor, decimal right, Ratio rightFactor)
    {
        var (l, r) = (Digits(left), Digits(right));
        var scale = BigInteger.Pow(10, Math.Abs(left.Scale - right.Scale));
        (l, r) = left.Scale < right.Scale ? (l * scale, r) : (l, r * scale);
        return (l * leftFactor.Numerator * rightFactor.Denominator)
            .CompareTo(r * rightFactor.Numerator * leftFactor.Denominator);
    }

    /// <summary>The number without its decimal point.</summary>
    static BigInteger Digits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = new BigInteger(MemoryMarshal.AsBytes(bits[..3]), isUnsigned: true, isBigEndian: false);
        return bits[3] < 0 ? -digits : digits;
    }

    static BigInteger DivideRounded(BigInteger dividend, BigInteger divisor) =>
        ((2 * dividend) + divisor) / (2 * divisor);

    static decimal Strip(BigInteger digits, int scale)
    {
        while (scale > 0 && (digits % 10).IsZero)
        {
            digits /= 10;
            scale--;
        }

        Span<int> bits = stackalloc int[3];
        digits.TryWriteBytes(MemoryMarshal.AsBytes(bits), out _, isUnsigned: true);
        return new(bits[0], bits[1], bits[2], false, (byte)scale);
    }
}
