using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>JSON Patch of a resource's JSON — https://www.rfc-editor.org/rfc/rfc6902</summary>
public static class JsonPatch
{
    const string Name = "patch";

    /// <summary>How many characters copies and moves may put into a small resource; a large one allows for twice its
    /// own size more.</summary>
    const int MaxCopied = 1 << 20;

    /// <summary>Applies all operations or none. An issue names its operation by its index: <c>patch[2]</c>; an
    /// issue about the result has the element's path.</summary>
    /// <param name="patch">The UTF-8 JSON array of operations.</param>
    public static PatchResult Apply(
        Element resource, ReadOnlySpan<byte> patch, FhirTypes types, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        if (Read(patch, limits, out var operations) is { } malformed)
        {
            return PatchResult.Refused(malformed);
        }

        var json = FhirJson.ToUtf8Bytes(resource);
        var root = JsonNode.Parse(json, documentOptions: FhirJson.DocumentOptions);
        var document = new JsonDocumentPatch(root, MaxCopied + 2L * json.Length, ReadLimits.MaxJsonDepth);
        if (Apply(document, operations) is { } refused)
        {
            return PatchResult.Refused(refused);
        }

        document.Prune();
        var patched = JsonSerializer.SerializeToUtf8Bytes(document.Root, FhirJson.SerializerOptions);
        return PatchResult.Read(resource, patched, Name, types, limits);
    }

    /// <summary>Applies operations in order, up to the first that cannot be.</summary>
    internal static Issue? Apply(JsonDocumentPatch document, ImmutableArray<JsonPatchOperation> operations)
    {
        foreach (var operation in operations)
        {
            if (document.Apply(operation) is { } issue)
            {
                return issue;
            }
        }

        return null;
    }

    /// <summary>Reads the operations; an issue where they are malformed.</summary>
    internal static Issue? Read(
        ReadOnlySpan<byte> utf8, ReadLimits limits, out ImmutableArray<JsonPatchOperation> operations)
    {
        operations = [];
        if (utf8.Length > limits.Bytes)
        {
            return Issue.Error(IssueCode.TooLong, $"The patch is longer than {limits.Bytes} bytes.", Name);
        }

        if (Parse(utf8) is not JsonArray items)
        {
            return Issue.Error(
                IssueCode.Structure,
                "A JSON Patch is a JSON array of operations, without repeated member names.",
                Name);
        }

        if (items.Count > PatchResult.MaxOperations)
        {
            return PatchResult.TooManyOperations(Name);
        }

        var read = ImmutableArray.CreateBuilder<JsonPatchOperation>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (!JsonPatchOperation.TryRead(items[i], $"{Name}[{i}]", out var operation, out var issue))
            {
                return issue;
            }

            read.Add(operation);
        }

        operations = read.DrainToImmutable();
        return null;
    }

    /// <summary>The JSON tree, every text of which is sound; null where there is none.</summary>
    static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return null;
        }

        try
        {
            var options = FhirJson.DocumentOptions with { AllowDuplicateProperties = false };
            var node = JsonNode.Parse(utf8, documentOptions: options);
            // Texts are unescaped when they are first read: halves of surrogate pairs show themselves now, not later.
            _ = JsonSize.Of(node);
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
