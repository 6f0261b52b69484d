namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#string-manipulation</summary>
static class Strings
{
    public static Items With(Items input, Items argument, Func<string, string, bool> function) =>
        Singleton.String(input) is { } text && Singleton.String(argument) is { } other
            ? function(text, other)
            : Items.Empty;

    public static Items With(Items input, Items argument, Func<string, string, int> function) =>
        Singleton.String(input) is { } text && Singleton.String(argument) is { } other
            ? function(text, other)
            : Items.Empty;

    public static Items With(Items input, Items argument, Func<string, string, string?> function) =>
        Singleton.String(input) is { } text && Singleton.String(argument) is { } other
            ? function(text, other)
            : Items.Empty;

    public static Items IndexOf(Items input, Items part) =>
        With(input, part, (text, p) => text.IndexOf(p, StringComparison.Ordinal));

    public static Items LastIndexOf(Items input, Items part) =>
        With(input, part, (text, p) => text.LastIndexOf(p, StringComparison.Ordinal));

    public static Items StartsWith(Items input, Items part) =>
        With(input, part, (text, p) => text.StartsWith(p, StringComparison.Ordinal));

    public static Items EndsWith(Items input, Items part) =>
        With(input, part, (text, p) => text.EndsWith(p, StringComparison.Ordinal));

    public static Items Contains(Items input, Items part) =>
        With(input, part, (text, p) => text.Contains(p, StringComparison.Ordinal));

    public static Items Substring(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        if (Singleton.String(input) is not { } text || Singleton.Integer(arguments[0](scope)) is not { } start
            || start < 0 || start >= text.Length)
        {
            return Items.Empty;
        }

        var length = arguments.Length > 1 ? Singleton.Integer(arguments[1](scope)) : null;
        return length is { } wanted ? text.Substring(start, Math.Clamp(wanted, 0, text.Length - start)) : text[start..];
    }

    public static Items Replace(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        if (Singleton.String(input) is not { } text || Singleton.String(arguments[0](scope)) is not { } pattern
            || Singleton.String(arguments[1](scope)) is not { } substitution)
        {
            return Items.Empty;
        }

        // An upper bound of the result, paid before it is made.
        var most = (text.Length + 1L) * (substitution.Length + 1L) / Math.Max(pattern.Length, 1);
        scope.Spend((int)Math.Min(most, int.MaxValue));
        return pattern.Length > 0
            ? text.Replace(pattern, substitution, StringComparison.Ordinal)
            : substitution + string.Concat(text.Select(c => c + substitution));
    }

    public static Items ReplaceMatches(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments) =>
        Singleton.String(input) is { } text && Singleton.String(arguments[0](scope)) is { } pattern
            && Singleton.String(arguments[1](scope)) is { } substitution
            ? Patterns.Replace(scope, text, pattern, substitution)
            : Items.Empty;

    public static Items Chars(Scope scope, Items input) =>
        Singleton.String(input) is { } text
            ? Items.Many([.. Bounded(scope, text).Select(c => (object)c.ToString())])
            : Items.Empty;

    public static Items Split(Scope scope, Items input, Items separator) =>
        Singleton.String(input) is { } text && Singleton.String(separator) is { } between
            ? between.Length == 0 ? Chars(scope, input) : Items.Many([.. Bounded(scope, text).Split(between)])
            : Items.Empty;

    public static Items Join(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        if (input.IsEmpty)
        {
            return Items.Empty;
        }

        var separator = arguments.IsEmpty ? "" : Singleton.String(arguments[0](scope)) ?? "";
        var texts = new List<string>(input.Count);
        foreach (var item in input)
        {
            var text = Singleton.String(Items.One(item)) ?? "";
            scope.Spend(separator.Length + text.Length);
            texts.Add(text);
        }

        return string.Join(separator, texts);
    }

    /// <summary>A text costs as many steps as characters, so that none grows without end.</summary>
    static string Bounded(Scope scope, string text)
    {
        scope.Spend(text.Length);
        return text;
    }
}
