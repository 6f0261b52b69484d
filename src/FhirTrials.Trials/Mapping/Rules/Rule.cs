using System.Text.RegularExpressions;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>Where a leaf of the registry's format is in FHIR.</summary>
/// <param name="Leaf">As the registry writes it: <c>protocolSection.designModule.phases</c>.</param>
/// <param name="FhirPath">From the resource's type on.</param>
readonly record struct LeafPlace(string Leaf, string FhirPath)
{
    /// <summary>Who defines the place.</summary>
    public PlaceOrigin Origin =>
        FhirPath.Contains($"extension('{Canonicals.Base}/", StringComparison.Ordinal)
            || FhirPath.Contains($"extension.where(url = '{Canonicals.Base}/", StringComparison.Ordinal)
                ? PlaceOrigin.Ours
            : FhirPath.Contains("extension", StringComparison.Ordinal) ? PlaceOrigin.Hl7Extension
            : PlaceOrigin.Standard;
}

/// <summary>Who defines the place of a leaf: R4 itself, an extension of HL7's (R5's elements, or HL7's own), or an
/// extension of ours.</summary>
enum PlaceOrigin
{
    Standard,
    Hl7Extension,
    Ours,
}

/// <summary>One statement of how a part of a record and a part of its FHIR correspond, for both directions. What a rule
/// cannot take it leaves; <see cref="KeptFields"/> finds it.</summary>
abstract class Rule
{
    /// <summary>Record → FHIR.</summary>
    /// <param name="from">The object of the record that the rule's fields are of.</param>
    /// <param name="to">The FHIR object that the rule's places are below.</param>
    public abstract void Write(RegistryNode from, ObjectNode to, StudyResources study);

    /// <summary>FHIR → record.</summary>
    public abstract void Read(ObjectNode from, ObjectNode to, StudyResources study);

    /// <summary>The leaves that the rule maps, with their places.</summary>
    /// <param name="leaf">What their names begin with.</param>
    /// <param name="fhir">What their places begin with.</param>
    public abstract IEnumerable<LeafPlace> Leaves(string leaf, string fhir);
}

/// <summary>The rules, by what they map.</summary>
static class RuleSet
{
    public static void WriteAll(this Rule[] rules, RegistryNode from, ObjectNode to, StudyResources study)
    {
        foreach (var rule in rules)
        {
            rule.Write(from, to, study);
        }
    }

    public static void ReadAll(this Rule[] rules, ObjectNode from, ObjectNode to, StudyResources study)
    {
        foreach (var rule in rules)
        {
            rule.Read(from, to, study);
        }
    }

    /// <summary>A field whose value is a primitive in FHIR.</summary>
    public static Rule Field(string name, Kind kind, Place place) => new FieldRule(name, kind, place);

    public static Rule Text(string name, Place place) => Field(name, Kind.Text, place);

    public static Rule Date(string name, Place place) => Field(name, Kind.Date, place);

    /// <summary>A code, in the coding of its system in a CodeableConcept.</summary>
    public static Rule Coded(string name, RegistryCodes codes, Place concept) =>
        Field(name, Kind.Code(codes), concept.Item("coding", SystemOf(codes)) / "code");

    /// <summary>A yes or no, each a coding of its own.</summary>
    /// <param name="coding">The place of the coding of a code.</param>
    public static Rule Fact(string name, string code, Func<RegistryCode, Place> coding) =>
        new FactRule(name, code, coding);

    /// <summary>An object whose fields stand below the same FHIR object as its owner's.</summary>
    public static Rule In(string name, params Rule[] rules) => new InRule(name, rules);

    /// <summary>An array of objects, each an item of a FHIR array that holds the pattern.</summary>
    public static Rule Each(string name, Place array, ObjectNode pattern, params Rule[] rules) =>
        new EachRule(name, array, pattern, rules);

    /// <summary>An array of values, each in an item of a FHIR array.</summary>
    /// <param name="place">The value's place in the item.</param>
    public static Rule Values(string name, Kind kind, Place array, ObjectNode pattern, Place place) =>
        new ValuesRule(name, kind, array, pattern, place);

    /// <summary>An array of codes, each a coding of one CodeableConcept.</summary>
    public static Rule Codings(string name, RegistryCodes codes, Place concept) =>
        Values(name, Kind.Code(codes), concept / "coding", SystemOf(codes), "code");

    /// <summary>Several rules as one.</summary>
    public static Rule All(params Rule[] rules) => new AllRule(rules);

    /// <summary>A rule for what FHIR can hold only where the record does not contradict itself.</summary>
    public static Rule When(Predicate<RegistryNode> isSound, Rule rule) => new WhenRule(isSound, rule);

    /// <summary>A text that is nearly always a number, perhaps with a comparator: <c>&lt;0.001</c>.</summary>
    public static Rule Quantity(string name, Place quantity) => new QuantityRule(name, quantity);

    /// <summary>What follows from a record and is not read back: it says nothing that another rule does not.</summary>
    public static Rule Derived(Action<RegistryNode, ObjectNode, StudyResources> write) => new DerivedRule(write);

    /// <summary>A coding of some code of the system.</summary>
    public static ObjectNode SystemOf(RegistryCodes codes) => new() { ["system"] = codes.All[0].System };
}

sealed class FieldRule(string name, Kind kind, Place place) : Rule
{
    readonly Place _owner = place.Owner;
    readonly Primitive _primitive = new(place.Name, kind);

    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        var field = from[name];
        if (field.Exists && kind.ToFhir(field.Json) is { } value)
        {
            _primitive.Set(_owner.Make(to), value);
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
        if (_owner.Find(from) is { } owner && _primitive.Get(owner) is { } value)
        {
            to[name] = value;
        }
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) => [new($"{leaf}{name}", $"{fhir}{place}")];
}

sealed class ValuesRule(string name, Kind kind, Place array, ObjectNode pattern, Place place) : Rule
{
    readonly Place _owner = place.Owner;
    readonly Primitive _primitive = new(place.Name, kind);
    readonly PatternTest _test = new(pattern);

    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        foreach (var value in from.Items(name))
        {
            if (kind.ToFhir(value.Json) is { } written)
            {
                var item = pattern.Copy();
                _primitive.Set(_owner.Make(item), written);
                array.Add(to, item);
            }
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
        ArrayNode? values = null;
        foreach (var item in array.Items(from, _test))
        {
            if (_owner.Find(item) is { } owner && _primitive.Get(owner) is { } value)
            {
                (values ??= new()).Add(value);
            }
        }

        if (values is not null)
        {
            to[name] = values;
        }
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        [new($"{leaf}{name}", $"{fhir}{Place.ItemsPath(array, pattern)}.{place}")];
}

sealed class FactRule(string name, string code, Func<RegistryCode, Place> coding) : Rule
{
    readonly Place _yes = coding(MappingCodes.Fact.Find($"{code}-yes")!);
    readonly Place _no = coding(MappingCodes.Fact.Find($"{code}-no")!);

    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        if (from.Flag(name) is { } flag)
        {
            (flag ? _yes : _no).Make(to);
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
        var isYes = _yes.Find(from) is not null;
        if (isYes || _no.Find(from) is not null)
        {
            to[name] = isYes;
        }
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        [new($"{leaf}{name}", $"{fhir}{_yes} | {fhir}{_no}")];
}

sealed class InRule(string name, Rule[] rules) : Rule
{
    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        var fields = from[name];
        if (fields.Exists)
        {
            rules.WriteAll(fields, to, study);
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
        // A module may stand in several places of FHIR, and so in several rules.
        var there = to[name] as ObjectNode;
        var fields = there ?? new();
        rules.ReadAll(from, fields, study);
        if (there is null && fields.Count > 0)
        {
            to[name] = fields;
        }
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        rules.SelectMany(rule => rule.Leaves($"{leaf}{name}.", fhir));
}

sealed class EachRule(string name, Place array, ObjectNode pattern, Rule[] rules) : Rule
{
    readonly PatternTest _test = new(pattern);

    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        foreach (var item in from.Items(name))
        {
            var made = pattern.Copy();
            rules.WriteAll(item, made, study);
            if (!IsEmpty(made))
            {
                array.Add(to, made);
            }
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
        var items = new ReadItems(to, name);
        foreach (var item in array.Items(from, _test))
        {
            rules.ReadAll(item, items.Next(), study);
        }
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        rules.SelectMany(rule => rule.Leaves($"{leaf}{name}.", $"{fhir}{Place.ItemsPath(array, pattern)}."));

    /// <summary>Nothing, or an extension of nothing, which FHIR does not allow.</summary>
    static bool IsEmpty(ObjectNode item) => item.Count == 0 || (item.Count == 1 && item.Has("url"));
}

sealed class WhenRule(Predicate<RegistryNode> isSound, Rule rule) : Rule
{
    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        if (isSound(from))
        {
            rule.Write(from, to, study);
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study) => rule.Read(from, to, study);

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) => rule.Leaves(leaf, fhir);
}

sealed partial class QuantityRule(string name, Place quantity) : Rule
{
    readonly Primitive _value = new("value", Kind.DecimalText);

    public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
    {
        var text = from[name];
        if (text.AsText() is ['<' or '>', ..] and var compared && Compared().Match(compared) is { Success: true } match
            && Kind.IsDecimal(match.Groups[2].Value))
        {
            var made = quantity.Make(to);
            made["value"] = new NumberNode(match.Groups[2].Value);
            made["comparator"] = match.Groups[1].Value;
        }
        else if (text.Exists && Kind.DecimalText.ToFhir(text.Json) is { } value)
        {
            _value.Set(quantity.Make(to), value);
        }
    }

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
        if (quantity.Find(from) is { } there && _value.Get(there) is { } value)
        {
            to[name] = $"{there["comparator"]}{value}";
        }
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        [new($"{leaf}{name}", $"{fhir}{quantity}.value")];

    [GeneratedRegex("^(<=|>=|<|>)(.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Compared();
}

sealed class AllRule(Rule[] rules) : Rule
{
    public override void Write(RegistryNode from, ObjectNode to, StudyResources study) =>
        rules.WriteAll(from, to, study);

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study) =>
        rules.ReadAll(from, to, study);

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        rules.SelectMany(rule => rule.Leaves(leaf, fhir));
}

sealed class DerivedRule(Action<RegistryNode, ObjectNode, StudyResources> write) : Rule
{
    public override void Write(RegistryNode from, ObjectNode to, StudyResources study) => write(from, to, study);

    public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
    {
    }

    public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) => [];
}

/// <summary>The items of an array that is read. Two rules may read the same array,
/// each its part of every item.</summary>
sealed class ReadItems(ObjectNode owner, string name)
{
    int _count;

    public int Count => _count;

    /// <summary>The next item, to be filled.</summary>
    public ObjectNode Next()
    {
        if (owner[name] is not ArrayNode items)
        {
            owner[name] = items = new();
        }

        if (_count == items.Count)
        {
            items.Add(new ObjectNode());
        }

        return (ObjectNode)items[_count++]!;
    }
}

/// <summary>A primitive property of a JSON object, with what stands beside it.</summary>
sealed class Primitive(string name, Kind kind)
{
    readonly string _beside = $"_{name}";

    public void Set(ObjectNode owner, FhirValue value)
    {
        if (value.Value is { } written)
        {
            owner[name] = written;
            if (kind.DisplayOf is { } displayOf && displayOf((string)written!) is { } display
                && owner.Has("system"))
            {
                owner["display"] = display;
            }
        }

        if (value.Beside is { } beside)
        {
            owner[_beside] = beside;
        }
    }

    public Node? Get(ObjectNode owner)
    {
        var (value, beside) = (owner[name], owner[_beside] as ObjectNode);
        return value is null && beside is null ? null : kind.ToRegistry(new FhirValue(value, beside));
    }
}
