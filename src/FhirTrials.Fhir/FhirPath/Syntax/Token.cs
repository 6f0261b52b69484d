namespace FhirTrials.Fhir.FhirPath.Syntax;

enum TokenKind
{
    End,

    /// <summary>A name or a word operator; the text is the name.</summary>
    Identifier,

    /// <summary>A name in backticks, never an operator; the text is unescaped.</summary>
    DelimitedIdentifier,

    /// <summary>The text is unescaped.</summary>
    String,

    Number,

    /// <summary>A date, dateTime or time literal; the text is without <c>@</c>.</summary>
    Temporal,

    /// <summary><c>$this</c>, <c>$index</c> or <c>$total</c>; the text is without <c>$</c>.</summary>
    Special,

    /// <summary>An external constant; the text is the name without <c>%</c>.</summary>
    Variable,

    /// <summary>An operator or a bracket.</summary>
    Symbol,
}

/// <param name="Offset">Where it starts in the expression, from 0.</param>
readonly record struct Token(TokenKind Kind, string Text, int Offset)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
