using System.Collections.Frozen;
using System.Xml;

namespace FhirTrials.Fhir.Xml;

/// <summary>What a narrative may hold: basic formatting, no scripts, forms, frames or outside links to styles —
/// https://hl7.org/fhir/R4/narrative.html</summary>
public static class Xhtml
{
    public const string Namespace = "http://www.w3.org/1999/xhtml";

    const int MaxDepth = 128;

    static readonly FrozenSet<string> Elements = new[]
    {
        "a", "abbr", "acronym", "b", "big", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "dfn", "div",
        "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "q", "samp", "small",
        "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "ul", "var",
    }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> Attributes = new[]
    {
        "abbr", "accesskey", "align", "alt", "axis", "bgcolor", "border", "cellhalign", "cellpadding", "cellspacing", "cellvalign",
        "char", "charoff", "charset", "cite", "class", "colspan", "compact", "coords", "dir", "frame", "headers", "height", "href",
        "hreflang", "hspace", "id", "lang", "longdesc", "name", "nowrap", "rel", "rev", "rowspan", "rules", "scope", "shape",
        "span", "src", "start", "style", "summary", "tabindex", "title", "type", "valign", "value", "vspace", "width",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with a narrative's <c>div</c>, as a sentence; null if nothing is.</summary>
    public static string? Problem(string div)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(div), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return Problem(reader);
        }
        catch (XmlException e)
        {
            return $"The narrative is not well-formed XML (line {e.LineNumber}).";
        }
    }

    static string? Problem(XmlReader reader)
    {
        var hasContent = false;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (ElementProblem(reader) is { } problem)
                {
                    return problem;
                }

                hasContent |= reader.LocalName == "img";
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                hasContent |= !string.IsNullOrWhiteSpace(reader.Value);
            }
        }

        return hasContent ? null : "The narrative has no content.";
    }

    static string? ElementProblem(XmlReader reader)
    {
        if (reader.Depth == 0 && (reader.LocalName != "div" || reader.NamespaceURI != Namespace))
        {
            return "The narrative is not a div of XHTML's namespace.";
        }

        if (reader.Depth > MaxDepth)
        {
            return "The narrative nests too deep.";
        }

        var element = reader.LocalName;
        if (reader.NamespaceURI != Namespace || !Elements.Contains(element))
        {
            return $"The narrative holds a <{element}>, which is not allowed.";
        }

        var isAllowed = true;
        while (reader.MoveToNextAttribute())
        {
            isAllowed &= IsAllowed(reader);
        }

        reader.MoveToElement();
        return isAllowed ? null : $"The narrative's <{element}> has an attribute that is not allowed.";
    }

    static bool IsAllowed(XmlReader attribute) => attribute switch
    {
        { Prefix: "xmlns" } or { Name: "xmlns" or "xml:lang" or "xml:space" } => true,
        { LocalName: "href" or "src" } => !attribute.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase),
        _ => attribute.Prefix.Length == 0 && Attributes.Contains(attribute.LocalName),
    };
}
