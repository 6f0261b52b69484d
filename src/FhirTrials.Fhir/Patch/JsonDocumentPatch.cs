using System.Text.Json.Nodes;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>A JSON document that is being patched — https://www.rfc-editor.org/rfc/rfc6902. After an issue it is to be
/// thrown away.</summary>
/// <param name="budget">How many characters the operations may copy and move in all.</param>
/// <param name="maxDepth">How many arrays and objects may stand within one another.</param>
sealed class JsonDocumentPatch(JsonNode? root, long budget, int maxDepth)
{
    readonly List<JsonNode> _emptied = [];
    long _left = budget;

    public JsonNode? Root { get; private set; } = root;

    /// <summary>Applies one operation; an issue where that cannot be done.</summary>
    public Issue? Apply(JsonPatchOperation operation) => operation switch
    {
        JsonPatchOperation.Add add => Add(add.Path, add.Value, add.Place),
        JsonPatchOperation.Remove remove => Remove(remove.Path, remove.Place),
        JsonPatchOperation.Replace replace => Replace(replace.Path, replace.Value, replace.Place),
        JsonPatchOperation.Move move => Move(move),
        JsonPatchOperation.Copy copy => copy.From.TryFind(Root, out var value)
            ? Pay(value, copy.Place) ?? Add(copy.Path, value, copy.Place)
            : Nothing("from", copy.Place),
        JsonPatchOperation.Test test => Test(test),
        _ => throw new InvalidOperationException($"{operation.GetType()} is no operation."),
    };

    /// <summary>Drops the arrays and objects that a removal left without content, which FHIR does not know.</summary>
    public void Prune()
    {
        foreach (var emptied in _emptied)
        {
            for (var node = emptied; IsEmpty(node) && node.Parent is { } parent; node = parent)
            {
                if (parent is JsonArray items)
                {
                    items.Remove(node);
                }
                else
                {
                    parent.AsObject().Remove(node.GetPropertyName());
                }
            }
        }
    }

    Issue? Test(JsonPatchOperation.Test test) =>
        !test.Path.TryFind(Root, out var node) ? Nothing("path", test.Place)
        : AreEqual(node, test.Value) ? null
        : Issue.Error(IssueCode.Conflict, "The value at the path is not the one that is tested for.", test.Place);

    static bool AreEqual(JsonNode? node, JsonNode? value)
    {
        try
        {
            return JsonNode.DeepEquals(node, value);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A number whose exponent does not fit in 32 bits cannot be compared: it is not known to be equal.
            return false;
        }
    }

    Issue? Move(JsonPatchOperation.Move move)
    {
        if (!move.From.TryFind(Root, out var value))
        {
            return Nothing("from", move.Place);
        }

        if (move.Path.IsWithin(move.From))
        {
            return move.Path.Tokens.Length == move.From.Tokens.Length
                ? null
                : Issue.Error(IssueCode.Processing, "A value cannot be moved into itself.", move.Place);
        }

        return Pay(value, move.Place) ?? Remove(move.From, move.Place) ?? Add(move.Path, value, move.Place);
    }

    Issue? Add(JsonPointer path, JsonNode? value, string place)
    {
        if (TooDeep(path, value, place) is { } refused)
        {
            return refused;
        }

        var copy = value?.DeepClone();
        if (path.IsRoot)
        {
            Root = copy;
            return null;
        }

        switch (path.Container(Root))
        {
            case JsonObject members:
                members[path.Last] = copy;
                return null;
            case JsonArray items when path.Last == "-":
                items.Add(copy);
                return null;
            case JsonArray items when JsonPointer.TryIndex(path.Last, items.Count + 1, out var index):
                items.Insert(index, copy);
                return null;
            default:
                return Nothing("path", place);
        }
    }

    Issue? Remove(JsonPointer path, string place)
    {
        if (path.IsRoot)
        {
            return Issue.Error(IssueCode.Processing, "The whole document cannot be removed.", place);
        }

        var container = path.Container(Root);
        switch (container)
        {
            case JsonObject members when members.Remove(path.Last):
                break;
            case JsonArray items when JsonPointer.TryIndex(path.Last, items.Count, out var index):
                items.RemoveAt(index);
                break;
            default:
                return Nothing("path", place);
        }

        if (IsEmpty(container))
        {
            _emptied.Add(container);
        }

        return null;
    }

    Issue? Replace(JsonPointer path, JsonNode? value, string place)
    {
        if (!path.TryFind(Root, out _))
        {
            return Nothing("path", place);
        }

        if (path.IsRoot || path.Container(Root) is not JsonArray items)
        {
            return Add(path, value, place);
        }

        if (TooDeep(path, value, place) is { } refused)
        {
            return refused;
        }

        JsonPointer.TryIndex(path.Last, items.Count, out var index);
        items[index] = value?.DeepClone();
        return null;
    }

    /// <summary>Pays for a copy, so that copies of copies stay bounded.</summary>
    Issue? Pay(JsonNode? value, string place)
    {
        _left -= JsonSize.Of(value).Characters;
        return _left < 0
            ? Issue.Error(IssueCode.TooLong, $"The operations copy and move more than the resource allows for.", place)
            : null;
    }

    Issue? TooDeep(JsonPointer path, JsonNode? value, string place) =>
        path.Tokens.Length + JsonSize.Of(value).Depth > maxDepth
            ? Issue.Error(IssueCode.TooLong, $"The result would nest deeper than {maxDepth} levels.", place)
            : null;

    static bool IsEmpty(JsonNode node) => node is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    static Issue Nothing(string member, string place) =>
        Issue.Error(IssueCode.Processing, $"There is nothing at '{member}' of the operation.", place);
}
