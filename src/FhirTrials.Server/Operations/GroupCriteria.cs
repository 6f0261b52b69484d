using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Storage;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping;
using FhirTrials.Trials.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>What else is asked of a Group of eligibility: all of it as one expression, and
/// what changed between versions.</summary>
static class GroupCriteria
{
    const string Group = "Group";

    /// <summary><c>GET Group/[id]/$as-expression</c>: the Group with HL7's <c>characteristicExpression</c> in place of
    /// its characteristics, which that extension excludes. It is made on request and not stored.</summary>
    public static async Task<IResult> AsExpression(
        string id, FhirDefinitions definitions, ResourceStore store, CancellationToken ct)
    {
        var group = Parse(await Read.Current(Group, id, store, ct), definitions);
        var name = group.ValueOf("name") ?? id;
        var derived = new JsonObject
        {
            ["resourceType"] = Group,
            ["text"] = new JsonObject
            {
                ["status"] = "generated",
                ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{HtmlEncoder.Default.Encode(name)}, as one "
                    + "expression</div>",
            },
            ["extension"] = new JsonArray(new JsonObject
            {
                ["url"] = EligibilityExtensions.CharacteristicExpression,
                ["valueExpression"] = new JsonObject
                {
                    ["description"] = name,
                    ["language"] = "text/fhirpath",
                    ["expression"] = GroupExpression.Of(StudyEligibilityReader.Read(group)),
                },
            }),
            ["type"] = group.ValueOf("type") ?? "person",
            ["actual"] = false,
            ["name"] = name,
        };
        return new FhirResult(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(derived));
    }

    /// <summary><c>GET Group/[id]/$criteria-diff?from=1&amp;to=2</c>: criterion by criterion what changed.</summary>
    public static async Task<IResult> Diff(
        string id, HttpRequest request, FhirDefinitions definitions, ResourceStore store, CancellationToken ct)
    {
        var current = await Read.Current(Group, id, store, ct);
        var to = Version(request, "to") ?? current.Version;
        var from = Version(request, "from") ?? Math.Max(1, to - 1);
        var diff = CriteriaDiff.Of(await Of(from), await Of(to));
        return new FhirResult(
            StatusCodes.Status200OK, ResourceJson.Write("Parameters", json => Write(json, from, to, diff)));

        async Task<Element> Of(int version) =>
            await store.VRead(Group, id, version, ct) is { IsDeleted: false } found
                ? Parse(found, definitions)
                : throw new FhirException(
                    Issue.Error(IssueCode.NotFound, $"There is no version {version} of {Group}/{id}."));
    }

    static void Write(Utf8JsonWriter json, int from, int to, CriteriaDiff diff)
    {
        json.WriteStartArray("parameter");
        Text(json, "from", "valueString", $"{from}");
        Text(json, "to", "valueString", $"{to}");
        json.WriteStartObject();
        json.WriteString("name", "unchanged");
        json.WriteNumber("valueInteger", diff.Unchanged);
        json.WriteEndObject();
        foreach (var change in diff.Changes)
        {
            json.WriteStartObject();
            json.WriteString("name", "change");
            json.WriteStartArray("part");
            Text(json, "kind", "valueCode", change.Change switch
            {
                CriterionChange.Added => "added",
                CriterionChange.Removed => "removed",
                CriterionChange.TextChanged => "text-changed",
                CriterionChange.ReadingChanged => "reading-changed",
            });
            Text(json, "section", "valueCode", (change.To ?? change.From)!.Section switch
            {
                CriterionSection.Inclusion => "inclusion",
                CriterionSection.Exclusion => "exclusion",
            });
            Text(json, "from", "valueString", change.From?.Text);
            Text(json, "to", "valueString", change.To?.Text);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void Text(Utf8JsonWriter json, string name, string type, string? value)
    {
        if (value is not null)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString(type, value);
            json.WriteEndObject();
        }
    }

    static int? Version(HttpRequest request, string name) =>
        request.Query[name].ToString() is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : throw new FhirException(
            Issue.Error(IssueCode.Value, $"{name} must be the number of a version.", $"http.{name}"));

    static Element Parse(StoredResource stored, FhirDefinitions definitions) =>
        FhirJson.Read(stored.Json.Span, definitions.Types, ReadLimits.Stored).Resource!;
}
