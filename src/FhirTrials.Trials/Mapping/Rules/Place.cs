using System.Collections.Immutable;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>A place in FHIR JSON below some object: property by property, an item of an array told by what it holds.
/// The same place is made when a study is written and found when it is read back.</summary>
sealed class Place
{
    readonly ImmutableArray<Step> _steps;
    readonly Lazy<Place> _owner;

    Place(ImmutableArray<Step> steps) => (_steps, _owner) = (steps, new(() => new(_steps[..^1])));

    /// <summary>The object itself.</summary>
    public static Place Here { get; } = new([]);

    /// <summary>Properties, parted by dots: <c>period.start</c>.</summary>
    public static implicit operator Place(string path) =>
        new([.. path.Split('.').Select(name => new Step(name, null))]);

    public static Place operator /(Place above, Place below) => new([.. above._steps, .. below._steps]);

    /// <summary>The item of an array that holds all that the pattern does.</summary>
    public Place Item(string array, ObjectNode pattern) => new([.. _steps, new Step(array, pattern)]);

    /// <summary>The extension of that URL; with more in the pattern, the one of several that says it.</summary>
    public Place Extension(string url) => Item("extension", new() { ["url"] = url });

    /// <summary>The name of the last property.</summary>
    public string Name => _steps[^1].Name;

    /// <summary>The object that has the last property.</summary>
    public Place Owner => _owner.Value;

    /// <summary>The object at this place, or null.</summary>
    public ObjectNode? Find(ObjectNode root)
    {
        var at = root;
        foreach (var step in _steps)
        {
            var next = step.Pattern is null ? at[step.Name] : ItemOf(at, step);
            if (next is not ObjectNode there)
            {
                return null;
            }

            at = there;
        }

        return at;
    }

    /// <summary>The object at this place, made where it is not there.</summary>
    public ObjectNode Make(ObjectNode root)
    {
        var at = root;
        foreach (var step in _steps)
        {
            at = step.Pattern is null ? Property(at, step.Name) : ItemOf(at, step) ?? Added(at, step);
        }

        return at;
    }

    /// <summary>The items of the array at this place that hold what a pattern does.</summary>
    public IEnumerable<ObjectNode> Items(ObjectNode root, PatternTest test)
    {
        if (Owner.Find(root)?[Name] is ArrayNode array)
        {
            for (var at = 0; at < array.Count; at++)
            {
                if (array[at] is ObjectNode there && test.IsHeldBy(there))
                {
                    yield return there;
                }
            }
        }
    }

    /// <summary>Adds an item to the array at this place.</summary>
    public void Add(ObjectNode root, ObjectNode item)
    {
        var owner = Owner.Make(root);
        ArrayAt(owner, Name).Add(item);
    }

    /// <summary>The place as FHIRPath.</summary>
    public override string ToString() => string.Join('.', _steps.Select(step => step.ToFhirPath()));

    /// <summary>The items of an array, told by a pattern, as FHIRPath.</summary>
    public static string ItemsPath(Place array, ObjectNode pattern) =>
        new Place([.. array._steps[..^1], array._steps[^1] with { Pattern = pattern }]).ToString();

    static ObjectNode Property(ObjectNode owner, string name)
    {
        if (owner[name] is not ObjectNode there)
        {
            owner[name] = there = new();
        }

        return there;
    }

    static ObjectNode? ItemOf(ObjectNode owner, Step step)
    {
        if (owner[step.Name] is ArrayNode array)
        {
            foreach (var item in array.Items)
            {
                if (item is ObjectNode there && step.IsHeldBy(there))
                {
                    return there;
                }
            }
        }

        return null;
    }

    static ObjectNode Added(ObjectNode owner, Step step)
    {
        var item = step.Pattern!.Copy();
        ArrayAt(owner, step.Name).Add(item);
        return item;
    }

    static ArrayNode ArrayAt(ObjectNode owner, string name)
    {
        if (owner[name] is not ArrayNode array)
        {
            owner[name] = array = new();
        }

        return array;
    }

    sealed record Step(string Name, ObjectNode? Pattern)
    {
        static readonly string[] Choices = ["value", "product", "subject"];

        readonly PatternTest? _test = Pattern is null ? null : new(Pattern);

        public bool IsHeldBy(ObjectNode item) => _test!.IsHeldBy(item);

        public string ToFhirPath()
        {
            if (Pattern is null)
            {
                return NameOf(Name);
            }

            return Pattern is { Count: 0 } ? Name
                : Name == "extension" && Pattern is { Count: 1 } ? $"extension('{Pattern["url"]}')"
                : $"{Name}.where({Criteria(Pattern)})";
        }

        /// <summary>FHIRPath's name of a property: <c>value</c> for <c>valueString</c>, <c>from</c> for
        /// <c>_from</c>.</summary>
        static string NameOf(string property) => property[0] == '_' ? property[1..] :
            Array.Find(Choices, c => property.Length > c.Length && property.StartsWith(c, StringComparison.Ordinal)
                && char.IsUpper(property[c.Length])) ?? property;

        static string Criteria(ObjectNode pattern) => string.Join(" and ",
            from property in pattern.Properties.ToArray()
            where property.Name != "display"
            let name = NameOf(property.Name)
            from criterion in property.Value switch
            {
                ObjectNode part => [$"{name}.where({Criteria(part)}).exists()"],
                ArrayNode parts =>
                    parts.Items.ToArray().OfType<ObjectNode>().Select(p => $"{name}.where({Criteria(p)}).exists()"),
                var value => [$"{name} = '{value}'"],
            }
            select criterion);
    }
}
