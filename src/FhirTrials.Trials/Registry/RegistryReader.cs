using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Trials.Registry;

/// <summary>A record as read; null where the text is none. Warnings name what is kept but not understood.</summary>
public sealed record RegistryReadResult(RegistryRecord? Record, ImmutableArray<Issue> Issues);

/// <summary>Reads a ClinicalTrials.gov study record from the API v2's JSON, or from the registry's old XML, as hostile
/// text: limits first, then JSON, then the format, each issue with its place.</summary>
public static partial class RegistryReader
{
    /// <summary>The largest record read, in bytes; the registry's own largest are about half of it.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>The longest text, in characters: what a FHIR string may hold.</summary>
    public const int MaxText = 1 << 20;

    /// <summary>The longest name of a field, in characters: the format's own are shorter than 50.</summary>
    const int MaxName = 1_000;

    const int MaxWarnings = 50;

    /// <summary>More than there may be warnings, so that these hide no error.</summary>
    const int MaxIssues = 2 * MaxWarnings;

    /// <summary>Characters that neither a FHIR string nor XML may hold.</summary>
    static readonly SearchValues<char> NotInXml = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except(['\t', '\n', '\r']), '\uFFFE', '\uFFFF']);

    /// <summary>No record that is read is deeper.</summary>
    internal const int MaxDepth = 32;

    /// <summary>Of a list: far more than the sites, events or references of any study.</summary>
    const int MaxItems = 100_000;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static RegistryReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            return Refused(Issue.Error(
                IssueCode.TooLong, $"The record has {utf8.Length} bytes; at most {MaxBytes} are read."));
        }

        var bytes = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (bytes.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
        {
            return ReadXml(bytes);
        }

        return ReadJson(bytes);
    }

    static RegistryReadResult ReadXml(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            if (OldXml.ToJson(utf8, out var unread) is not { } json)
            {
                return Refused(NoRecord("it is XML, but no clinical_study of the registry's old format", null));
            }

            var read = ReadJson(json);
            return read.Record is null ? read : read with { Issues = [.. read.Issues, .. unread] };
        }
        catch (FhirException e)
        {
            return new(null, [.. e.Issues]);
        }
        catch (XmlException e)
        {
            var place = new SourcePosition(e.LineNumber, e.LinePosition);
            return Refused(Issue.Error(
                IssueCode.Structure,
                e.LineNumber > 0
                    ? $"The text is not valid XML at line {place.Line}, column {place.Column}."
                    : $"The XML has a DTD, which is not read, or is longer than {MaxBytes} characters.",
                position: place));
        }
    }

    static RegistryReadResult ReadJson(ReadOnlyMemory<byte> bytes)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return Refused(NotJson(e));
        }
        catch (InvalidOperationException)
        {
            // Names are unescaped to find one that comes twice.
            return Refused(Issue.Error(IssueCode.Value, "The name of a field has an incomplete surrogate pair."));
        }

        return WhyNoRecord(root) is { IsEmpty: false } missing ? new(null, missing) : Checked(root);
    }

    /// <summary>The JSON of a part of a record; null where the text is none that a record may hold.</summary>
    public static JsonElement? ReadPart(string json)
    {
        try
        {
            var part = JsonElement.Parse(json, Options);
            var issues = new List<Issue>();
            Check(part, null, RegistryPlace.Record, issues);
            return issues.Count == 0 ? part : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    static RegistryReadResult Refused(Issue issue) => new(null, [issue]);

    /// <summary>That a text is not JSON, and where.</summary>
    public static Issue NotJson(JsonException e)
    {
        var place = new SourcePosition((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        return Issue.Error(
            IssueCode.Structure,
            $"The text is not valid JSON at line {place.Line}, column {place.Column}: {Reason(e.Message)}",
            position: place);
    }

    /// <summary>The parser's message without its own account of the place.</summary>
    static string Reason(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    static ImmutableArray<Issue> WhyNoRecord(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return [NoRecord($"it is {KindOf(root)}, not an object", null)];
        }

        if (!root.TryGetProperty("protocolSection", out var protocol) || protocol.ValueKind != JsonValueKind.Object)
        {
            return [NoRecord($"protocolSection is missing{Hint(root)}", "protocolSection")];
        }

        var identification = new RegistryNode(protocol)["identificationModule"];
        var missing = ImmutableArray.CreateBuilder<Issue>();
        var hasNumber = identification.Text("nctId") is { } id && NctId().IsMatch(id);
        Require("nctId", hasNumber, "the study's number, NCT and eight digits");
        Require("briefTitle", identification.Text("briefTitle") is not null, "the study's title");
        return missing.ToImmutable();

        void Require(string field, bool there, string what)
        {
            if (!there)
            {
                missing.Add(NoRecord(
                    $"identificationModule.{field} ({what}) is missing or malformed",
                    $"protocolSection.identificationModule.{field}"));
            }
        }
    }

    static Issue NoRecord(string why, string? place) => Issue.Error(
        IssueCode.Required, $"This is not a study record of ClinicalTrials.gov's API v2: {why}.", place);

    static string Hint(JsonElement root) =>
        root.TryGetProperty("resourceType", out _) ? "; it looks like a FHIR resource, which the server takes as it is"
        : root.TryGetProperty("studies", out _)
            ? "; it looks like a page of search results, each of whose studies is a record"
        : root.TryGetProperty("FullStudy", out _) || root.TryGetProperty("Study", out _)
            ? "; it looks like the registry's old API, which is not read"
        : "";

    static RegistryReadResult Checked(JsonElement root)
    {
        var issues = new List<Issue>();
        Check(root, RegistryFormat.Record, RegistryPlace.Record, issues);
        if (issues.Any(issue => issue.IsError))
        {
            return new(null, [.. issues]);
        }

        var record = new RegistryNode(root);
        var id = record["protocolSection"]["identificationModule"].Text("nctId")!;
        return new(new RegistryRecord(id, record), [.. issues, .. Contradictions.In(record).Take(MaxWarnings)]);
    }

    static void Check(JsonElement value, RegistryField? field, RegistryPlace place, List<Issue> issues)
    {
        if (issues.Count >= MaxIssues || value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object when field is null or RegistryField.Fields:
                var fields = (field as RegistryField.Fields)?.ByName;
                foreach (var property in value.EnumerateObject())
                {
                    var name = property.Name;
                    if (name.Length > MaxName)
                    {
                        issues.Add(Issue.Error(
                            IssueCode.TooLong,
                            $"A field has a name of {name.Length} characters; at most {MaxName} can be kept.",
                            $"{place}"));
                        break;
                    }

                    Check(property.Value, fields?.GetValueOrDefault(name), new(place, name), issues);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() > MaxItems:
                issues.Add(Error(
                    IssueCode.TooLong, place, $"has {value.GetArrayLength()} items; at most {MaxItems} are read."));
                break;
            case JsonValueKind.Array when field is null or RegistryField.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(item, (field as RegistryField.Array)?.Item, new(place, place.Field, index), issues);
                    index++;
                }

                break;
            case JsonValueKind.String:
                CheckText(value, field, place, issues);
                break;
            case JsonValueKind.Number when field is null or RegistryField.Number or RegistryField.Count:
            case JsonValueKind.True or JsonValueKind.False when field is null or RegistryField.Flag:
                break;
            default:
                issues.Add(Error(IssueCode.Structure, place, $"must be {Expected(field)}, not {KindOf(value)}."));
                break;
        }
    }

    static Issue Error(IssueCode code, RegistryPlace place, string why) =>
        Issue.Error(code, $"{place} {why}", $"{place}");

    static void CheckText(JsonElement value, RegistryField? field, RegistryPlace place, List<Issue> issues)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            issues.Add(Error(IssueCode.Value, place, "holds an incomplete surrogate pair."));
            return;
        }

        if (text.Length > MaxText)
        {
            issues.Add(Error(
                IssueCode.TooLong, place, $"has {text.Length} characters; at most {MaxText} can be kept."));
        }
        else if (text.AsSpan().ContainsAny(NotInXml))
        {
            issues.Add(Error(IssueCode.Value, place, "holds a control character."));
        }
        else if (field is RegistryField.Date && !RegistryDate.IsValid(text))
        {
            Warn(IssueCode.Value, "is no date (yyyy, yyyy-MM or yyyy-MM-dd)");
        }
        else if (field is RegistryField.Numeral && RegistryCount.From(text) is null)
        {
            Warn(IssueCode.Value, "is no whole number from 0 to 2147483647");
        }
        else if (field is RegistryField.Link && !RegistryUri.LeadsSomewhere(text))
        {
            Warn(IssueCode.Value, "is no link (https://example.org)");
        }
        else if (field is RegistryField.Code { Codes: var codes } && codes.Find(text) is null)
        {
            Warn(IssueCode.CodeInvalid, $"holds a code that {codes.Id} does not define");
        }
        else if (field is RegistryField.Fields or RegistryField.Array or RegistryField.Flag
            or RegistryField.Number or RegistryField.Count)
        {
            issues.Add(Error(IssueCode.Structure, place, $"must be {Expected(field)}, not a text."));
        }

        void Warn(IssueCode code, string why)
        {
            if (issues.Count < MaxWarnings)
            {
                issues.Add(Issue.Warning(code, $"{place} {why}: it is kept as text.", $"{place}"));
            }
        }
    }

    static string Expected(RegistryField? field) => field switch
    {
        RegistryField.Fields => "an object",
        RegistryField.Array => "an array",
        RegistryField.Flag => "true or false",
        RegistryField.Number or RegistryField.Count => "a number",
        _ => "a text",
    };

    static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => string.Create(CultureInfo.InvariantCulture, $"the number {Shortened(value)}"),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null or JsonValueKind.Undefined => "null",
    };

    static string Shortened(JsonElement number) => number.GetRawText() is { Length: > 20 } raw ? raw[..20] + "…"
        : number.GetRawText();

    [GeneratedRegex("^NCT[0-9]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex NctId();
}
