using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Json;

/// <summary>One pass over a resource's JSON: builds the tree and reports what is wrong on the way, then goes on with
/// whatever can still be understood.</summary>
ref partial struct ElementReader
{
    /// <summary>Stands where a value was so wrong that it was left out; its issue is already reported.</summary>
    static readonly Element Unreadable =
        new(null, "", new FhirType("", "", FhirTypeKind.Complex, true, null, () => new([], [])), null, []);

    /// <summary>How deep the text itself may nest. What stands below an element is held to
    /// <see cref="ReadLimits.Depth"/>; what is skipped costs no stack.</summary>
    const int MaxSyntaxDepth = 10_000;

    readonly FhirTypes _types;
    readonly ReadLimits _limits;
    readonly List<Issue> _issues = [];
    readonly IssuePath _path = new();

    /// <summary>Finished elements of all open objects, innermost last.</summary>
    readonly List<Element> _done = [];

    /// <summary>Properties met so far of all open objects, innermost last.</summary>
    readonly List<Slot> _slots = [];

    readonly LiteralCache _literals = new();

    Utf8JsonReader _json;
    LineCounter _lines;
    int _elements;
    int _depth;

    public ElementReader(ReadOnlySpan<byte> utf8, FhirTypes types, ReadLimits limits)
    {
        _types = types;
        _limits = limits;
        _lines = new LineCounter(utf8);
        _json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxSyntaxDepth });
    }

    /// <summary>A property of an open object: where its repetitions stand in
    /// <see cref="_done"/> and what was seen of it.</summary>
    struct Slot(ElementDefinition definition, FhirType type, int start)
    {
        public readonly ElementDefinition Definition = definition;
        public readonly FhirType Type = type;
        public readonly int Start = start;
        public int Count;
        public int Values = -1;
        public int Extras = -1;
    }

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
            _json.Read();
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                _issues.Add(new(
                    IssueSeverity.Fatal, IssueCode.Structure, "A resource is a JSON object.", null, Here()));
                return new ReadResult(null, [.. _issues]);
            }

            resource = ReadResource(null, null);
            while (_json.Read())
            {
                // Whatever follows the resource makes the reader throw.
            }
        }
        catch (JsonException e)
        {
            resource = null;
            _issues.Add(NotJson(e));
        }
        catch (LimitException e)
        {
            resource = null;
            _issues.Add(e.Issue);
        }

        return new ReadResult(resource, [.. _issues]);
    }

    /// <summary>Reads a bare value of a type, as a definition's fixed value is; no issues are reported.</summary>
    public Element? ReadFragment(FhirType type)
    {
        _json.Read();
        var definition = new ElementDefinition
        {
            Path = type.Name,
            Name = type.Name,
            Types = [new TypeReference(type, [], [])],
        };
        return _json.TokenType switch
        {
            JsonTokenType.StartObject =>
                new Element(null, type.Name, type, null, ReadChildren(type, isResource: false)),
            _ when type.Primitive is { } primitive =>
                new Element(null, type.Name, type, ReadLiteral(definition, primitive), []),
            _ => null,
        };
    }

    static Issue NotJson(JsonException exception)
    {
        var position = exception is { LineNumber: { } line, BytePositionInLine: { } column }
            ? new SourcePosition((int)Math.Min(line + 1, int.MaxValue), (int)Math.Min(column + 1, int.MaxValue))
            : default;
        return new(IssueSeverity.Fatal, IssueCode.Structure, "The text is not well-formed JSON.", null, position);
    }

    /// <summary>At the start of an object that must be a resource.</summary>
    Element? ReadResource(string? name, ElementDefinition? definition)
    {
        var position = Here();
        var typeName = FindResourceType();
        if (typeName is null || !_types.IsResource(typeName, out var type))
        {
            Report(IssueCode.Structure, typeName is null
                ? "The property resourceType is missing or no text; it names the type of the resource."
                : "The property resourceType names no resource type of FHIR R4.", position);
            _json.Skip();
            return null;
        }

        if (name is null)
        {
            _path.Push(typeName, -1);
        }

        CountElement();
        var resource = new Element(
            definition, name ?? typeName, type, null, ReadChildren(type, isResource: true), position);
        if (name is null)
        {
            _path.Pop();
        }

        return resource;
    }

    /// <summary>Looks ahead for the type, which usually comes first but need not.</summary>
    readonly string? FindResourceType()
    {
        var ahead = _json;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isType = IsResourceType(ahead);
            ahead.Read();
            if (isType)
            {
                return ahead.TokenType == JsonTokenType.String && ahead.ValueSpan.Length <= 64 && !ahead.ValueIsEscaped
                    ? ahead.GetString()
                    : null;
            }

            ahead.Skip();
        }

        return null;
    }

    /// <summary>At the start of an object: its properties up to its end, as children in source order.</summary>
    ImmutableArray<Element> ReadChildren(FhirType type, bool isResource)
    {
        if (++_depth > _limits.Depth)
        {
            throw new LimitException(new(IssueSeverity.Fatal, IssueCode.TooCostly,
                $"The resource is nested deeper than {_limits.Depth} levels.", _path.Expression(null), Here()));
        }

        var firstSlot = _slots.Count;
        var firstElement = _done.Count;
        var resourceTypes = 0;
        var properties = 0;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            properties++;
            if (isResource && IsResourceType(_json))
            {
                if (++resourceTypes > 1)
                {
                    Report(IssueCode.Structure, "The property resourceType is given twice.");
                }

                _json.Skip();
                continue;
            }

            ReadProperty(type, firstSlot);
        }

        if (properties == 0)
        {
            Report(IssueCode.Structure, "An object must not be empty; leave the property out instead.");
        }

        _depth--;
        CloseSlots(firstSlot);
        if (_done.Count == firstElement)
        {
            return [];
        }

        var children = CollectionsMarshal.AsSpan(_done)[firstElement..].ToImmutableArray();
        _done.RemoveRange(firstElement, _done.Count - firstElement);
        return children;
    }

    void ReadProperty(FhirType parent, int firstSlot)
    {
        if (!FindProperty(parent, out var definition, out var type, out var isExtras))
        {
            ReportUnknown(parent);
            _json.Skip();
            return;
        }

        var at = SlotOf(definition, firstSlot);
        _path.Push(definition.Name, -1);
        if (at >= 0 && _slots[at].Type != type)
        {
            Report(IssueCode.Structure, $"Only one type of {definition.Name}[x] may be given, but there are two.");
            _json.Skip();
        }
        else if (at >= 0 && (isExtras ? _slots[at].Extras : _slots[at].Values) >= 0)
        {
            Report(IssueCode.Structure, "The property is given twice.");
            _json.Skip();
        }
        else
        {
            if (at < 0)
            {
                at = _slots.Count;
                _slots.Add(new Slot(definition, type, _done.Count));
            }

            var position = Here();
            _json.Read();
            ReadValues(at, isExtras);
            CheckParallel(at, position);
        }

        _path.Pop();
    }

    readonly int SlotOf(ElementDefinition definition, int firstSlot)
    {
        for (var i = firstSlot; i < _slots.Count; i++)
        {
            if (ReferenceEquals(_slots[i].Definition, definition))
            {
                return i;
            }
        }

        return -1;
    }

    void CountElement()
    {
        if (++_elements > _limits.Elements)
        {
            throw new LimitException(new(IssueSeverity.Fatal, IssueCode.TooCostly,
                $"The resource has more than {_limits.Elements} elements.", _path.Expression(null), Here()));
        }
    }

    ImmutableArray<Element> Misplaced(string expected)
    {
        Report(IssueCode.Structure, $"The value must be {expected}, but is {Describe(_json.TokenType)}.");
        _json.Skip();
        return [];
    }

    static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a Boolean",
        _ => "null",
    };

    SourcePosition Here() => _lines.At((int)_json.TokenStartIndex);

    void Report(IssueCode code, string diagnostics) => Report(code, diagnostics, Here());

    readonly void Report(IssueCode code, string diagnostics, SourcePosition position, string? below = null)
    {
        if (_issues.Count < _limits.Issues)
        {
            _issues.Add(Issue.Error(code, diagnostics, _path.Expression(below), position));
        }
    }
}
