using System.Globalization;
using System.Text.Json;

namespace FhirTrials.Trials.Registry;

/// <summary>Where a table of results contradicts itself: values of a group that it does not declare, and limits that
/// are the wrong way round. Results are most of a record: each field is looked at once, and a place is put into words
/// only where something is found.</summary>
static class ResultTables
{
    public static IEnumerable<(string Place, string Why)> Contradictions(RegistryNode record) =>
        At(new(RegistryPlace.Record, "resultsSection"), record["resultsSection"].Json, []);

    /// <summary>What is found at a place and below it.</summary>
    /// <param name="groups">Ids of the groups that the nearest object above declares.</param>
    static IEnumerable<(string Place, string Why)> At(RegistryPlace place, JsonElement json, HashSet<string> groups) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => InObject(place, json, groups),
            JsonValueKind.Array => json.EnumerateArray().Index()
                .SelectMany(item => At(new(place, place.Field, item.Index), item.Item, groups)),
            JsonValueKind.String when place.Field is "groupId" or "groupIds" && !groups.Contains(json.GetString()!) =>
                [($"{place}", "is the id of no group of this table")],
            _ => [],
        };

    static IEnumerable<(string Place, string Why)> InObject(
        RegistryPlace place, JsonElement json, HashSet<string> groups)
    {
        HashSet<string>? declared = null;
        foreach (var field in json.EnumerateObject())
        {
            if (field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || field.NameEquals("groupId"u8))
            {
                declared ??= Declared(new(json)) ?? groups;
                foreach (var found in At(new(place, field.Name), field.Value, declared))
                {
                    yield return found;
                }
            }
            else if ((field.NameEquals("lowerLimit"u8) && IsAbove(json, "lowerLimit", "upperLimit"))
                || (field.NameEquals("ciLowerLimit"u8) && IsAbove(json, "ciLowerLimit", "ciUpperLimit")))
            {
                yield return ($"{place}.{field.Name}", "is above the upper limit");
            }
        }
    }

    static HashSet<string>? Declared(RegistryNode node) => node["groups"].Exists || node["eventGroups"].Exists
        ? [.. node.Items("groups").Concat(node.Items("eventGroups")).Select(group => group.Text("id") ?? "")]
        : null;

    static bool IsAbove(JsonElement json, string lower, string upper) =>
        Number(new(json), lower) > Number(new(json), upper);

    static decimal? Number(RegistryNode node, string field) =>
        decimal.TryParse(node.Text(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
