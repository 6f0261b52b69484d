using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Writing;

/// <summary>A resource as it will be stored, but for the server's part of <c>meta</c>: <c>versionId</c> and
/// <c>lastUpdated</c> are known only once it is its turn to be written.</summary>
/// <param name="Before">The JSON before that part.</param>
/// <param name="After">The JSON after it.</param>
/// <param name="Hash">SHA-256 of both: tells a change.</param>
sealed record Draft(ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After, byte[] Hash)
{
    /// <summary>No resource that was read has a question mark as an id.</summary>
    const string OpenVersion = "?";

    static ReadOnlySpan<byte> OpenPart => """
        "versionId":"?","lastUpdated":"?"
        """u8;

    public static Draft Of(Element resource, string id)
    {
        var json = FhirJson.ToUtf8Bytes(Open(resource, id));
        var at = json.AsSpan().IndexOf(OpenPart);
        var (before, after) = (json.AsMemory(0, at), json.AsMemory(at + OpenPart.Length));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before.Span);
        hash.AppendData(after.Span);
        return new(before, after, hash.GetHashAndReset());
    }

    /// <summary>The JSON of a version.</summary>
    public byte[] Version(int version, DateTimeOffset lastUpdated)
    {
        Span<byte> part = stackalloc byte[80];
        System.Text.Unicode.Utf8.TryWrite(
            part,
            CultureInfo.InvariantCulture,
            $"\"versionId\":\"{version}\",\"lastUpdated\":\"{lastUpdated.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\"",
            out var length);
        return [.. Before.Span, .. part[..length], .. After.Span];
    }

    static Element Open(Element resource, string id)
    {
        var definition = Definition(resource.Type, "meta");
        var type = definition.Types[0].Type;
        var meta = resource.Child("meta") ?? new Element(definition, "meta", type, null, []);
        var kept = meta.Children.RemoveAll(c => c.Name is "versionId" or "lastUpdated");
        var ids = kept.TakeWhile(c => c.Name is "id" or "extension").ToImmutableArray();
        var rest = resource.Children.Where(c => c.Name is not ("id" or "meta"));
        return resource.With(
        [
            Primitive(resource.Type, "id", id),
            meta.With(
            [
                .. ids, Primitive(type, "versionId", OpenVersion), Primitive(type, "lastUpdated", OpenVersion),
                .. kept.Skip(ids.Length),
            ]),
            .. rest,
        ]);
    }

    static Element Primitive(FhirType parent, string name, string value)
    {
        var definition = Definition(parent, name);
        return new(definition, name, definition.Types[0].Type, value, []);
    }

    static ElementDefinition Definition(FhirType type, string name) =>
        type.Element(name) ?? throw new InvalidOperationException($"{type.Name} has no element {name}.");
}
