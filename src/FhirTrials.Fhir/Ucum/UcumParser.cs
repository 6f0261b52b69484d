using System.Globalization;

namespace FhirTrials.Fhir.Ucum;

/// <summary>Reads a unit's code, case-sensitively — https://ucum.org/ucum#section-Syntax-Rules</summary>
sealed class UcumParser
{
    const int MaxLength = 200;

    readonly string _text;
    int _at;
    SpecialScale? _special;
    Ratio _specialPrefix = Ratio.One;
    int _components;
    EntityCount _counts;

    UcumParser(string text) => _text = text;

    /// <summary>The unit; null where the code is not UCUM.</summary>
    public static UcumUnit? Parse(string code)
    {
        if (code.Length is 0 or > MaxLength)
        {
            return null;
        }

        try
        {
            var parser = new UcumParser(code);
            var term = parser.Main();
            return term is null || parser._at < code.Length || (parser._special is not null && parser._components > 1)
                ? null
                : new(code, term, parser._special, parser._specialPrefix, parser._counts);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    char Current => _at < _text.Length ? _text[_at] : '\0';

    UcumTerm? Main()
    {
        if (Current != '/')
        {
            return Term();
        }

        _at++;
        _components++;
        return Term(UcumTerm.One, -1);
    }

    UcumTerm? Term() => Term(UcumTerm.One, 1);

    /// <summary>Components joined by <c>.</c> and <c>/</c>, from left to right;
    /// <paramref name="sign"/> is the first one's.</summary>
    UcumTerm? Term(UcumTerm product, int sign)
    {
        while (true)
        {
            if (Component() is not { } component)
            {
                return null;
            }

            product = product.Times(component, sign);
            if (Current is not ('.' or '/'))
            {
                return product;
            }

            sign = Current == '/' ? -1 : 1;
            _at++;
        }
    }

    UcumTerm? Component()
    {
        _components++;
        switch (Current)
        {
            case '(':
                return Group();
            case '{':
                return Annotation() ? UcumTerm.One : null;
            case >= '0' and <= '9' when !IsTenStar():
                return Factor() is { } factor && OptionalAnnotation() ? factor : null;
            default:
                return Simple() is { } simple && OptionalAnnotation() ? simple : null;
        }
    }

    UcumTerm? Group()
    {
        _at++;
        var inner = Term();
        if (inner is null || Current != ')')
        {
            return null;
        }

        _at++;
        return OptionalAnnotation() ? inner : null;
    }

    bool IsTenStar() => _text.AsSpan(_at) is ['1', '0', '*' or '^', ..];

    UcumTerm? Factor()
    {
        var start = _at;
        Digits();
        var digits = _text.AsSpan(start, _at - start);
        return decimal.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new(number, [])
            : null;
    }

    /// <summary>A unit's symbol with its prefix and exponent.</summary>
    UcumTerm? Simple()
    {
        var symbol = Symbol();
        if (symbol.Length == 0 || !UcumTable.TryFind(symbol, out var atom, out var prefix)
            || !TryExponent(out var exponent))
        {
            return null;
        }

        _counts = _counts > atom.Counts ? _counts : atom.Counts;
        if (atom.Special is null)
        {
            return (atom.Term with { Factor = atom.Term.Factor * prefix }).Power(exponent);
        }

        (_special, _specialPrefix) = (atom.Special, prefix);
        return exponent == 1 ? atom.Term : null;
    }

    /// <summary>Up to an operator, an exponent or an annotation; what stands in square
    /// brackets belongs to the symbol.</summary>
    string Symbol()
    {
        var start = _at;
        if (IsTenStar())
        {
            _at += 3;
            return _text[start.._at];
        }

        while (_at < _text.Length
            && Current is not ('.' or '/' or '(' or ')' or '{' or '}' or '+' or '-' or (>= '0' and <= '9')))
        {
            var close = Current == '[' ? _text.IndexOf(']', _at) : _at;
            if (close < 0)
            {
                return "";
            }

            _at = close + 1;
        }

        return _text[start.._at];
    }

    bool TryExponent(out int exponent)
    {
        exponent = 1;
        var start = _at;
        if (Current is '+' or '-')
        {
            _at++;
        }

        Digits();
        var digits = _text.AsSpan(start, _at - start);
        return digits.IsEmpty
            || int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    bool OptionalAnnotation() => Current != '{' || Annotation();

    /// <summary>A remark in braces: visible ASCII; it changes nothing.</summary>
    bool Annotation()
    {
        var end = _text.IndexOf('}', _at);
        if (end < 0 || _text.AsSpan(_at + 1, end - _at - 1).ContainsAnyExceptInRange('!', '~')
            || _text.AsSpan(_at + 1, end - _at - 1).Contains('{'))
        {
            return false;
        }

        _at = end + 1;
        return true;
    }

    void Digits()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }
}
