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
                later[place] = Placed(earlier[at], later[place]!.AsObject(), group, before);
            }
            else
            {
                Extensions(later[place]!.AsObject()).Add(review.DeepClone());
            }
        }

        return FhirJson.Read(group, types).Resource
            ?? throw new InvalidOperationException("A Group with its reviews cannot be read.");
    }

    static bool IsReviewed(Element characteristic) => characteristic.Extension(EligibilityExtensions.Review) is not null
        || characteristic["extension"].Any(e => e.ValueOf("url") == EligibilityExtensions.Review);

    /// <summary>The reviewed characteristic at the place that its text has now, with the Groups it refers to.</summary>
    static JsonObject Placed(JsonObject reviewed, JsonObject mapped, JsonObject group, JsonObject before)
    {
        var contained = group["contained"]?.AsArray() ?? [];
        foreach (var id in References(mapped, contained).ToArray())
        {
            contained.Remove(contained.First(c => (string?)c!["id"] == id));
        }

        var copy = reviewed.DeepClone().AsObject();
        var source = before["contained"]?.AsArray() ?? [];
        var number = Part(Extension(mapped, EligibilityExtensions.Source)!, "number");
        var renamed = References(copy, source).ToDictionary(id => id, id => $"{id.Split('-')[0]}-r{number}");
        foreach (var (id, name) in renamed)
        {
            var member = source.First(c => (string?)c!["id"] == id)!.DeepClone().AsObject();
            member["id"] = name;
            Rename(member, renamed);
            contained.Add(member);
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

    /// <summary>Ids of the contained Groups that a characteristic refers to, and they in turn.</summary>
    static IEnumerable<string> References(JsonObject characteristic, JsonArray contained)
    {
        if ((string?)characteristic["valueReference"]?["reference"] is not ['#', ..] reference
            || contained.FirstOrDefault(c => (string?)c!["id"] == reference[1..]) is not JsonObject group)
        {
            return [];
        }

        return (group["characteristic"]?.AsArray() ?? []).SelectMany(c => References(c!.AsObject(), contained))
            .Prepend(reference[1..]);
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
