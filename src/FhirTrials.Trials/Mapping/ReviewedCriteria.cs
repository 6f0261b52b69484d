using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Trials.Mapping;

/// <summary>A person's word on criteria, kept when a study is imported again: a reviewed characteristic stays as it is
/// while its text is the same; where the text has changed the new reading stands and is marked
/// <c>review-needed</c>.</summary>
public static class ReviewedCriteria
{
    /// <summary>The mapped Group with what was reviewed in the stored one; the mapped
    /// one itself where nothing was.</summary>
    public static Element Keep(Element mapped, Element stored, FhirTypes types)
    {
        if (!stored["characteristic"].Any(IsReviewed))
        {
            return mapped;
        }

        var (group, before) = (FhirJson.ToJsonObject(mapped), FhirJson.ToJsonObject(stored));
        var later = group["characteristic"]?.AsArray() ?? [];
        var earlier = before["characteristic"]!.AsArray().Select(c => c!.AsObject())
            .Where(c => TextOf(c) is not null).ToImmutableArray();
        var contained = ById(before["contained"]?.AsArray() ?? []);
        var pairs = CriterionPairs.Of([.. earlier.Select(Key)], [.. later.Select(c => Key(c!.AsObject()))]);
        for (var at = 0; at < earlier.Length; at++)
        {
            if (pairs[at] is not { } place || Review(earlier[at]) is not { } review)
            {
                continue;
            }

            if (TextOf(earlier[at]) != TextOf(later[place]!.AsObject()))
            {
                Extensions(later[place]!.AsObject()).Add(Needed(review, TextOf(earlier[at])!));
            }
            else if (Part(review, "status") == "reviewed")
            {
                later[place] = Placed(earlier[at], later[place]!.AsObject(), group, contained);
            }
            else
            {
                Extensions(later[place]!.AsObject()).Add(review.DeepClone());
            }
        }

        return FhirJson.Read(group, types, ReadLimits.Stored).Resource
            ?? throw new InvalidOperationException("A Group with its reviews cannot be read.");
    }

    static bool IsReviewed(Element characteristic) => characteristic.Extension(EligibilityExtensions.Review) is not null
        || characteristic["extension"].Any(e => e.ValueOf("url") == EligibilityExtensions.Review);

    /// <summary>The reviewed characteristic at the place that its text has now, with the Groups it refers to.</summary>
    /// <param name="earlier">The contained resources of the stored Group, by id.</param>
    static JsonObject Placed(
        JsonObject reviewed, JsonObject mapped, JsonObject group, Dictionary<string, JsonObject> earlier)
    {
        var contained = group["contained"]?.AsArray() ?? [];
        foreach (var member in References(mapped, ById(contained)))
        {
            contained.Remove(member);
        }

        var copy = reviewed.DeepClone().AsObject();
        var members = References(copy, earlier);
        var number = Part(Extension(mapped, EligibilityExtensions.Source)!, "number");
        var renamed = members.Index().ToDictionary(m => (string)m.Item["id"]!, m => $"r{number}-{m.Index + 1}");
        foreach (var member in members.Select(m => m.DeepClone().AsObject()))
        {
            member["id"] = renamed[(string)member["id"]!];
            Rename(member, renamed);
            contained.Add((JsonNode)member);
        }

        Rename(copy, renamed);
        if (contained.Count == 0)
        {
            group.Remove("contained");
        }
        else if (contained.Parent is null)
        {
            group["contained"] = contained;
        }

        // Where the text stands is the registry's to say.
        foreach (var name in new[] { "number", "start", "length" })
        {
            Move(
                Extension(mapped, EligibilityExtensions.Source)!, Extension(copy, EligibilityExtensions.Source)!, name);
        }

        return copy;
    }

    static void Move(JsonObject from, JsonObject to, string name)
    {
        var parts = to["extension"]!.AsArray();
        var (given, old) = (PartOf(from, name), PartOf(to, name));
        if (given is not null && old is not null)
        {
            parts[parts.IndexOf(old)] = given.DeepClone();
        }
    }

    /// <summary>Of those with one id the first.</summary>
    static Dictionary<string, JsonObject> ById(JsonArray contained) =>
        contained.Select(c => c!.AsObject()).Where(c => c["id"] is not null).DistinctBy(c => (string)c["id"]!)
            .ToDictionary(c => (string)c["id"]!, StringComparer.Ordinal);

    /// <summary>The contained Groups that a characteristic refers to, and they in turn; each once.</summary>
    static List<JsonObject> References(JsonObject characteristic, Dictionary<string, JsonObject> contained)
    {
        var (found, open) = (new List<JsonObject>(), new Stack<JsonObject>([characteristic]));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var at))
        {
            if ((string?)at["valueReference"]?["reference"] is ['#', .. var id]
                && contained.TryGetValue(id, out var group) && seen.Add(id))
            {
                found.Add(group);
                foreach (var member in (group["characteristic"]?.AsArray() ?? []).Reverse())
                {
                    open.Push(member!.AsObject());
                }
            }
        }

        return found;
    }

    static void Rename(JsonObject node, Dictionary<string, string> renamed)
    {
        if ((string?)node["valueReference"]?["reference"] is ['#', ..] reference
            && renamed.TryGetValue(reference[1..], out var name))
        {
            node["valueReference"]!["reference"] = $"#{name}";
        }

        foreach (var member in node["characteristic"]?.AsArray() ?? [])
        {
            Rename(member!.AsObject(), renamed);
        }
    }

    static JsonObject Needed(JsonObject review, string text) => FhirNode.Extension(
        EligibilityExtensions.Review,
        [
            FhirNode.Extension("status", "valueCode", "review-needed"),
            FhirNode.Extension("by", "valueString", Part(review, "by") ?? "unknown"),
            FhirNode.Extension("date", "valueDateTime", Part(review, "date") ?? "1900"),
            FhirNode.Extension("text", "valueString", Part(review, "text") ?? text),
        ])!.ToJson();

    static CriterionText Key(JsonObject characteristic) =>
        new(TextOf(characteristic) ?? "", (bool?)characteristic["exclude"] is true);

    static string? TextOf(JsonObject characteristic) =>
        Extension(characteristic, EligibilityExtensions.Source) is { } source ? Part(source, "text") : null;

    static JsonObject? Review(JsonObject characteristic) => Extension(characteristic, EligibilityExtensions.Review);

    static JsonArray Extensions(JsonObject characteristic) => characteristic["extension"]!.AsArray();

    static JsonObject? Extension(JsonObject element, string url) =>
        element["extension"]?.AsArray().FirstOrDefault(e => (string?)e!["url"] == url)?.AsObject();

    static JsonObject? PartOf(JsonObject extension, string name) => Extension(extension, name);

    static string? Part(JsonObject extension, string name) =>
        PartOf(extension, name)?.Where(p => p.Key.StartsWith("value", StringComparison.Ordinal))
            .Select(p => p.Value?.ToString()).FirstOrDefault();
}
