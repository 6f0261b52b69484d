using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>An operation of a JSON Patch — https://www.rfc-editor.org/rfc/rfc6902#section-4</summary>
/// <param name="Place">What names it in an issue: <c>patch[0]</c>.</param>
abstract record JsonPatchOperation(JsonPointer Path, string Place)
{
    public sealed record Add(JsonPointer Path, JsonNode? Value, string Place) : JsonPatchOperation(Path, Place);

    public sealed record Remove(JsonPointer Path, string Place) : JsonPatchOperation(Path, Place);

    public sealed record Replace(JsonPointer Path, JsonNode? Value, string Place) : JsonPatchOperation(Path, Place);

    public sealed record Move(JsonPointer From, JsonPointer Path, string Place) : JsonPatchOperation(Path, Place);

    public sealed record Copy(JsonPointer From, JsonPointer Path, string Place) : JsonPatchOperation(Path, Place);

    public sealed record Test(JsonPointer Path, JsonNode? Value, string Place) : JsonPatchOperation(Path, Place);

    /// <summary>Reads one operation; members that it does not define are ignored, as the RFC demands.</summary>
    public static bool TryRead(
        JsonNode? node,
        string place,
        [NotNullWhen(true)] out JsonPatchOperation? operation,
        [NotNullWhen(false)] out Issue? issue)
    {
        (operation, issue) = node is JsonObject members
            ? Read(members, place)
            : (null, Malformed("An operation must be a JSON object.", place));
        return operation is not null;
    }

    static (JsonPatchOperation?, Issue?) Read(JsonObject members, string place)
    {
        if (Pointer(members, "path") is not { } path)
        {
            return (null, Malformed("An operation needs a path, which is a JSON pointer such as /name/0.", place));
        }

        var hasValue = members.TryGetPropertyValue("value", out var value);
        var from = Pointer(members, "from");
        return (Text(members, "op"), hasValue, from) switch
        {
            ("add", true, _) => (new Add(path, value, place), null),
            ("remove", _, _) => (new Remove(path, place), null),
            ("replace", true, _) => (new Replace(path, value, place), null),
            ("move", _, not null) => (new Move(from, path, place), null),
            ("copy", _, not null) => (new Copy(from, path, place), null),
            ("test", true, _) => (new Test(path, value, place), null),
            ("add" or "replace" or "test", _, _) => (null, Malformed("The operation needs a value.", place)),
            ("move" or "copy", _, _) => (null, Malformed("The operation needs a JSON pointer 'from'.", place)),
            _ => (null, Malformed("The op must be add, remove, replace, move, copy or test.", place)),
        };
    }

    static JsonPointer? Pointer(JsonObject members, string name) =>
        Text(members, name) is { } text ? JsonPointer.TryParse(text) : null;

    static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;

    static Issue Malformed(string diagnostics, string place) => Issue.Error(IssueCode.Invalid, diagnostics, place);
}
