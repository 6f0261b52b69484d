using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Json;

/// <summary>Names and literals.</summary>
ref partial struct ElementReader
{
    /// <summary>No property of R4 is as long as this.</summary>
    const int MaxNameLength = 128;

    /// <summary>Finds the element that the current property name stands for.</summary>
    /// <param name="isExtras">Whether it is the <c>_name</c> beside a primitive that
    /// holds its id and extensions.</param>
    readonly bool FindProperty(
        FhirType parent,
        [NotNullWhen(true)] out ElementDefinition? definition,
        [NotNullWhen(true)] out FhirType? type,
        out bool isExtras)
    {
        (definition, type, isExtras) = (null, null, false);
        if (_json.ValueSpan.Length > MaxNameLength)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[MaxNameLength];
        int length;
        try
        {
            length = _json.CopyString(buffer);
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate in a name: no element is called that.
            return false;
        }

        ReadOnlySpan<char> name = buffer[..length];
        isExtras = name is ['_', ..];
        return parent.TryJsonProperty(isExtras ? name[1..] : name, out definition, out type)
            && (!isExtras || (type.IsPrimitive && !definition.IsXmlAttribute));
    }

    /// <summary>Whether the current property name is resourceType, however it is escaped.</summary>
    static bool IsResourceType(in Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return json.ValueSpan.SequenceEqual("resourceType"u8);
        }

        try
        {
            return json.ValueTextEquals("resourceType"u8);
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate.
            return false;
        }
    }

    /// <summary>Names the unknown property only where it could be an element's name: anything
    /// else may be data gone astray.</summary>
    void ReportUnknown(FhirType parent)
    {
        var name =
            _json.ValueSpan.Length <= 64 && IsName(_json.ValueSpan) ? Encoding.UTF8.GetString(_json.ValueSpan) : null;
        Report(
            IssueCode.Structure,
            name is null ? $"{parent.Path} has no property of that name." : $"{parent.Path} has no property '{name}'.",
            Here(),
            name);
    }

    static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b != '_')
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    /// <summary>The literal of a primitive; null where the JSON type is wrong or the text cannot be decoded. A literal
    /// that breaks the rules of its type is reported and kept.</summary>
    string? ReadLiteral(ElementDefinition definition, FhirPrimitive primitive)
    {
        var expected =
            primitive == FhirPrimitive.Boolean ? "true or false" : primitive.IsJsonNumber() ? "a number" : "a string";
        var isExpected = _json.TokenType switch
        {
            JsonTokenType.True or JsonTokenType.False => primitive == FhirPrimitive.Boolean,
            JsonTokenType.Number => primitive.IsJsonNumber(),
            JsonTokenType.String => primitive != FhirPrimitive.Boolean && !primitive.IsJsonNumber(),
            _ => false,
        };
        if (!isExpected)
        {
            Misplaced(expected);
            return null;
        }

        if (_json.ValueSpan.Length > _limits.StringBytes)
        {
            Report(IssueCode.TooLong, $"The value is longer than {_limits.StringBytes} bytes.");
            return null;
        }

        if (Decode() is not { } literal)
        {
            Report(IssueCode.Value, "The text holds half of a surrogate pair.");
            return null;
        }

        if (PrimitiveSyntax.Problem(primitive, literal) is { } problem)
        {
            Report(IssueCode.Value, $"The {definition.Name} {problem}.");
        }

        return literal;
    }

    readonly string? Decode()
    {
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            return _json.TokenType == JsonTokenType.True ? "true" : "false";
        }

        if (_json.TokenType == JsonTokenType.Number || !_json.ValueIsEscaped)
        {
            return _literals.Get(_json.ValueSpan);
        }

        try
        {
            return _json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
