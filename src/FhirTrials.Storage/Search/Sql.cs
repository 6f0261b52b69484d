using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace FhirTrials.Storage.Search;

/// <summary>A piece of SQL. What an interpolated string spells out is text; every value in a hole becomes a parameter,
/// so that no value can ever be text. A hole may hold another piece.</summary>
[InterpolatedStringHandler]
sealed class Sql
{
    /// <summary>Texts (<see cref="string"/>) and values (<see cref="Parameter"/>) in order.</summary>
    readonly List<object> _parts;

    public Sql(int literalLength, int formattedCount) => _parts = new(1 + (2 * formattedCount));

    Sql(List<object> parts) => _parts = parts;

    public void AppendLiteral(string text) => _parts.Add(text);

    public void AppendFormatted(Sql piece) => _parts.AddRange(piece._parts);

    /// <summary>Numbers keep their width, so that a server compares columns as they are.</summary>
    public void AppendFormatted(short value) => _parts.Add(new Parameter(value));

    public void AppendFormatted(int value) => _parts.Add(new Parameter(value));

    public void AppendFormatted(long value) => _parts.Add(new Parameter(value));

    public void AppendFormatted(double value) => _parts.Add(new Parameter(value));

    public void AppendFormatted(string value) => _parts.Add(new Parameter(value));

    /// <summary>A value whose type is known only at run time: a number or a text.</summary>
    public void AppendFormatted(object value) => _parts.Add(new Parameter(value));

    /// <summary>A table's alias: a letter and a number.</summary>
    public static Sql Alias(char letter, int number) =>
        new([string.Create(CultureInfo.InvariantCulture, $"{letter}{number}")]);

    /// <summary>All hold; true where there is none.</summary>
    public static Sql And(IReadOnlyList<Sql> conditions) => Join(conditions, " AND ", "1 = 1");

    /// <summary>Any holds; false where there is none.</summary>
    public static Sql Or(IReadOnlyList<Sql> conditions) =>
        conditions.Count == 1
            ? conditions[0]
            : new([.. ((object[])["(", .. Join(conditions, " OR ", "1 = 0")._parts, ")"])]);

    public static Sql List(IReadOnlyList<Sql> items) => Join(items, ", ", "NULL");

    public static Sql UnionAll(IReadOnlyList<Sql> selects) => Join(selects, "\nUNION ALL\n", "SELECT 0 WHERE 1 = 0");

    public static Sql Concat(IReadOnlyList<Sql> pieces) => Join(pieces, "", "");

    static Sql Join(IReadOnlyList<Sql> pieces, string separator, string none)
    {
        if (pieces.Count == 0)
        {
            return new([none]);
        }

        var parts = new List<object>();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0)
            {
                parts.Add(separator);
            }

            parts.AddRange(pieces[i]._parts);
        }

        return new(parts);
    }

    /// <summary>The text, with parameters <c>@p0</c>, <c>@p1</c> …, and their values in that order.</summary>
    public (string Text, IReadOnlyList<object> Values) Write()
    {
        var text = new StringBuilder();
        var values = new List<object>();
        foreach (var part in _parts)
        {
            if (part is Parameter parameter)
            {
                text.Append("@p").Append(CultureInfo.InvariantCulture, $"{values.Count}");
                values.Add(parameter.Value);
            }
            else
            {
                text.Append((string)part);
            }
        }

        return (text.ToString(), values);
    }

    sealed record Parameter(object Value);
}
