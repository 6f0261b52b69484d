namespace FhirTrials.Trials.Criteria;

enum TokenKind
{
    Word,
    Number,

    /// <summary><c>&lt; ≥ =</c> and the like: <see cref="Token.Comparator"/> is set.</summary>
    Comparison,

    Comma,
    Semicolon,
    Colon,

    /// <summary>The end of a sentence.</summary>
    Stop,

    Slash,
    Open,
    Close,
    Dash,
    Other,
}

/// <summary>A word, number or sign of a criterion. <paramref name="Start"/> and <paramref name="End"/> are offsets into
/// the criteria text.</summary>
/// <param name="Word">A word in comparable form (<see cref="Vocabulary.TermText"/>); empty for others.</param>
/// <param name="Capitals">A word written in capitals.</param>
/// <param name="Number">A number with its unit; null for others.</param>
sealed record Token(
    TokenKind Kind,
    int Start,
    int End,
    string Word = "",
    bool Capitals = false,
    Quantity? Number = null,
    Comparator? Comparator = null);

/// <summary>A number, or a range of numbers, as a criterion writes it.</summary>
/// <param name="High">Same as <paramref name="Low"/> but for a range (<c>0-1</c>).</param>
/// <param name="Unit">UCUM; empty without a unit.</param>
/// <param name="RelativeTo">Set for multiples of a limit of normal.</param>
/// <param name="Over">The number under the line of two in one: <c>140/90 mmHg</c>, <c>24/30</c>.</param>
sealed record Quantity(decimal Low, decimal High, string Unit, ReferenceLimit? RelativeTo = null, decimal? Over = null)
{
    /// <summary>The power of ten that is a part of both numbers: 10<sup>9</sup> of <c>4 - 10 x 10^9/L</c>.</summary>
    public decimal Scale { get; init; } = 1;

    public bool IsTime => Unit is "min" or "h" or "d" or "wk" or "mo" or "a";
}
