using System.Collections.Immutable;
using System.Text.Json;

namespace FhirTrials.Fhir.Search;

/// <summary>A parsed <c>_filter</c>.</summary>
abstract record FilterExpression
{
    FilterExpression()
    {
    }

    /// <summary><c>subject[active eq true].name co "pet"</c></summary>
    public sealed record Comparison(ImmutableArray<FilterStep> Path, string Operator, string Value) : FilterExpression;

    public sealed record And(FilterExpression Left, FilterExpression Right) : FilterExpression;

    public sealed record Or(FilterExpression Left, FilterExpression Right) : FilterExpression;

    public sealed record Not(FilterExpression Operand) : FilterExpression;
}

/// <summary>A parameter of a path, with the condition on what it leads to.</summary>
sealed record FilterStep(string Name, FilterExpression? Where);

/// <summary>Reads a <c>_filter</c> — https://hl7.org/fhir/R4/search_filter.html</summary>
/// <remarks><code>
/// filter    = comparison / logical / "not" "(" filter ")" / "(" filter ")"
/// logical   = filter ("and" / "or" filter)+      left to right, without precedence
/// comparison = path SP operator SP value
/// path      = name [ [ "[" filter "]" ] "." path ]
/// value     = JSON string / token: what is not blank, ")" or "]"
/// </code></remarks>
sealed class FilterExpressionParser(GivenParameter given)
{
    const int MaxLength = 4000;
    const int MaxDepth = 20;

    static readonly string[] Operators =
        [
            "eq", "ne", "co", "sw", "ew", "gt", "lt", "ge", "le", "ap", "sa", "eb", "pr", "po", "ss", "sb", "in", "ni",
            "re",
        ];

    readonly string _text = given.Value;
    int _at;

    public FilterExpression Parse()
    {
        if (_text.Length > MaxLength)
        {
            throw given.Invalid($"is longer than {MaxLength} characters");
        }

        var filter = Filter(0);
        return _at == _text.Length ? filter : throw Unexpected();
    }

    FilterExpression Filter(int depth)
    {
        var left = Operand(depth);
        while (true)
        {
            Blanks();
            if (Word("and"))
            {
                left = new FilterExpression.And(left, Operand(depth));
            }
            else if (Word("or"))
            {
                left = new FilterExpression.Or(left, Operand(depth));
            }
            else
            {
                return left;
            }
        }
    }

    FilterExpression Operand(int depth)
    {
        if (depth > MaxDepth)
        {
            throw given.Invalid($"nests deeper than {MaxDepth} levels");
        }

        Blanks();
        if (Symbol('('))
        {
            return Closed(depth);
        }

        var start = _at;
        if (Word("not"))
        {
            Blanks();
            if (Symbol('('))
            {
                return new FilterExpression.Not(Closed(depth));
            }

            _at = start;
        }

        return Comparison(depth);
    }

    FilterExpression Closed(int depth)
    {
        var inner = Filter(depth + 1);
        Blanks();
        return Symbol(')') ? inner : throw Unexpected();
    }

    FilterExpression.Comparison Comparison(int depth)
    {
        var path = Path(depth);
        Blanks();
        var @operator = Name();
        if (!Operators.Contains(@operator))
        {
            throw given.Invalid($"has no operator of FHIR at character {_at - @operator.Length + 1}");
        }

        Blanks();
        return new(path, @operator, Value());
    }

    ImmutableArray<FilterStep> Path(int depth)
    {
        var path = ImmutableArray.CreateBuilder<FilterStep>();
        do
        {
            var name = Name();
            FilterExpression? where = null;
            if (Symbol('['))
            {
                where = Filter(depth + 1);
                Blanks();
                if (!Symbol(']'))
                {
                    throw Unexpected();
                }

                if (_at == _text.Length || _text[_at] != '.')
                {
                    throw Unexpected();
                }
            }

            path.Add(new(name, where));
        }
        while (Symbol('.'));
        return path.ToImmutable();
    }

    string Name()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or ':'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Unexpected();
    }

    string Value()
    {
        var start = _at;
        if (_at < _text.Length && _text[_at] == '"')
        {
            return Quoted(start);
        }

        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (')' or ']'))
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Unexpected();
    }

    string Quoted(int start)
    {
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            _at += _text[_at] == '\\' ? 1 : 0;
        }

        if (_at >= _text.Length)
        {
            throw Unexpected();
        }

        _at++;
        try
        {
            return JsonSerializer.Deserialize<string>(_text[start.._at])!;
        }
        catch (JsonException)
        {
            throw given.Invalid($"has a text at character {start + 1} that is no JSON string");
        }
    }

    bool Symbol(char symbol)
    {
        if (_at < _text.Length && _text[_at] == symbol)
        {
            _at++;
            return true;
        }

        return false;
    }

    /// <summary>A word on its own: <c>order eq 1</c> does not begin with "or".</summary>
    bool Word(string word)
    {
        var end = _at + word.Length;
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0
            && (end == _text.Length || char.IsWhiteSpace(_text[end]) || _text[end] == '('))
        {
            _at = end;
            return true;
        }

        return false;
    }

    void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    NotUnderstoodException Unexpected() => given.Invalid($"is not a filter at character {_at + 1}");
}
