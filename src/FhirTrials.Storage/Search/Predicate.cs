using System.Linq.Expressions;

namespace FhirTrials.Storage.Search;

/// <summary>Joins conditions on one row type into one expression.</summary>
static class Predicate
{
    public static Expression<Func<T, bool>> Any<T>(IReadOnlyList<Expression<Func<T, bool>>> predicates) =>
        predicates.Count == 0 ? _ => false : Join(predicates, Expression.OrElse);

    public static Expression<Func<T, bool>> All<T>(IReadOnlyList<Expression<Func<T, bool>>> predicates) =>
        predicates.Count == 0 ? _ => true : Join(predicates, Expression.AndAlso);

    public static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> predicate) =>
        Expression.Lambda<Func<T, bool>>(Expression.Not(predicate.Body), predicate.Parameters);

    /// <summary>As a balanced tree, so that many values do not make it deep.</summary>
    static Expression<Func<T, bool>> Join<T>(
        IReadOnlyList<Expression<Func<T, bool>>> predicates, Func<Expression, Expression, Expression> join)
    {
        var row = predicates[0].Parameters[0];
        var bodies = predicates.Select(p => On(p, row)).ToArray();
        return Expression.Lambda<Func<T, bool>>(Join(bodies, join), row);
    }

    static Expression Join(ReadOnlySpan<Expression> bodies, Func<Expression, Expression, Expression> join) =>
        bodies.Length == 1
            ? bodies[0]
            : join(Join(bodies[..(bodies.Length / 2)], join), Join(bodies[(bodies.Length / 2)..], join));

    /// <summary>The texts that start with a prefix, as a range, which an index can answer.</summary>
    public static Expression<Func<T, bool>> StartsWith<T>(Expression<Func<T, string>> text, string prefix) =>
        Expression.Lambda<Func<T, bool>>(
            Expression.AndAlso(
                Expression.GreaterThanOrEqual(Compare(text.Body, Parameter(prefix)), Expression.Constant(0)),
                Expression.LessThan(Compare(text.Body, Parameter(IndexText.After(prefix))), Expression.Constant(0))),
            text.Parameters);

    /// <summary>The order of two texts, as the column's collation has it.</summary>
    public static Expression Compare(Expression left, Expression right) =>
        Expression.Call(typeof(string), nameof(string.Compare), null, left, right);

    /// <summary>A value that becomes a parameter of the command: a field of an object rather than a constant.</summary>
    public static Expression Parameter<T>(T value) =>
        Expression.Field(Expression.Constant(new Box<T> { Value = value }), nameof(Box<>.Value));

    sealed class Box<T>
    {
        public required T Value;
    }

    /// <summary>The body of a lambda with another parameter in place of its own.</summary>
    public static Expression On(LambdaExpression lambda, ParameterExpression row) =>
        new Replacement(lambda.Parameters[0], row).Visit(lambda.Body);

    sealed class Replacement(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
