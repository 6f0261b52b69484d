using System.Text;
using System.Xml;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Xml;

/// <summary>FHIR's XML format — https://hl7.org/fhir/R4/xml.html</summary>
public static class FhirXml
{
    public const string Namespace = "http://hl7.org/fhir";

    /// <summary>Reads one resource into the tree that
    /// <see cref="FhirJson.Read(ReadOnlySpan{byte},FhirTypes,ReadLimits?)"/> gives, and reports every structural issue
    /// with path, line and column. DTDs and entities are refused.</summary>
    public static ReadResult Read(byte[] xml, FhirTypes types, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        if (xml.Length > limits.Bytes)
        {
            return new(
                null, [new(IssueSeverity.Fatal, IssueCode.TooLong, $"The text is longer than {limits.Bytes} bytes.")]);
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = limits.Bytes,
        };
        using var reader = XmlReader.Create(new MemoryStream(xml), settings);
        return new ResourceXmlReader(reader, types, limits).Read();
    }

    /// <summary>The UTF-8 XML of a resource: compact, or indented with <paramref name="pretty"/>. Throws
    /// <see cref="FhirException"/> where a text of the resource cannot stand in XML.</summary>
    public static byte[] ToUtf8Bytes(Element resource, bool pretty = false)
    {
        var buffer = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(false),
            Indent = pretty,
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (var writer = XmlWriter.Create(buffer, settings))
        {
            Write(writer, resource);
        }

        return buffer.ToArray();
    }

    /// <summary>Writes a resource as an element; throws <see cref="FhirException"/> where a text
    /// of it cannot stand in XML.</summary>
    public static void Write(XmlWriter writer, Element resource)
    {
        try
        {
            ResourceXmlWriter.WriteResource(writer, resource);
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            throw new FhirException(Issue.Error(
                IssueCode.Processing, "The resource holds a text that XML cannot express; ask for JSON instead.",
                resource.Type.Name));
        }
    }
}
