using System.Text.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Json;

/// <summary>Writes elements as FHIR JSON.</summary>
static class ElementWriter
{
    /// <summary>A resource or complex element as an object.</summary>
    public static void WriteObject(Utf8JsonWriter writer, Element element)
    {
        writer.WriteStartObject();
        if (element.IsResource)
        {
            writer.WriteString("resourceType"u8, element.Type.Name);
        }

        WriteChildren(writer, element);
        writer.WriteEndObject();
    }

    static void WriteChildren(Utf8JsonWriter writer, Element parent)
    {
        var children = parent.Children.AsSpan();
        while (!children.IsEmpty)
        {
            var first = children[0];
            var count = 1;
            while (count < children.Length && children[count].Name == first.Name)
            {
                count++;
            }

            // A resource inside another carries no definition of its own.
            var definition = first.Definition ?? parent.Type.Element(first.Name);
            var name = definition is { IsChoice: true } ? definition.JsonNameFor(first.Type) : first.Name;
            WriteProperty(writer, name, children[..count], isArray: definition is { IsArray: true } || count > 1);
            children = children[count..];
        }
    }

    static void WriteProperty(Utf8JsonWriter writer, string name, ReadOnlySpan<Element> items, bool isArray)
    {
        if (!items[0].Type.IsPrimitive)
        {
            writer.WritePropertyName(name);
            WriteItems(writer, items, isArray, WriteObject);
            return;
        }

        if (Any(items, e => e.Value is not null))
        {
            writer.WritePropertyName(name);
            WriteItems(writer, items, isArray, WriteLiteral);
        }

        if (Any(items, e => !e.Children.IsEmpty))
        {
            writer.WritePropertyName($"_{name}");
            WriteItems(writer, items, isArray, WriteExtras);
        }
    }

    static bool Any(ReadOnlySpan<Element> items, Predicate<Element> condition)
    {
        foreach (var item in items)
        {
            if (condition(item))
            {
                return true;
            }
        }

        return false;
    }

    static void WriteItems(
        Utf8JsonWriter writer, ReadOnlySpan<Element> items, bool isArray, Action<Utf8JsonWriter, Element> write)
    {
        if (!isArray)
        {
            write(writer, items[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    static void WriteLiteral(Utf8JsonWriter writer, Element element)
    {
        if (element.Value is not { } literal)
        {
            writer.WriteNullValue();
        }
        else if (element.Type.Primitive is { } primitive
            && (primitive == FhirPrimitive.Boolean || primitive.IsJsonNumber())
            && PrimitiveSyntax.Problem(primitive, literal) is null)
        {
            // As it was written: 1.50 is not 1.5.
            writer.WriteRawValue(literal, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(literal);
        }
    }

    static void WriteExtras(Utf8JsonWriter writer, Element element)
    {
        if (element.Children.IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        WriteChildren(writer, element);
        writer.WriteEndObject();
    }
}
