using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Registry;

/// <summary>Reads the XML in which ClinicalTrials.gov published its studies until 2024 as a record of the API v2, to
/// the extent that it says the same — https://clinicaltrials.gov/ct2/html/images/info/public.xsd</summary>
/// <remarks><see cref="OldXmlFormat"/> says which element is which field; what the fields hold is the format's to say.
/// A value that is none of its kind is passed on as it is, for the reader to warn of.</remarks>
static class OldXml
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = RegistryReader.MaxBytes,
    };

    /// <summary>The record as JSON; throws an XmlException for what is no XML, and gives
    /// null for another document.</summary>
    /// <param name="unread">Warnings of what is not read.</param>
    public static byte[]? ToJson(ReadOnlyMemory<byte> xml, out ImmutableArray<Issue> unread)
    {
        unread = [];
        using var reader = XmlReader.Create(new MemoryStream(xml.ToArray()), Settings);
        var study = XDocument.Load(reader, LoadOptions.SetLineInfo).Root;
        if (study?.Name.LocalName != "clinical_study")
        {
            return null;
        }

        var record = new JsonObject();
        foreach (var row in OldXmlFormat.Rows)
        {
            Add(study, row, RegistryFormat.Record, record);
        }

        OldXmlResults.Complete(study, record);
        OldXmlProtocol.Complete(study, record);
        unread = [.. OldXmlUnread.In(study)];
        return JsonSerializer.SerializeToUtf8Bytes(record);
    }

    /// <summary>Adds what a row finds below an element.</summary>
    static void Add(XElement above, OldXmlRow row, RegistryField.Fields fields, JsonObject record)
    {
        var field = FieldAt(fields, row.Field);
        foreach (var source in Sources(above, row.Element))
        {
            if (field is RegistryField.Array { Item: RegistryField.Fields items })
            {
                var item = new JsonObject();
                row.Below.ForEach(below => Add((XElement)source, below, items, item));
                ArrayAt(record, row.Field).Add((JsonNode)item);
            }
            else if (Value(OldXmlText.Of(source), field is RegistryField.Array list ? list.Item : field) is { } value)
            {
                if (field is RegistryField.Array)
                {
                    ArrayAt(record, row.Field).Add(value);
                }
                else
                {
                    OwnerOf(record, row.Field).TryAdd(row.Field.Split('.')[^1], value);
                }
            }
        }
    }

    /// <summary>The elements of a path, or the attribute that ends it.</summary>
    public static IEnumerable<XObject> Sources(XElement above, string path)
    {
        IEnumerable<XElement> at = [above];
        foreach (var step in path.Split('/'))
        {
            if (step[0] == '@')
            {
                return at.Select(e => e.Attribute(step[1..])).OfType<XAttribute>();
            }

            at = step == "." ? at : at.SelectMany(e => e.Elements(step));
        }

        return at;
    }

    /// <summary>The array at a place of the record, made where it is not there.</summary>
    public static JsonArray ArrayAt(JsonObject record, string field)
    {
        var (owner, name) = (OwnerOf(record, field), field.Split('.')[^1]);
        if (owner[name] is not JsonArray array)
        {
            owner[name] = array = [];
        }

        return array;
    }

    /// <summary>The object that has the last field of a path, made where it is not there.</summary>
    public static JsonObject OwnerOf(JsonObject record, string field)
    {
        var at = record;
        foreach (var step in field.Split('.').SkipLast(1))
        {
            if (at[step] is not JsonObject next)
            {
                at[step] = next = [];
            }

            at = next;
        }

        return at;
    }

    static RegistryField FieldAt(RegistryField.Fields fields, string path)
    {
        RegistryField at = fields;
        foreach (var step in path.Split('.'))
        {
            at = ((RegistryField.Fields)at).ByName[step];
        }

        return at;
    }

    static JsonNode? Value(string text, RegistryField kind) => text.Length == 0 ? null : kind switch
    {
        RegistryField.Date => OldXmlText.Date(text),
        RegistryField.Code { Codes: var codes } => OldXmlText.Code(text, codes),
        RegistryField.Flag => OldXmlText.Flag(text) is { } flag ? flag : null,
        RegistryField.Count => int.TryParse(text, out var count) ? count : text,
        _ => text == "N/A" ? null : text,
    };
}
