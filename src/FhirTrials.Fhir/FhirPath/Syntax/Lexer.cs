using System.Globalization;
using System.Text;

namespace FhirTrials.Fhir.FhirPath.Syntax;

/// <summary>Cuts an expression into tokens — https://hl7.org/fhirpath/N1/#lexical-elements</summary>
sealed class Lexer(string text)
{
    static readonly string[] Symbols =
        [
            "<=", ">=", "!=", "!~", ".", ",", "(", ")", "[", "]", "{", "}", "+", "-", "*", "/", "&", "|", "<", ">", "=",
            "~",
        ];

    int _at;

    /// <summary>All tokens, the last of which is <see cref="TokenKind.End"/>.</summary>
    public static List<Token> Tokens(string text)
    {
        var lexer = new Lexer(text);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);

        return tokens;
    }

    char Current => _at < text.Length ? text[_at] : '\0';

    Token Next()
    {
        SkipBlanks();
        var start = _at;
        return Current switch
        {
            _ when start >= text.Length => new(TokenKind.End, "", start),
            '\'' => new(TokenKind.String, Quoted('\''), start),
            '`' => new(TokenKind.DelimitedIdentifier, Quoted('`'), start),
            '@' => new(TokenKind.Temporal, Temporal(), start),
            '%' => new(TokenKind.Variable, VariableName(), start),
            '$' => new(TokenKind.Special, Word(start + 1), start),
            >= '0' and <= '9' => new(TokenKind.Number, Number(), start),
            var c when IsNameStart(c) => new(TokenKind.Identifier, Word(start), start),
            _ => Symbol(start),
        };
    }

    void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(Current))
            {
                _at++;
            }
            else if (At("//"))
            {
                var end = text.AsSpan(_at).IndexOfAny('\r', '\n');
                _at = end < 0 ? text.Length : _at + end;
            }
            else if (At("/*"))
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? throw new FhirPathException("A comment is not closed.", _at) : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    Token Symbol(int start)
    {
        foreach (var symbol in Symbols)
        {
            if (At(symbol))
            {
                _at += symbol.Length;
                return new(TokenKind.Symbol, symbol, start);
            }
        }

        throw new FhirPathException($"The character '{Current}' is not expected here.", start);
    }

    string VariableName()
    {
        _at++;
        return Current is '`' or '\'' ? Quoted(Current) : Word(_at);
    }

    string Word(int start)
    {
        _at = start;
        while (IsNameStart(Current) || char.IsAsciiDigit(Current))
        {
            _at++;
        }

        return _at > start ? text[start.._at] : throw new FhirPathException("A name is missing.", start);
    }

    string Number()
    {
        var start = _at;
        Digits();
        if (Current == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            Digits();
        }

        return text[start.._at];
    }

    /// <summary><c>@2015-02-04T14:34:28.123+10:00</c>, <c>@2015T</c> or <c>@T14:34</c>: what can belong to it is taken,
    /// the value's own reading judges it.</summary>
    string Temporal()
    {
        var start = ++_at;
        var isTime = Current == 'T';
        if (!isTime)
        {
            Digits();
            for (var part = 0; part < 2 && Current == '-' && DigitAfter(); part++)
            {
                _at++;
                Digits();
            }
        }

        if (Current == 'T')
        {
            _at++;
            TimeOfDay();
            if (!isTime)
            {
                Offset();
            }
        }

        return text[start.._at];
    }

    void TimeOfDay()
    {
        Digits();
        while ((Current is ':' or '.') && DigitAfter())
        {
            _at++;
            Digits();
        }
    }

    void Offset()
    {
        if (Current == 'Z')
        {
            _at++;
        }
        else if (Current is '+' or '-' && text.Length - _at >= 6 && text[_at + 3] == ':')
        {
            _at += 6;
        }
    }

    bool DigitAfter() => _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1]);

    void Digits()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }
    }

    string Quoted(char quote)
    {
        var start = _at++;
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == quote)
            {
                return value.ToString();
            }

            value.Append(c == '\\' ? Escaped() : c);
        }

        throw new FhirPathException("A quoted text is not closed.", start);
    }

    char Escaped()
    {
        var at = _at++;
        return at >= text.Length
            ? throw new FhirPathException("A quoted text is not closed.", at)
            : text[at] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'f' => '\f',
                'u' => Unicode(),
                '\\' or '/' or '\'' or '"' or '`' => text[at],
                _ => throw new FhirPathException("This escape is not known.", at - 1),
            };
    }

    char Unicode()
    {
        if (text.Length - _at < 4
            || !ushort.TryParse(
                text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw new FhirPathException("\\u needs four hexadecimal digits.", _at);
        }

        _at += 4;
        return (char)code;
    }

    bool At(string symbol) => string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0;

    static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
