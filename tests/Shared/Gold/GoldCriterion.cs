using System.Collections.Immutable;
using System.Text.Json;

namespace FhirTrials.Tests.Gold;

/// <summary>A labelled criterion of the gold set; the README beside the file has the shape and the rules.</summary>
sealed record GoldCriterion(
    string Id, string Section, string Text, string Status, ImmutableArray<string> Arms,
    ImmutableArray<Statement> Statements)
{
    public static ImmutableArray<GoldCriterion> ReadAll(string path) => [.. File.ReadLines(path).Select(Read)];

    static GoldCriterion Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new(
            root.GetProperty("id").GetString()!,
            root.GetProperty("section").GetString()!,
            root.GetProperty("text").GetString()!,
            root.GetProperty("status").GetString()!,
            root.TryGetProperty("scope", out var scope) && scope.TryGetProperty("arms", out var arms)
                ? [.. arms.EnumerateArray().Select(a => a.GetString()!)] : [],
            [.. Leaves(root.GetProperty("tree"), negated: false).SelectMany(l => Statement.Of(l.Leaf, l.Negated))]);
    }

    static IEnumerable<(JsonElement Leaf, bool Negated)> Leaves(JsonElement node, bool negated)
    {
        if (node.TryGetProperty("kind", out _))
        {
            return [(node, negated)];
        }

        if (node.TryGetProperty("not", out var inner))
        {
            return Leaves(inner, !negated);
        }

        var members = new[] { "all", "any", "of" }.Select(n => node.TryGetProperty(n, out var found) ? found : default)
            .First(m => m.ValueKind == JsonValueKind.Array);
        return members.EnumerateArray().SelectMany(m => Leaves(m, negated));
    }
}
