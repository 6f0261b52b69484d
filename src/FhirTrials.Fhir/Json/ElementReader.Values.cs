using System.Text.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Json;

/// <summary>Values of properties: repetitions, and the two halves of a primitive (<c>given</c> and
/// <c>_given</c>).</summary>
ref partial struct ElementReader
{
    /// <summary>Reads a property's value: an array where the element repeats, else a single item.</summary>
    void ReadValues(int at, bool isExtras)
    {
        var definition = _slots[at].Definition;
        var count = 0;
        if (_json.TokenType == JsonTokenType.StartArray)
        {
            if (!definition.IsArray)
            {
                Report(IssueCode.Structure, "The property must not be an array: the element does not repeat.");
                _json.Skip();
                return;
            }

            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                _path.Index(count);
                ReadItem(at, count++, isExtras);
            }

            _path.Index(-1);
            if (count == 0)
            {
                Report(IssueCode.Structure, "An array must not be empty; leave the property out instead.");
            }
        }
        else if (_json.TokenType == JsonTokenType.Null)
        {
            Report(IssueCode.Structure, "A property must not be null; leave it out instead.");
        }
        else
        {
            if (definition.IsArray)
            {
                Report(IssueCode.Structure, "The property must be an array: the element may repeat.");
                _path.Index(0);
            }

            ReadItem(at, count++, isExtras);
            _path.Index(-1);
        }

        if (count > definition.Max)
        {
            Report(
                IssueCode.Structure, $"The element may be given {definition.Max} times, but is given {count} times.");
        }

        var slot = _slots[at];
        (slot.Values, slot.Extras) = isExtras ? (slot.Values, count) : (count, slot.Extras);
        _slots[at] = slot;
    }

    void ReadItem(int at, int index, bool isExtras)
    {
        var (definition, type) = (_slots[at].Definition, _slots[at].Type);
        var position = Here();
        CountElement();
        if (_json.TokenType == JsonTokenType.Null)
        {
            ReadNull(at, index, position);
        }
        else if (isExtras)
        {
            var children = _json.TokenType == JsonTokenType.StartObject
                ? ReadChildren(type, isResource: false)
                : Misplaced("an object");
            var literal = At(at, index);
            Put(at, index, children.IsEmpty && literal is null or { Value: null }
                ? Unreadable
                : new Element(
                    definition, definition.Name, type, literal?.Value, children,
                    literal?.Value is null ? position : literal.Position));
        }
        else if (type.Primitive is { } primitive)
        {
            var literal = ReadLiteral(definition, primitive);
            var extras = At(at, index) is { Children: var children } ? children : [];
            Put(at, index, literal is null && extras.IsEmpty
                ? Unreadable
                : new Element(definition, definition.Name, type, literal, extras, position));
        }
        else if (_json.TokenType != JsonTokenType.StartObject)
        {
            Misplaced("an object");
        }
        else if (type.Kind == FhirTypeKind.Resource)
        {
            if (ReadResource(definition.Name, null) is { } resource)
            {
                Put(at, _slots[at].Count, resource);
            }
        }
        else
        {
            Put(
                at, _slots[at].Count,
                new Element(definition, definition.Name, type, null, ReadChildren(type, isResource: false), position));
        }
    }

    /// <summary>Null only fills the gaps of the parallel arrays of a repeating primitive.</summary>
    void ReadNull(int at, int index, SourcePosition position)
    {
        var (definition, type) = (_slots[at].Definition, _slots[at].Type);
        if (type.Primitive is null || !definition.IsArray)
        {
            Report(IssueCode.Structure, "A property must not be null; leave it out instead.");
            return;
        }

        if (At(at, index) is null)
        {
            Put(at, index, new Element(definition, definition.Name, type, null, [], position));
        }
    }

    /// <summary>The repetition of an open property that was read before from its other half (<c>_given</c> of
    /// <c>given</c>).</summary>
    readonly Element? At(int at, int index) => index < _slots[at].Count ? _done[_slots[at].Start + index] : null;

    void Put(int at, int index, Element element)
    {
        var slot = _slots[at];
        if (index < slot.Count)
        {
            _done[slot.Start + index] = element;
        }
        else if (slot.Start + slot.Count == _done.Count)
        {
            _done.Add(element);
            slot.Count++;
            _slots[at] = slot;
        }

        // Otherwise its other half was shorter, which CheckParallel reports.
    }

    void CheckParallel(int at, SourcePosition position)
    {
        var slot = _slots[at];
        if (slot is { Values: >= 0, Extras: >= 0 } && slot.Values != slot.Extras)
        {
            Report(
                IssueCode.Structure,
                $"{slot.Definition.Name} and _{slot.Definition.Name} must be equally long; fill the gaps with null.",
                position);
        }
    }

    /// <summary>Drops what has neither value nor children, once both halves of each property are read.</summary>
    void CloseSlots(int firstSlot)
    {
        for (var at = _slots.Count - 1; at >= firstSlot; at--)
        {
            if (_slots[at].Type.IsPrimitive)
            {
                DropBlanks(_slots[at]);
            }
        }

        _slots.RemoveRange(firstSlot, _slots.Count - firstSlot);
    }

    /// <summary>Closes the gaps of one property in one go: a million nulls must not
    /// move the rest a million times.</summary>
    void DropBlanks(Slot slot)
    {
        var kept = 0;
        for (var index = 0; index < slot.Count; index++)
        {
            var element = _done[slot.Start + index];
            if (element.Value is not null || !element.Children.IsEmpty)
            {
                _done[slot.Start + kept++] = element;
            }
            else if (!ReferenceEquals(element, Unreadable))
            {
                _path.Push(slot.Definition.Name, slot.Definition.IsArray ? index : -1);
                Report(IssueCode.Structure, "A null needs an id or extension beside it.", element.Position);
                _path.Pop();
            }
        }

        _done.RemoveRange(slot.Start + kept, slot.Count - kept);
    }
}
