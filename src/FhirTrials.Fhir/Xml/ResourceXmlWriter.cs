using System.Xml;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Xml;

/// <summary>Writes elements as FHIR XML.</summary>
static class ResourceXmlWriter
{
    public static void WriteResource(XmlWriter writer, Element resource)
    {
        writer.WriteStartElement(resource.Type.Name, FhirXml.Namespace);
        WriteChildren(writer, resource);
        writer.WriteEndElement();
    }

    /// <summary>In the definition's order, which XML asks for.</summary>
    static void WriteChildren(XmlWriter writer, Element parent)
    {
        foreach (var child in parent.Children.OrderBy(c => Order(parent.Type, c.Name)))
        {
            if (!IsAttribute(parent, child))
            {
                var choice = parent.Type.Element(child.Name) is { IsChoice: true } definition ? definition : null;
                Write(writer, child, choice?.JsonNameFor(child.Type) ?? child.Name);
            }
        }
    }

    /// <summary>The place of an element among those of its type; the last where the
    /// type has none of that name.</summary>
    public static int Order(FhirType type, string name)
    {
        var elements = type.Elements;
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].Name == name)
            {
                return i;
            }
        }

        return elements.Length;
    }

    static void Write(XmlWriter writer, Element element, string name)
    {
        if (element.Type.Primitive == FhirPrimitive.Xhtml)
        {
            WriteXhtml(writer, element);
            return;
        }

        writer.WriteStartElement(name, FhirXml.Namespace);
        if (element.IsResource)
        {
            WriteResource(writer, element);
        }
        else
        {
            WriteAttributes(writer, element);
            WriteChildren(writer, element);
        }

        writer.WriteEndElement();
    }

    static void WriteAttributes(XmlWriter writer, Element element)
    {
        foreach (var child in element.Children)
        {
            if (IsAttribute(element, child))
            {
                writer.WriteAttributeString(child.Name, child.Value);
            }
        }

        if (element.Value is not null)
        {
            writer.WriteAttributeString("value", element.Value);
        }
    }

    static void WriteXhtml(XmlWriter writer, Element element)
    {
        using var reader = XmlReader.Create(
            new StringReader(element.Value ?? ""),
            new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        reader.MoveToContent();

        // Raw, since an indenting writer would add blanks to the narrative; it was well-formed or the reader threw.
        writer.WriteRaw(reader.ReadOuterXml());
    }

    /// <summary>An element's id and an extension's URL are attributes; a resource's id is an element.</summary>
    public static bool IsAttribute(FhirType parent, string name) =>
        parent.Kind != FhirTypeKind.Resource && (name == "id" || (name == "url" && parent.Name == "Extension"));

    static bool IsAttribute(Element parent, Element child) => IsAttribute(parent.Type, child.Name);
}
