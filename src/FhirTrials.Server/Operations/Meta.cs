using System.Collections.Immutable;
using System.Text.Json;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;

namespace FhirTrials.Server.Operations;

/// <summary>$meta, $meta-add and $meta-delete: profiles, tags and security labels —
/// https://hl7.org/fhir/R4/resource-operation-meta.html. A change is a new version, as any other.</summary>
static class Meta
{
    /// <summary>What belongs to the client; versionId and lastUpdated are the server's.</summary>
    static readonly string[] Labels = ["profile", "security", "tag"];

    /// <summary><c>$meta</c>: the labels in use on the server.</summary>
    public static Task<IResult> OfSystem(ServedTypes types, ResourceStore store, CancellationToken ct) =>
        InUse(types.Names, store, ct);

    /// <summary><c>[type]/$meta</c>: those in use on resources of the type.</summary>
    public static Task<IResult> OfType(string type, ResourceStore store, CancellationToken ct) =>
        InUse([type], store, ct);

    /// <summary><c>[type]/[id]/$meta</c></summary>
    public static async Task<IResult> Get(
        string type, string id, FhirDefinitions definitions, ResourceStore store, CancellationToken ct) =>
        Answer(await Read.Current(type, id, store, ct), definitions);

    /// <summary><c>[type]/[id]/_history/[version]/$meta</c></summary>
    public static async Task<IResult> GetVersion(
        string type, string id, string version, FhirDefinitions definitions, ResourceStore store,
        CancellationToken ct) =>
        Answer(await VRead.Find(type, id, version, store, ct), definitions);

    /// <summary><c>[type]/[id]/$meta-add</c>: what is there already is not added again.</summary>
    public static Task<IResult> Add(
        string type, string id, HttpRequest request, FhirBody body, FhirDefinitions definitions, Validator validator,
        ResourceStore store, CancellationToken ct) =>
        Edit(
            type, id, request, body, definitions, validator, store,
            (has, given) => [.. has, .. given.Where(g => !has.Any(h => Same(h, g)))], ct);

    /// <summary><c>[type]/[id]/$meta-delete</c>: what is not there need not be deleted.</summary>
    public static Task<IResult> Delete(
        string type, string id, HttpRequest request, FhirBody body, FhirDefinitions definitions, Validator validator,
        ResourceStore store, CancellationToken ct) =>
        Edit(
            type, id, request, body, definitions, validator, store,
            (has, given) => [.. has.Where(h => !given.Any(g => Same(h, g)))], ct);

    static async Task<IResult> Edit(
        string type,
        string id,
        HttpRequest request,
        FhirBody body,
        FhirDefinitions definitions,
        Validator validator,
        ResourceStore store,
        Func<ImmutableArray<Element>, ImmutableArray<Element>, ImmutableArray<Element>> edit,
        CancellationToken ct)
    {
        var ifMatch = await EntityTag.IfMatch(request, type, id, store, ct);
        var given = Given(await body.Read(request, "Parameters", ct));
        var written = await Change.Write(
            () => Read.Current(type, id, store, ct), ifMatch, Edited, FhirUrl.Base(request), validator, store, ct);
        return Answer(written.Resource!, definitions);

        Element Edited(StoredResource current)
        {
            var resource = FhirJson.Read(current.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;
            var meta = resource.Child("meta")!;
            foreach (var label in Labels)
            {
                meta = meta.With(label, edit([.. meta[label]], [.. given[label]]).AsSpan());
            }

            return resource.With("meta", meta);
        }
    }

    static Element Given(Element parameters) =>
        parameters["parameter"].FirstOrDefault(p => p.ValueOf("name") == "meta")
            ?.Child("value") is { Type.Name: "Meta" } meta
            ? meta
            : throw new FhirException(Issue.Error(
                IssueCode.Required,
                "The parameter meta is missing: a valueMeta with profiles, tags or security labels.",
                "Parameters.parameter.where(name = 'meta')"));

    static bool Same(Element a, Element b) =>
        a.Value == b.Value && a.ValueOf("system") == b.ValueOf("system") && a.ValueOf("code") == b.ValueOf("code");

    static async Task<IResult> InUse(IEnumerable<string> types, ResourceStore store, CancellationToken ct)
    {
        var labels = await store.Labels(types, ct);
        return new FhirResult(StatusCodes.Status200OK, Returned(json =>
        {
            json.WriteStartObject();
            WriteEach(json, "profile", labels.Profiles, json.WriteStringValue);
            WriteEach(json, "security", labels.Security, code => WriteCoding(json, code));
            WriteEach(json, "tag", labels.Tags, code => WriteCoding(json, code));
            json.WriteEndObject();
        }));
    }

    static FhirResult Answer(StoredResource resource, FhirDefinitions definitions)
    {
        var meta = FhirJson.Read(resource.Json.Span, definitions.Types, ReadLimits.Stored).Resource!.Child("meta")!;
        return new FhirResult(StatusCodes.Status200OK, Returned(json => FhirJson.Write(json, meta)))
        {
            Version = resource.Version,
            LastModified = resource.LastUpdated,
        };
    }

    /// <param name="meta">Writes the Meta.</param>
    static ReadOnlyMemory<byte> Returned(Action<Utf8JsonWriter> meta) => ResourceJson.Write("Parameters", json =>
    {
        json.WriteStartArray("parameter");
        json.WriteStartObject();
        json.WriteString("name", "return");
        json.WritePropertyName("valueMeta");
        meta(json);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>An array; left out where it would be empty.</summary>
    static void WriteEach<T>(Utf8JsonWriter json, string property, ImmutableArray<T> items, Action<T> write)
    {
        if (items.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(property);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    static void WriteCoding(Utf8JsonWriter json, (string? System, string Code) coding)
    {
        json.WriteStartObject();
        if (coding.System is not null)
        {
            json.WriteString("system", coding.System);
        }

        json.WriteString("code", coding.Code);
        json.WriteEndObject();
    }
}
