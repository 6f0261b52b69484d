using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FhirTrials.Fhir.Model;

/// <summary>Whether a literal is one of its primitive type: R4's regular expressions, ranges and calendar —
/// https://hl7.org/fhir/R4/datatypes.html#primitive. Used for JSON and XML alike.</summary>
public static partial class PrimitiveSyntax
{
    /// <summary>The longest string that FHIR allows, in characters.</summary>
    public const int MaxStringLength = 1024 * 1024;

    /// <summary>What XML 1.0 cannot express: a resource must be readable in both formats.</summary>
    static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(c => (char)c).Except(['\t', '\r', '\n']), '\uFFFE', '\uFFFF']);

    /// <summary><c>\s</c> as the specification's expressions mean it: ASCII only.</summary>
    static readonly SearchValues<char> Whitespace = SearchValues.Create(" \t\n\v\f\r");

    /// <summary>What is wrong with a literal, as the end of a sentence about it ("is not …"); null where it is right.
    /// Never repeats the literal.</summary>
    public static string? Problem(FhirPrimitive primitive, string literal) => literal.Length == 0
        ? "is empty"
        : literal.AsSpan().ContainsAny(Controls) ? "contains a control character"
        : primitive switch
        {
            FhirPrimitive.Boolean => literal is "true" or "false" ? null : "is neither true nor false",
            FhirPrimitive.Integer => IsInteger(literal, int.MinValue) ? null : "is not a whole number of 32 bits",
            FhirPrimitive.UnsignedInt => IsInteger(literal, 0) ? null : "is not a whole number from 0 to 2147483647",
            FhirPrimitive.PositiveInt => IsInteger(literal, 1) ? null : "is not a whole number from 1 to 2147483647",
            FhirPrimitive.Decimal => Decimal().IsMatch(literal) ? null : "is not a decimal number",
            FhirPrimitive.Date => IsDate(literal) ? null : "is not a date (YYYY, YYYY-MM or YYYY-MM-DD)",
            FhirPrimitive.DateTime => IsDateTime(literal)
                ? null
                : "is not a dateTime (YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a time zone)",
            FhirPrimitive.Instant =>
                IsInstant(literal) ? null : "is not an instant (YYYY-MM-DDThh:mm:ss with a time zone)",
            FhirPrimitive.Time => Time().IsMatch(literal) ? null : "is not a time (hh:mm:ss)",
            FhirPrimitive.Code => IsCode(literal) ? null : "is not a code: spaces only stand singly between its words",
            FhirPrimitive.Id => IsId(literal) ? null : "is not an id: 1 to 64 letters, digits, '-' or '.'",
            FhirPrimitive.Oid => Oid().IsMatch(literal) ? null : "is not an OID (urn:oid:1.2.3)",
            FhirPrimitive.Uuid => Uuid().IsMatch(literal) ? null : "is not a UUID in small letters (urn:uuid:…)",
            FhirPrimitive.Uri or FhirPrimitive.Url or FhirPrimitive.Canonical =>
                HasWhitespace(literal) ? "contains white space, which no URI does" : null,
            FhirPrimitive.Base64Binary => IsBase64(literal) ? null : "is not base64",
            FhirPrimitive.String or FhirPrimitive.Markdown =>
                literal.Length > MaxStringLength ? "is longer than 1,048,576 characters" : null,
            FhirPrimitive.Xhtml => null,
        };

    /// <summary>Whether a text can be the id of a resource.</summary>
    public static bool IsId(string literal)
    {
        if (literal.Length is 0 or > 64)
        {
            return false;
        }

        foreach (var c in literal)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    static bool IsInteger(string literal, int lowest)
    {
        var digits = literal.AsSpan(literal[0] == '-' ? 1 : 0);
        return digits.Length is > 0 and <= 10
            && !digits.ContainsAnyExceptInRange('0', '9')
            && (digits[0] != '0' || digits.Length == 1)
            && int.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= lowest
            && (lowest == int.MinValue || literal[0] != '-');
    }

    static bool IsDate(string literal) => Date().IsMatch(literal) && IsDayOfMonth(literal);

    static bool IsDateTime(string literal) => DateTime().IsMatch(literal) && IsDayOfMonth(literal);

    static bool IsInstant(string literal) => Instant().IsMatch(literal) && IsDayOfMonth(literal);

    /// <summary>The expressions of R4 allow 31 days in every month; the calendar does not.</summary>
    static bool IsDayOfMonth(string literal)
    {
        if (literal.Length < 10)
        {
            return true;
        }

        var year = int.Parse(literal.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var month = int.Parse(literal.AsSpan(5, 2), CultureInfo.InvariantCulture);
        var day = int.Parse(literal.AsSpan(8, 2), CultureInfo.InvariantCulture);
        return day <= System.DateTime.DaysInMonth(year, month);
    }

    static bool IsCode(string literal)
    {
        if (!HasWhitespace(literal))
        {
            return true;
        }

        var wasSpace = true;
        foreach (var c in literal)
        {
            var isSpace = IsWhitespace(c);
            if (isSpace && wasSpace)
            {
                return false;
            }

            wasSpace = isSpace;
        }

        return !wasSpace;
    }

    static bool HasWhitespace(string literal) => literal.AsSpan().ContainsAny(Whitespace);

    static bool IsWhitespace(char c) => Whitespace.Contains(c);

    static bool IsBase64(string literal)
    {
        var digits = 0;
        var padding = 0;
        foreach (var c in literal)
        {
            if (IsWhitespace(c))
            {
                continue;
            }

            if (c == '=')
            {
                padding++;
            }
            else if (padding > 0 || !(char.IsAsciiLetterOrDigit(c) || c is '+' or '/'))
            {
                return false;
            }

            digits++;
        }

        return digits > 0 && digits % 4 == 0 && padding <= 2;
    }

    const string Year = @"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)";
    const string MonthAndDay = @"-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])";
    const string Clock = @"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?";
    const string Zone = @"(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";
    const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", Options)]
    private static partial Regex Decimal();

    [GeneratedRegex($@"\A{Year}(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1]))?)?\z", Options)]
    private static partial Regex Date();

    [GeneratedRegex($@"\A{Year}(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T{Clock}{Zone})?)?)?\z", Options)]
    private static partial Regex DateTime();

    [GeneratedRegex($@"\A{Year}{MonthAndDay}T{Clock}{Zone}\z", Options)]
    private static partial Regex Instant();

    [GeneratedRegex($@"\A{Clock}\z", Options)]
    private static partial Regex Time();

    [GeneratedRegex(@"\Aurn:oid:[0-2](\.(0|[1-9][0-9]*))+\z", Options)]
    private static partial Regex Oid();

    [GeneratedRegex(@"\Aurn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\z", Options)]
    private static partial Regex Uuid();
}
