using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Storage.Writing;

/// <summary>The server's part of a resource: <c>id</c>, <c>meta.versionId</c> and <c>meta.lastUpdated</c>.</summary>
static class Stamp
{
    const string Instant = "yyyy-MM-ddTHH:mm:ss.fffZ";

    /// <summary>The resource under that id, without the server's part of <c>meta</c>: what tells a change.</summary>
    public static Element Content(Element resource, string id)
    {
        var meta = resource.Child("meta");
        var rest = meta?.Children.RemoveAll(c => c.Name is "versionId" or "lastUpdated") ?? [];
        return Rebuild(resource, id, rest.IsEmpty ? null : meta!.With(rest));
    }

    /// <param name="content">What <see cref="Content"/> gave.</param>
    public static Element Version(Element content, int version, DateTimeOffset lastUpdated)
    {
        var definition = Definition(content.Type, "meta");
        var type = definition.Types[0].Type;
        var meta = content.Child("meta") ?? new Element(definition, "meta", type, null, []);
        var ids = meta.Children.TakeWhile(c => c.Name is "id" or "extension").ToImmutableArray();
        return Rebuild(content, content.Id!, meta.With(
        [
            .. ids,
            Primitive(type, "versionId", version.ToString(CultureInfo.InvariantCulture)),
            Primitive(type, "lastUpdated", lastUpdated.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture)),
            .. meta.Children.Skip(ids.Length),
        ]));
    }

    public static byte[] Hash(Element content) => SHA256.HashData(FhirJson.ToUtf8Bytes(content));

    static Element Rebuild(Element resource, string id, Element? meta)
    {
        var rest = resource.Children.Where(c => c.Name is not ("id" or "meta"));
        return resource.With([Primitive(resource.Type, "id", id), .. meta is null ? [] : new[] { meta }, .. rest]);
    }

    static Element Primitive(FhirType parent, string name, string value)
    {
        var definition = Definition(parent, name);
        return new(definition, name, definition.Types[0].Type, value, []);
    }

    static ElementDefinition Definition(FhirType type, string name) =>
        type.Element(name) ?? throw new InvalidOperationException($"{type.Name} has no element {name}.");
}
