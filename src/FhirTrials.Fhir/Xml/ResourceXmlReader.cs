using System.Collections.Immutable;
using System.Text;
using System.Xml;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Xml;

/// <summary>One pass over a resource's XML: builds the tree and reports what is wrong on the way, then goes on with
/// whatever can still be understood.</summary>
sealed class ResourceXmlReader(XmlReader xml, FhirTypes types, ReadLimits limits)
{
    const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    readonly List<Issue> _issues = [];
    readonly IssuePath _path = new();
    int _elements;
    int _depth;

    /// <summary>More than the limits allow: reading ends here.</summary>
    sealed class LimitException(Issue issue) : Exception
    {
        public Issue Issue { get; } = issue;
    }

    public ReadResult Read()
    {
        Element? resource = null;
        try
        {
            xml.MoveToContent();
            resource = ReadResource(null);
            while (xml.Read())
            {
                // Whatever follows the resource makes the reader throw.
            }
        }
        catch (XmlException e)
        {
            resource = null;
            _issues.Add(new(IssueSeverity.Fatal, IssueCode.Structure,
                "The text is not well-formed XML, or has a document type declaration, which is refused.", null,
                new(e.LineNumber, e.LinePosition)));
        }
        catch (LimitException e)
        {
            resource = null;
            _issues.Add(e.Issue);
        }

        return new(resource, [.. _issues]);
    }

    /// <summary>At an element that must be a resource; ends behind it.</summary>
    Element? ReadResource(string? name)
    {
        var position = Here();
        if (xml.NamespaceURI != FhirXml.Namespace || !types.IsResource(xml.LocalName, out var type))
        {
            Report(IssueCode.Structure, $"The element is no resource of FHIR R4 in the namespace {FhirXml.Namespace}.");
            xml.Skip();
            return null;
        }

        if (name is null)
        {
            _path.Push(type.Name, -1);
        }

        Count();
        var resource = new Element(null, name ?? type.Name, type, null, ReadContent(type, out _), position);
        if (name is null)
        {
            _path.Pop();
        }

        return resource;
    }

    /// <summary>At a start tag: its attributes and its content up to the end tag, as children
    /// in the definition's order.</summary>
    /// <param name="literal">The attribute <c>value</c> of a primitive.</param>
    ImmutableArray<Element> ReadContent(FhirType type, out string? literal)
    {
        if (++_depth > limits.Depth && !type.IsPrimitive)
        {
            throw new LimitException(new(IssueSeverity.Fatal, IssueCode.TooCostly,
                $"The resource is nested deeper than {limits.Depth} levels.", _path.Expression(null), Here()));
        }

        var children = new Children(type);
        literal = ReadAttributes(type, children);
        if (xml.IsEmptyElement)
        {
            xml.Read();
        }
        else
        {
            xml.Read();
            while (xml.NodeType != XmlNodeType.EndElement)
            {
                ReadNode(type, children);
            }

            xml.Read();
        }

        _depth--;
        // A resource says something by its type alone, as in JSON.
        if (literal is null && children.IsEmpty && type.Kind != FhirTypeKind.Resource)
        {
            Report(IssueCode.Structure, "An element must not be empty; leave it out instead.");
        }

        return children.InOrder();
    }

    string? ReadAttributes(FhirType type, Children children)
    {
        string? literal = null;
        while (xml.MoveToNextAttribute())
        {
            if (xml.Prefix == "xmlns" || xml.Name == "xmlns" || xml.NamespaceURI == SchemaInstance)
            {
                continue;
            }

            if (xml.NamespaceURI.Length == 0 && xml.LocalName == "value" && type.IsPrimitive)
            {
                literal = xml.Value;
            }
            else if (xml.NamespaceURI.Length == 0 && ResourceXmlWriter.IsAttribute(type, xml.LocalName)
                && type.Element(xml.LocalName) is { } definition)
            {
                Count();
                CheckLiteral(definition.Types[0].Type, definition.Name, xml.Value, definition.Name);
                children.Add(new(definition, definition.Name, definition.Types[0].Type, xml.Value, [], Here()));
            }
            else
            {
                Report(IssueCode.Structure, "The element has an attribute that FHIR does not define.");
            }
        }

        xml.MoveToElement();
        return literal;
    }

    void ReadNode(FhirType parent, Children children)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                ReadChild(parent, children);
                break;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace or XmlNodeType.Comment:
                xml.Read();
                break;
            default:
                Report(IssueCode.Structure, "Text must not stand here: values are attributes.");
                xml.Read();
                break;
        }
    }

    void ReadChild(FhirType parent, Children children)
    {
        var isXhtml = xml.NamespaceURI == Xhtml.Namespace;
        if ((xml.NamespaceURI != FhirXml.Namespace && !isXhtml)
            || !parent.TryJsonProperty(xml.LocalName, out var definition, out var type)
            || ResourceXmlWriter.IsAttribute(parent, definition.Name)
            || isXhtml != (type.Primitive == FhirPrimitive.Xhtml))
        {
            Report(IssueCode.Structure, $"{parent.Path} has no element of this name.", xml.LocalName);
            xml.Skip();
            return;
        }

        var index = children.CountOf(definition);
        _path.Push(definition.Name, definition.IsArray ? index : -1);
        if (children.Problem(definition, type) is { } problem)
        {
            Report(IssueCode.Structure, problem);
        }

        if (ReadElement(definition, type) is { } element)
        {
            children.Add(element);
        }

        _path.Pop();
    }

    Element? ReadElement(ElementDefinition definition, FhirType type)
    {
        Count();
        var position = Here();
        if (type.Kind == FhirTypeKind.Resource)
        {
            return ReadWrapped(definition.Name);
        }

        if (type.Primitive == FhirPrimitive.Xhtml)
        {
            var xhtml = ReadXhtml();
            CheckLiteral(type, definition.Name, xhtml, null);
            return new(definition, definition.Name, type, xhtml, [], position);
        }

        var children = ReadContent(type, out var literal);
        if (literal is not null)
        {
            CheckLiteral(type, definition.Name, literal, null);
        }

        return literal is null && children.IsEmpty
            ? null
            : new(definition, definition.Name, type, literal, children, position);
    }

    /// <summary>A narrative as it stands, node by node: to copy it at once would take a time that grows with the square
    /// of its depth.</summary>
    string ReadXhtml()
    {
        var text = new StringBuilder();
        using var writer = XmlWriter.Create(text, new()
        {
            ConformanceLevel = ConformanceLevel.Fragment,
            NewLineHandling = NewLineHandling.None,
            OmitXmlDeclaration = true,
        });
        var top = xml.Depth;
        do
        {
            if (xml.Depth - top > Xhtml.MaxDepth)
            {
                throw new LimitException(new(IssueSeverity.Fatal, IssueCode.TooCostly,
                    $"The narrative is nested deeper than {Xhtml.MaxDepth} levels.", _path.Expression(null), Here()));
            }

            Copy(writer);
        }
        while (!IsEndOf(top) && xml.Read());

        xml.Read();
        writer.Flush();
        return text.ToString();
    }

    bool IsEndOf(int depth) =>
        xml.Depth == depth
        && (xml.NodeType == XmlNodeType.EndElement || xml is { NodeType: XmlNodeType.Element, IsEmptyElement: true });

    void Copy(XmlWriter writer)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                writer.WriteStartElement(xml.Prefix, xml.LocalName, xml.NamespaceURI);
                writer.WriteAttributes(xml, defattr: false);
                if (xml.IsEmptyElement)
                {
                    writer.WriteEndElement();
                }

                break;
            case XmlNodeType.EndElement:
                writer.WriteFullEndElement();
                break;
            case XmlNodeType.Comment:
                writer.WriteComment(xml.Value);
                break;
            case XmlNodeType.CDATA:
                writer.WriteCData(xml.Value);
                break;
            default:
                writer.WriteString(xml.Value);
                break;
        }
    }

    /// <summary>A resource within another stands in an element of its own: <c>contained</c>, <c>resource</c>,
    /// <c>outcome</c>.</summary>
    Element? ReadWrapped(string name)
    {
        Element? resource = null;
        if (xml.IsEmptyElement)
        {
            Report(IssueCode.Structure, "A resource is missing here.");
            xml.Read();
            return null;
        }

        xml.Read();
        while (xml.NodeType != XmlNodeType.EndElement)
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                xml.Read();
            }
            else if (resource is null)
            {
                resource = ReadResource(name);
            }
            else
            {
                Report(IssueCode.Structure, "Only one resource may stand here.");
                xml.Skip();
            }
        }

        xml.Read();
        return resource;
    }

    void CheckLiteral(FhirType type, string name, string literal, string? below)
    {
        if (literal.Length > limits.StringBytes || Encoding.UTF8.GetByteCount(literal) > limits.StringBytes)
        {
            Report(IssueCode.TooLong, $"The value is longer than {limits.StringBytes} bytes.", below);
            return;
        }

        if (type.Primitive is { } primitive && PrimitiveSyntax.Problem(primitive, literal) is { } problem)
        {
            Report(IssueCode.Value, $"The {name} {problem}.", below);
        }
    }

    void Count()
    {
        if (++_elements > limits.Elements)
        {
            throw new LimitException(new(IssueSeverity.Fatal, IssueCode.TooCostly,
                $"The resource has more than {limits.Elements} elements.", _path.Expression(null), Here()));
        }
    }

    SourcePosition Here() => xml is IXmlLineInfo line ? new(line.LineNumber, line.LinePosition) : default;

    void Report(IssueCode code, string diagnostics, string? below = null)
    {
        if (_issues.Count < limits.Issues)
        {
            _issues.Add(Issue.Error(code, diagnostics, _path.Expression(below), Here()));
        }
    }

    /// <summary>The children of an open element, with what has been seen of them.</summary>
    sealed class Children(FhirType parent)
    {
        readonly List<Element> _elements = [];
        readonly Dictionary<string, (int Count, FhirType? Type)> _seen = [];
        int _last = -1;
        bool _isDisordered;

        public bool IsEmpty => _elements.Count == 0;

        public int CountOf(ElementDefinition definition) => _seen.GetValueOrDefault(definition.Name).Count;

        /// <summary>What is wrong with a further child of that definition here; null if nothing is.</summary>
        public string? Problem(ElementDefinition definition, FhirType type)
        {
            var at = ResourceXmlWriter.Order(parent, definition.Name);
            var isLate = at < _last;
            _isDisordered |= isLate;
            _last = Math.Max(at, _last);
            var (count, first) = _seen.GetValueOrDefault(definition.Name);
            return definition.IsChoice && count > 0 && first != type
                    ? $"Only one type of {definition.Name}[x] may be given, but there are two."
                : count >= definition.Max
                    ? $"The element may be given {definition.Max} times, but is given more often."
                : isLate ? "The element stands too late: XML keeps the order of the definition."
                : null;
        }

        public void Add(Element element)
        {
            var (count, first) = _seen.GetValueOrDefault(element.Name);
            _seen[element.Name] = (count + 1, first ?? element.Type);
            _elements.Add(element);
        }

        /// <summary>The definition's order, so that repetitions are adjacent whatever the source's order was.</summary>
        public ImmutableArray<Element> InOrder() => _isDisordered
            ? [.. _elements.OrderBy(e => ResourceXmlWriter.Order(parent, e.Name))]
            : [.. _elements];
    }
}
