using System.Text.Json.Nodes;

namespace FhirTrials.Fhir.Tests.Generation;

/// <summary>Changes the structure of a JSON text in one place, seeded: takes a property away, renames, doubles, wraps
/// or unwraps it, or gives it a value of another kind.</summary>
static class JsonMutation
{
    /// <summary>The changed text, and which change was made where.</summary>
    public static (string Text, string Change) Of(string json, Random random)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var places = new List<(JsonObject Parent, string Name)>();
        Collect(root, places);
        var (parent, name) = places[random.Next(places.Count)];
        var change = Change(parent, name, random);
        return (root.ToJsonString(), $"{change} {parent.GetPath()}.{name}");
    }

    static void Collect(JsonNode? node, List<(JsonObject, string)> places)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, places);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                // Without a type there is nothing to judge; a narrative is text.
                if (name is not ("resourceType" or "div"))
                {
                    places.Add((members, name));
                }

                Collect(value, places);
            }
        }
    }

    static string Change(JsonObject parent, string name, Random random)
    {
        var value = parent[name]?.DeepClone();
        switch (random.Next(8))
        {
            case 0:
                parent.Remove(name);
                return "remove";
            case 1:
                parent.Remove(name);
                parent[name + "X"] = value;
                return "rename";
            case 2:
                parent[name] = value is JsonArray items ? items.FirstOrDefault()?.DeepClone() : new JsonArray(value);
                return "wrap or unwrap";
            case 3:
                parent[name] = new JsonObject { ["nonsense"] = 1 };
                return "make an object of";
            case 4:
                parent[name] = 12.5;
                return "make a number of";
            case 5:
                parent[name] = "# nonsense #";
                return "make a text of";
            case 6:
                parent[name] = new JsonArray();
                return "empty";
            default:
                if (value is JsonArray all && all.Count > 0)
                {
                    all.Add(all[0]?.DeepClone());
                    parent[name] = all;
                    return "double";
                }

                parent[name] = true;
                return "make a truth of";
        }
    }
}
