using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using FhirTrials.Fhir.FhirPath.Values;

namespace FhirTrials.Fhir.FhirPath.Syntax;

/// <summary>Parses by one table of precedences and one loop —
/// https://hl7.org/fhirpath/N1/#operator-precedence</summary>
sealed class Parser
{
    /// <summary>An expression may not be longer, nor nest deeper: evaluation recurses over it.</summary>
    const int MaxLength = 250_000;
    const int MaxDepth = 500;

    const int TypePrecedence = 7;
    const int SignPrecedence = 9;

    /// <summary>Binary operators with their precedence; the higher binds tighter. <c>is</c> and <c>as</c> stand between
    /// <c>+</c> and <c>|</c>.</summary>
    static readonly FrozenDictionary<string, (int Precedence, BinaryOperator Operator)> Operators =
        new Dictionary<string, (int, BinaryOperator)>
        {
            ["*"] = (9, BinaryOperator.Multiply),
            ["/"] = (9, BinaryOperator.Divide),
            ["div"] = (9, BinaryOperator.Div),
            ["mod"] = (9, BinaryOperator.Mod),
            ["+"] = (8, BinaryOperator.Add),
            ["-"] = (8, BinaryOperator.Subtract),
            ["&"] = (8, BinaryOperator.Concatenate),
            ["|"] = (6, BinaryOperator.Union),
            ["<"] = (5, BinaryOperator.Less),
            ["<="] = (5, BinaryOperator.LessOrEqual),
            [">"] = (5, BinaryOperator.Greater),
            [">="] = (5, BinaryOperator.GreaterOrEqual),
            ["="] = (4, BinaryOperator.Equal),
            ["!="] = (4, BinaryOperator.NotEqual),
            ["~"] = (4, BinaryOperator.Equivalent),
            ["!~"] = (4, BinaryOperator.NotEquivalent),
            ["in"] = (3, BinaryOperator.In),
            ["contains"] = (3, BinaryOperator.Contains),
            ["and"] = (2, BinaryOperator.And),
            ["or"] = (1, BinaryOperator.Or),
            ["xor"] = (1, BinaryOperator.Xor),
            ["implies"] = (0, BinaryOperator.Implies),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    readonly List<Token> _tokens;
    int _at;
    int _depth;

    Parser(List<Token> tokens) => _tokens = tokens;

    Token Current => _tokens[_at];

    /// <summary>Parses a whole expression; throws <see cref="FhirPathException"/> at the
    /// first thing that is wrong.</summary>
    public static Expression Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new FhirPathException($"The expression is longer than {MaxLength} characters.");
        }

        var parser = new Parser(Lexer.Tokens(text));
        var expression = parser.Operation(0);
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected();
    }

    /// <summary>An operand, and all operators after it that bind at least so tightly.</summary>
    Expression Operation(int minimum)
    {
        var outer = _depth;
        Deepen();
        var left = Operand();
        while (true)
        {
            var token = Current;
            if (minimum <= TypePrecedence && token is { Kind: TokenKind.Identifier, Text: "is" or "as" })
            {
                _at++;
                left = token.Text == "is"
                    ? new Expression.Is(left, Specifier(), token.Offset)
                    : new Expression.As(left, Specifier(), token.Offset);
            }
            else if (token.Kind is TokenKind.Symbol or TokenKind.Identifier
                && Operators.TryGetValue(token.Text, out var found) && found.Precedence >= minimum)
            {
                _at++;
                left = new Expression.Binary(found.Operator, left, Operation(found.Precedence + 1), token.Offset);
            }
            else
            {
                _depth = outer;
                return left;
            }

            Deepen();
        }
    }

    Expression Operand()
    {
        var sign = Current;
        if (!sign.Is("+") && !sign.Is("-"))
        {
            return Path();
        }

        _at++;
        return new Expression.Sign(sign.Text == "-", Operation(SignPrecedence + 1), sign.Offset);
    }

    Expression Path()
    {
        var first = Term();
        var steps = ImmutableArray.CreateBuilder<Expression>();
        while (true)
        {
            if (Current.Is("."))
            {
                _at++;
                steps.Add(Invocation(afterDot: true));
            }
            else if (Current.Is("["))
            {
                var offset = Current.Offset;
                _at++;
                steps.Add(new Expression.Indexer(Operation(0), offset));
                Expect("]");
            }
            else
            {
                return steps.Count == 0 ? first : new Expression.Path(first, steps.ToImmutable(), first.Offset);
            }
        }
    }

    Expression Term()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier when token.Text is "true" or "false":
                _at++;
                return new Expression.Literal(Boxed.Of(token.Text == "true"), token.Offset);
            case TokenKind.Identifier or TokenKind.DelimitedIdentifier:
                return Invocation();
            case TokenKind.String:
                _at++;
                return new Expression.Literal(token.Text, token.Offset);
            case TokenKind.Number:
                return NumberOrQuantity();
            case TokenKind.Temporal:
                _at++;
                return new Expression.Literal(Temporal(token), token.Offset);
            case TokenKind.Variable:
                _at++;
                return new Expression.Variable(token.Text, token.Offset);
            case TokenKind.Special:
                _at++;
                return Special(token);
            case TokenKind.Symbol when token.Text == "(":
                _at++;
                var inner = Operation(0);
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text == "{":
                _at++;
                Expect("}");
                return new Expression.Empty(token.Offset);
            case TokenKind.Symbol:
            case TokenKind.End:
            default:
                throw Unexpected();
        }
    }

    static Expression Special(Token token) => token.Text switch
    {
        "this" => new Expression.This(token.Offset),
        "index" => new Expression.Index(token.Offset),
        "total" => new Expression.Total(token.Offset),
        _ => throw new FhirPathException(
            $"${token.Text} is not known; there are $this, $index and $total.", token.Offset),
    };

    /// <summary>A member, or a function with its arguments.</summary>
    Expression Invocation(bool afterDot = false)
    {
        var token = Current;
        var name = Name(afterDot);
        if (!Current.Is("("))
        {
            return new Expression.Member(name, token.Offset);
        }

        _at++;
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        while (!Current.Is(")"))
        {
            if (arguments.Count > 0)
            {
                Expect(",");
            }

            arguments.Add(Operation(0));
        }

        _at++;
        return new Expression.Call(name, arguments.ToImmutable(), token.Offset);
    }

    /// <summary>The words <c>as</c>, <c>is</c>, <c>in</c> and <c>contains</c> are names too where a name is
    /// expected. After a dot every word is: no operator can stand there, and FHIR's own paths say
    /// <c>Patient.text.div</c>.</summary>
    string Name(bool afterDot = false)
    {
        var token = Current;
        var isName = token.Kind switch
        {
            TokenKind.DelimitedIdentifier => true,
            TokenKind.Identifier => afterDot || token.Text is "in" or "contains" || !Operators.ContainsKey(token.Text),
            TokenKind.End or TokenKind.String or TokenKind.Number or TokenKind.Temporal or TokenKind.Special
                or TokenKind.Variable or TokenKind.Symbol => false,
        };
        if (!isName)
        {
            throw Unexpected();
        }

        _at++;
        return token.Text;
    }

    TypeSpecifier Specifier()
    {
        var offset = Current.Offset;
        var name = Name();
        if (!Current.Is("."))
        {
            return new(null, name, offset);
        }

        _at++;
        return new(name, Name(), offset);
    }

    Expression.Literal NumberOrQuantity()
    {
        var token = Current;
        _at++;
        if (!decimal.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw new FhirPathException("The number is too large.", token.Offset);
        }

        var unit = Current;
        if (unit.Kind == TokenKind.String
            || (unit.Kind == TokenKind.Identifier && SystemQuantity.IsCalendarUnit(unit.Text)))
        {
            _at++;
            return new(new SystemQuantity(value, unit.Text, unit.Kind == TokenKind.Identifier), token.Offset);
        }

        if (token.Text.Contains('.', StringComparison.Ordinal))
        {
            return new(value, token.Offset);
        }

        return value <= int.MaxValue
            ? new(Boxed.Of((int)value), token.Offset)
            : throw new FhirPathException("An integer has at most 31 bits; write a decimal.", token.Offset);
    }

    static object Temporal(Token token) =>
        (token.Text.Contains('T', StringComparison.Ordinal), token.Text.StartsWith('T')) switch
        {
            (true, true) when SystemTime.TryParse(token.Text.AsSpan(1), out var time) => time,
            (true, false) when SystemDateTime.TryParse(token.Text.TrimEnd('T'), out var dateTime) => dateTime,
            (false, _) when SystemDate.TryParse(token.Text, out var date) => date,
            _ => throw new FhirPathException("This is no date, date and time, or time.", token.Offset),
        };

    void Deepen()
    {
        if (++_depth > MaxDepth)
        {
            throw new FhirPathException($"The expression nests deeper than {MaxDepth} levels.", Current.Offset);
        }
    }

    void Expect(string symbol)
    {
        if (!Current.Is(symbol))
        {
            throw new FhirPathException($"'{symbol}' is expected here.", Current.Offset);
        }

        _at++;
    }

    FhirPathException Unexpected() => Current.Kind == TokenKind.End
        ? new FhirPathException("The expression ends too early.", Current.Offset)
        : new FhirPathException($"'{Current.Text}' is not expected here.", Current.Offset);
}
