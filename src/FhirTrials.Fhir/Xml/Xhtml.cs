using System.Collections.Frozen;
using System.Xml;

namespace FhirTrials.Fhir.Xml;

/// <summary>What a narrative may hold: an allow-list of elements and attributes, no active content, some text —
/// https://hl7.org/fhir/R4/narrative.html#xhtml</summary>
public static class Xhtml
{
    public const string Namespace = "http://www.w3.org/1999/xhtml";

    /// <summary>How many elements of a narrative may stand within one another.</summary>
    internal const int MaxDepth = 128;

    static readonly FrozenSet<string> Elements = Words(
        """
        a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i
        img li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var
        """);

    static readonly FrozenSet<string> Attributes = Words(
        """
        abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff
        charset cite class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc
        name nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type valign value
        vspace width xml:lang xml:space xmlns
        """);

    /// <summary>The first thing that is wrong with a narrative, as the key of its invariant (<c>txt-1</c>,
    /// <c>txt-2</c>) and a sentence; null if none.</summary>
    public static (string Key, string Text)? Fault(string xhtml)
    {
        try
        {
            // Takes the text as it is, without buffers of 12 KB around a narrative of 300 characters.
            using var reader = new XmlTextReader(xhtml, XmlNodeType.Document, null)
            {
                DtdProcessing = DtdProcessing.Prohibit,
                EntityHandling = EntityHandling.ExpandEntities,
                Normalization = true,
                XmlResolver = null,
            };
            return Fault(reader);
        }
        catch (XmlException e)
        {
            var place = $"line {e.LineNumber}, column {e.LinePosition}";
            return ("txt-1", $"txt-1: the narrative is not well-formed XHTML ({place}).");
        }
    }

    static (string Key, string Text)? Fault(XmlReader reader)
    {
        var hasContent = false;
        while (reader.Read())
        {
            if (FaultOfNode(reader) is { } fault)
            {
                return ("txt-1", "txt-1: " + fault);
            }

            hasContent |= IsContent(reader);
        }

        return hasContent ? null : ("txt-2", "txt-2: the narrative must have some text or an image.");
    }

    static bool IsContent(XmlReader reader) => reader.NodeType switch
    {
        XmlNodeType.Text or XmlNodeType.CDATA => !string.IsNullOrWhiteSpace(reader.Value),
        XmlNodeType.Element => reader.LocalName == "img",
        _ => false,
    };

    static string? FaultOfNode(XmlReader reader) => reader.NodeType switch
    {
        XmlNodeType.Element when reader.Depth == 0 && (reader.LocalName != "div" || reader.NamespaceURI != Namespace) =>
            $"the narrative must be a div in the namespace {Namespace}.",
        XmlNodeType.Element => FaultOfElement(reader),
        XmlNodeType.ProcessingInstruction => "processing instructions are not allowed in a narrative.",
        _ => null,
    };

    static string? FaultOfElement(XmlReader reader)
    {
        if (reader.NamespaceURI != Namespace || !Elements.Contains(reader.LocalName))
        {
            return $"the element {reader.Name} is not allowed in a narrative.";
        }

        if (reader.Depth > MaxDepth)
        {
            return "the narrative nests too deep.";
        }

        string? fault = null;
        var element = reader.LocalName;
        while (fault is null && reader.MoveToNextAttribute())
        {
            fault = FaultOfAttribute(element, reader.Name, reader.Value);
        }

        reader.MoveToElement();
        return fault;
    }

    static string? FaultOfAttribute(string element, string name, string value)
    {
        if (!Attributes.Contains(name) && !name.StartsWith("xmlns:", StringComparison.Ordinal))
        {
            return $"the attribute {name} is not allowed on {element}.";
        }

        return name switch
        {
            "src" when !IsWithin(value) =>
                $"the src of {element} must be a reference within the resource or the image itself: nothing is fetched "
                + "from elsewhere.",
            "href" or "longdesc" or "cite" when !IsSafeLink(element, value) =>
                $"the {name} of {element} must be a web address, a mail address or a reference within the resource.",
            "style" when !IsSafeStyle(value) => $"the style of {element} must not load or run anything.",
            _ => null,
        };
    }

    static bool IsSafeLink(string element, string link)
    {
        var colon = link.AsSpan().IndexOfAny(":/?#");
        if (colon < 0 || link[colon] != ':')
        {
            return true;
        }

        return link[..colon].Trim().ToLowerInvariant() switch
        {
            "http" or "https" or "urn" => true,
            "mailto" or "tel" or "ftp" => element == "a",
            _ => false,
        };
    }

    /// <summary>What a viewer shows without asking: nothing of another server, which
    /// would learn who reads what.</summary>
    static bool IsWithin(string source)
    {
        var link = source.AsSpan().Trim();
        var colon = link.IndexOfAny(":/?#");
        return IsImageData(link)
            || (!link.StartsWith("//") && !link.StartsWith("/\\") && !link.StartsWith("\\")
                && (colon < 0 || link[colon] != ':'));
    }

    static bool IsSafeStyle(string style) =>
        LoadsOnlyImageData(style)
        && !style.Contains("expression(", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("javascript:", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("@import", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("image(", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("image-set(", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("src(", StringComparison.OrdinalIgnoreCase)
        && !style.Contains("/*", StringComparison.Ordinal)
        && !style.Contains('\\', StringComparison.Ordinal);

    // Pictures within the style itself draw the trees of HL7's own narratives; anything else would be fetched.
    static bool LoadsOnlyImageData(string style)
    {
        const string Load = "url(";
        var at = style.IndexOf(Load, StringComparison.OrdinalIgnoreCase);
        for (; at >= 0; at = style.IndexOf(Load, at + Load.Length, StringComparison.OrdinalIgnoreCase))
        {
            var link = style.AsSpan(at + Load.Length).TrimStart(" '\"");
            if (!IsImageData(link))
            {
                return false;
            }
        }

        return true;
    }

    static bool IsImageData(ReadOnlySpan<char> link)
    {
        link = link.TrimStart();
        return link.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            && link["data:".Length..].TrimStart().StartsWith("image/", StringComparison.OrdinalIgnoreCase);
    }

    static FrozenSet<string> Words(string text) =>
        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
