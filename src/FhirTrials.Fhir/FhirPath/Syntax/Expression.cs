using System.Collections.Immutable;

namespace FhirTrials.Fhir.FhirPath.Syntax;

/// <summary>A parsed expression: one of the nested records.</summary>
/// <param name="Offset">Where it stands in the text, from 0.</param>
abstract record Expression(int Offset)
{
    /// <summary>A system value.</summary>
    public sealed record Literal(object Value, int Offset) : Expression(Offset);

    /// <summary><c>{}</c></summary>
    public sealed record Empty(int Offset) : Expression(Offset);

    /// <summary><c>%name</c></summary>
    public sealed record Variable(string Name, int Offset) : Expression(Offset);

    /// <summary><c>$this</c></summary>
    public sealed record This(int Offset) : Expression(Offset);

    /// <summary><c>$index</c></summary>
    public sealed record Index(int Offset) : Expression(Offset);

    /// <summary><c>$total</c></summary>
    public sealed record Total(int Offset) : Expression(Offset);

    /// <summary>A name: a child, or at the start of a path the focus's own type.</summary>
    public sealed record Member(string Name, int Offset) : Expression(Offset);

    public sealed record Call(string Name, ImmutableArray<Expression> Arguments, int Offset) : Expression(Offset);

    /// <summary><c>[index]</c>, a step of a path.</summary>
    public sealed record Indexer(Expression At, int Offset) : Expression(Offset);

    /// <summary><c>first.step.step[step]</c>: each step is a <see cref="Member"/>, <see cref="Call"/> or
    /// <see cref="Indexer"/>.</summary>
    public sealed record Path(Expression First, ImmutableArray<Expression> Steps, int Offset) : Expression(Offset);

    /// <summary><c>+</c> or <c>-</c> before an operand.</summary>
    public sealed record Sign(bool IsMinus, Expression Operand, int Offset) : Expression(Offset);

    public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, int Offset)
        : Expression(Offset);

    /// <summary><c>operand is Type</c></summary>
    public sealed record Is(Expression Operand, TypeSpecifier Type, int Offset) : Expression(Offset);

    /// <summary><c>operand as Type</c></summary>
    public sealed record As(Expression Operand, TypeSpecifier Type, int Offset) : Expression(Offset);
}

/// <summary>A type's name with its namespace (<c>System</c>, <c>FHIR</c>), if one was given.</summary>
sealed record TypeSpecifier(string? Namespace, string Name, int Offset);

enum BinaryOperator
{
    Multiply,
    Divide,
    Div,
    Mod,
    Add,
    Subtract,
    Concatenate,
    Union,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Equivalent,
    NotEquivalent,
    In,
    Contains,
    And,
    Or,
    Xor,
    Implies,
}
