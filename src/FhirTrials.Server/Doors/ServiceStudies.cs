using System.Text.Json.Nodes;
using FhirTrials.Fhir.Json;
using FhirTrials.Storage;

namespace FhirTrials.Server.Doors;

/// <summary>Studies as MITRE's app reads them: what they refer to is contained, and what it shows is in the texts that
/// it looks at — https://github.com/mcode/clinical-trial-matching-app (src/components/Results/utils.ts).</summary>
sealed class ServiceStudies(ResourceStore store)
{
    const string StudyTypes = "http://fhirtrials.org/fhir/CodeSystem/registry-study-type";

    const string CriteriaText = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Group.description";

    static readonly string[] Referring = ["protocol", "site", "enrollment"];

    /// <summary>What only a resource of its own has.</summary>
    static readonly string[] NotContained = ["meta", "text", "contained"];

    /// <summary>In the order given.</summary>
    public async Task<IReadOnlyList<JsonObject>> Of(IReadOnlyCollection<StoredResource> stored, CancellationToken ct)
    {
        var studies = stored.Select(Parse).ToList();
        var parts = await Read(studies.SelectMany(References), ct);
        var activities = await Read(
            parts.Values.SelectMany(p => Each(p, "action")).Select(a => Text(a, "definitionCanonical"))
                .OfType<string>().Select(ActivityOf), ct);
        studies.ForEach(study => Fill(study, parts, activities));
        return studies;
    }

    static void Fill(
        JsonObject study, IReadOnlyDictionary<string, JsonObject> parts,
        IReadOnlyDictionary<string, JsonObject> activities)
    {
        var contained = new JsonArray([.. Each(study, "contained").Select(c => c.DeepClone())]);
        if (study["sponsor"] is JsonObject sponsor)
        {
            Contain(sponsor, "sponsor");
        }

        foreach (var (i, site) in Each(study, "site").Index())
        {
            Contain(site, FormattableString.Invariant($"location-{i}"));
        }

        study["protocol"] = new JsonArray([.. Plans(study, parts, activities).Select((plan, i) =>
        {
            plan["id"] = FormattableString.Invariant($"plan-{i}");
            contained.Add(plan);
            return new JsonObject { ["reference"] = $"#{plan["id"]}" };
        })]);
        foreach (var enrollment in Each(study, "enrollment"))
        {
            enrollment["display"] =
                Criteria(Text(enrollment, "reference") is { } at ? parts.GetValueOrDefault(at) : null);
        }

        // An arm of the profile is one plan, not several.
        (study["meta"] as JsonObject)?.Remove("profile");
        study["contained"] = contained;
        RemoveEmpty(study, "contained", "protocol");
        SetTexts(study);

        void Contain(JsonObject reference, string id)
        {
            if (Text(reference, "reference") is { } at && parts.TryGetValue(at, out var part))
            {
                var copy = part.DeepClone().AsObject();
                Array.ForEach(NotContained, name => copy.Remove(name));
                copy["id"] = id;
                contained.Add(copy);
                reference["reference"] = $"#{id}";
            }
        }
    }

    /// <summary>One for each intervention of each arm; which arm, its <c>subjectCodeableConcept</c> says.</summary>
    static IEnumerable<JsonObject> Plans(
        JsonObject study, IReadOnlyDictionary<string, JsonObject> parts,
        IReadOnlyDictionary<string, JsonObject> activities)
    {
        foreach (var reference in Each(study, "protocol"))
        {
            if (Text(reference, "reference") is not { } at || !parts.TryGetValue(at, out var plan))
            {
                continue;
            }

            var arm = Each(study, "arm")
                .FirstOrDefault(a => Each(a, "extension").Any(e => Text(e["valueReference"], "reference") == at));
            var name = Text(arm, "name") ?? Text(plan, "title");
            foreach (var action in Each(plan, "action").DefaultIfEmpty(plan))
            {
                var activity = Text(action, "definitionCanonical") is { } url && ActivityOf(url) is var key
                    ? activities.GetValueOrDefault($"{key.Type}/{key.Id}") : null;
                yield return Plan(
                    name, Text(activity, "title") ?? Text(action, "title"), Text(activity, "subtitle"),
                    Each(activity, "topic").Select(DisplayOf).FirstOrDefault(),
                    Text(activity, "description") ?? Text(action, "description"));
            }
        }
    }

    static JsonObject Plan(string? arm, string? title, string? subtitle, string? type, string? description)
    {
        var plan = new JsonObject { ["resourceType"] = "PlanDefinition", ["id"] = "", ["status"] = "unknown" };
        Set("title", title);
        Set("subtitle", subtitle);
        Set("type", type is null ? null : new JsonObject { ["text"] = type });
        Set("subjectCodeableConcept", arm is null ? null : new JsonObject { ["text"] = arm });
        Set("description", description);
        return plan;

        void Set(string name, JsonNode? value)
        {
            if (value is not null)
            {
                plan[name] = value;
            }
        }
    }

    /// <summary>The page's own words, or those of each characteristic.</summary>
    static string Criteria(JsonObject? group) =>
        Each(group, "extension").Where(e => Text(e, "url") == CriteriaText)
            .Select(e => Text(e, "valueMarkdown")).FirstOrDefault()
        ?? (Each(group, "characteristic").Select(c => Text(c["code"], "text")).OfType<string>()
            .ToList() is { Count: > 0 } texts
            ? string.Join('\n', texts) : "The criteria are not stated.");

    /// <summary>The app shows the texts of concepts alone, and takes the type of a
    /// study from one that begins so.</summary>
    static void SetTexts(JsonObject study)
    {
        foreach (var concept in Each(study, "category"))
        {
            if (Each(concept, "coding").FirstOrDefault(c => Text(c, "system") == StudyTypes) is { } type)
            {
                concept["text"] = $"Study Type: {Text(type, "display") ?? Text(type, "code")}";
            }
        }

        var concepts = Each(study, "condition").Concat(Each(study, "keyword"))
            .Concat(Each(study, "arm").Select(a => a["type"]).OfType<JsonObject>())
            .Append(study["phase"]).OfType<JsonObject>();
        foreach (var concept in concepts)
        {
            concept["text"] ??= DisplayOf(concept) ?? "";
        }
    }

    static string? DisplayOf(JsonObject concept) =>
        Text(concept, "text")
        ?? Each(concept, "coding").Select(c => Text(c, "display") ?? Text(c, "code")).FirstOrDefault();

    static IEnumerable<(string Type, string Id)> References(JsonObject study) =>
        Referring.SelectMany(name => Each(study, name)).Append(study["sponsor"]).OfType<JsonObject>()
            .Select(r => Text(r, "reference")?.Split('/')).OfType<string[]>().Where(r => r.Length == 2)
            .Select(r => (r[0], r[1]));

    static (string Type, string Id) ActivityOf(string canonical) =>
        ("ActivityDefinition", canonical.Split('|')[0].Split('/')[^1]);

    /// <summary>By type and id; what is not there is left out.</summary>
    async Task<IReadOnlyDictionary<string, JsonObject>> Read(
        IEnumerable<(string Type, string Id)> named, CancellationToken ct) =>
        (await store.Read([.. named.Distinct()], ct)).Where(r => !r.IsDeleted)
            .ToDictionary(r => $"{r.Type}/{r.Id}", Parse, StringComparer.Ordinal);

    static void RemoveEmpty(JsonObject study, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (study[name] is JsonArray { Count: 0 })
            {
                study.Remove(name);
            }
        }
    }

    static JsonObject Parse(StoredResource stored) =>
        JsonNode.Parse(stored.Json.Span, documentOptions: FhirJson.DocumentOptions)!.AsObject();

    static IEnumerable<JsonObject> Each(JsonNode? parent, string name) =>
        parent?[name] is JsonArray array ? array.OfType<JsonObject>() : [];

    static string? Text(JsonNode? parent, string name) =>
        parent?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
