using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping.Rules;

/// <summary>Makes a resource with all that its rules do not say: its id, profile, narrative, and
/// what follows from the record.</summary>
/// <param name="from">The object of the record that the resource is of.</param>
/// <param name="number">Of an item of an array, from 1; otherwise 0.</param>
/// <param name="above">The FHIR object that the rule stands at.</param>
delegate ObjectNode? MakeResource(RegistryNode from, int number, ObjectNode above, StudyResources study);

/// <summary>Rules for what becomes resources of their own.</summary>
static class ResourceRules
{
    /// <summary>The same object of the record, in another resource.</summary>
    /// <param name="id">The resource's id, given that of the resource above.</param>
    public static Rule Resource(string type, Func<string, string> id, MakeResource make, params Rule[] rules) =>
        new ResourceRule(type, id, make, rules);

    /// <summary>An array of objects, each a resource whose id ends in its number.</summary>
    /// <param name="id">What the id begins with, given the id of the resource above.</param>
    public static Rule EachResource(
        string name, string type, Func<string, string> id, MakeResource make, params Rule[] rules) =>
        new EachResourceRule(name, type, id, make, rules);

    /// <summary>An array of objects, each an item of a FHIR array that refers to a resource.</summary>
    /// <param name="reference">The place of the reference in the item.</param>
    /// <param name="ofItem">Rules for what stands in the item itself.</param>
    public static Rule EachReferred(
        string name, string type, Place array, ObjectNode pattern, Place reference, MakeResource make, Rule[] ofItem,
        params Rule[] rules) => new EachReferredRule(name, type, array, pattern, reference, make, ofItem, rules);

    static string IdOf(ObjectNode above) => (string?)above["id"] ?? "";

    sealed class ResourceRule(string type, Func<string, string> id, MakeResource make, Rule[] rules) : Rule
    {
        public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
        {
            if (make(from, 0, to, study) is { } resource)
            {
                rules.WriteAll(from, study.Add(resource), study);
            }
        }

        public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
        {
            if (study.Find(type, id(IdOf(from))) is { } resource)
            {
                rules.ReadAll(resource, to, study);
            }
        }

        public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
            rules.SelectMany(rule => rule.Leaves(leaf, $"{type}."));
    }

    sealed class EachResourceRule(string name, string type, Func<string, string> id, MakeResource make, Rule[] rules)
        : Rule
    {
        public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
        {
            var number = 0;
            foreach (var item in from.Items(name))
            {
                number++;
                rules.WriteAll(item, study.Add(make(item, number, to, study)!), study);
            }
        }

        public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
        {
            var items = new ReadItems(to, name);
            var start = id(IdOf(from));
            while (study.Find(type, FormattableString.Invariant($"{start}{items.Count + 1}")) is { } resource)
            {
                rules.ReadAll(resource, items.Next(), study);
            }
        }

        public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
            rules.SelectMany(rule => rule.Leaves($"{leaf}{name}.", $"{type}."));
    }

    sealed class EachReferredRule(
        string name, string type, Place array, ObjectNode pattern, Place reference, MakeResource make, Rule[] ofItem,
        Rule[] rules) : Rule
    {
        readonly PatternTest _test = new(pattern);

        public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
        {
            var number = 0;
            foreach (var item in from.Items(name))
            {
                number++;
                var resource = study.Add(make(item, number, to, study)!);
                rules.WriteAll(item, resource, study);
                var made = pattern.Copy();
                reference.Make(made)["reference"] = $"{type}/{IdOf(resource)}";
                ofItem.WriteAll(item, made, study);
                array.Add(to, made);
            }
        }

        public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
        {
            var items = new ReadItems(to, name);
            foreach (var item in array.Items(from, _test))
            {
                var read = items.Next();
                if ((string?)reference.Find(item)?["reference"] is { } target
                    && target.StartsWith($"{type}/", StringComparison.Ordinal)
                    && study.Find(type, target[(type.Length + 1)..]) is { } resource)
                {
                    rules.ReadAll(resource, read, study);
                }

                ofItem.ReadAll(item, read, study);
            }
        }

        public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        [
            .. ofItem.SelectMany(rule => rule.Leaves($"{leaf}{name}.", $"{fhir}{Place.ItemsPath(array, pattern)}.")),
            .. rules.SelectMany(rule => rule.Leaves($"{leaf}{name}.", $"{type}.")),
        ];
    }
}
