using System.Linq.Expressions;

namespace FhirTrials.Storage.Search;

/// <summary>Conditions that EF has no method for.</summary>
static class Predicate
{
    /// <summary>The texts that start with a prefix, as a range, which an index can answer.</summary>
    public static Expression<Func<T, bool>> StartsWith<T>(Expression<Func<T, string>> text, string prefix) =>
        Expression.Lambda<Func<T, bool>>(
            Expression.AndAlso(
                Expression.GreaterThanOrEqual(Compare(text.Body, Parameter(prefix)), Expression.Constant(0)),
                Expression.LessThan(Compare(text.Body, Parameter(IndexText.After(prefix))), Expression.Constant(0))),
            text.Parameters);

    /// <summary>The order of two texts, as the column's collation has it.</summary>
    static MethodCallExpression Compare(Expression left, Expression right) =>
        Expression.Call(typeof(string), nameof(string.Compare), null, left, right);

    /// <summary>A value that becomes a parameter of the command: a field of an object rather than a constant.</summary>
    static MemberExpression Parameter<T>(T value) =>
        Expression.Field(Expression.Constant(new Box<T> { Value = value }), nameof(Box<>.Value));

    sealed class Box<T>
    {
        public required T Value;
    }
}
