using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation.Rules;

/// <summary>Sorts the repetitions of an element into the slices of profiles, and checks how many there are and in what
/// order — https://hl7.org/fhir/R4/profiling.html#slicing</summary>
static class Slices
{
    const string DefaultSlice = "@default";

    /// <summary>What the profiles say of an element of that name, if none of them slices it; otherwise null.</summary>
    public static ImmutableArray<ElementDefinition>? Unsliced(string name, ImmutableArray<ElementDefinition> profiles)
    {
        ImmutableArray<ElementDefinition> said = [];
        foreach (var profile in profiles)
        {
            foreach (var child in profile.Children)
            {
                if (child.Name == name)
                {
                    if (!child.Slices.IsEmpty)
                    {
                        return null;
                    }

                    said = said.Add(child);
                }
            }
        }

        return said;
    }

    /// <summary>The definitions of each repetition: what each profile says of the element,
    /// and of the slices it is in.</summary>
    public static List<ElementDefinition>[] Apply(
        Walk walk,
        ReadOnlySpan<Element> repetitions,
        ImmutableArray<ElementDefinition> profiles)
    {
        var applying = new List<ElementDefinition>[repetitions.Length];
        for (var i = 0; i < applying.Length; i++)
        {
            applying[i] = [];
        }

        foreach (var profile in profiles)
        {
            foreach (var child in profile.Children)
            {
                if (child.Name == repetitions[0].Name)
                {
                    Add(applying, child);
                    if (!child.Slices.IsEmpty)
                    {
                        Assign(walk, repetitions, [.. Enumerable.Range(0, repetitions.Length)], child, applying);
                    }
                }
            }
        }

        return applying;
    }

    /// <summary>Whether there are as many repetitions of a slice as the profile asks for.</summary>
    public static void CheckCount(Walk walk, ElementDefinition sliced, ElementDefinition slice, int count)
    {
        if (count < slice.Min)
        {
            walk.Error(
                IssueCode.Required,
                $"slice {slice.SliceName}",
                $"{sliced.Path} needs at least {slice.Min} of the slice '{slice.SliceName}' but has {count}.",
                sliced.Name);
        }
        else if (count > slice.Max)
        {
            walk.Error(
                IssueCode.Structure,
                $"slice {slice.SliceName}",
                $"{sliced.Path} may have at most {slice.Max} of the slice '{slice.SliceName}' but has {count}.",
                sliced.Name);
        }
    }

    /// <summary>Whether an element is in the slice of that name, and in those that it is a slice of; null where a
    /// definition has no such slice.</summary>
    public static bool? IsIn(Walk walk, Element element, ElementDefinition definition, string slice)
    {
        bool? isIn = null;
        foreach (var way in Named(definition, slice, []))
        {
            isIn = isIn == true || (way[0].Sliced.Name == element.Name
                && way.All(s => Find(walk, [element], [0], s.Sliced)[0] == s.Slice));
        }

        return isIn;
    }

    /// <summary>The slices of a name, each as the way to it from the element that is sliced first.</summary>
    static IEnumerable<ImmutableArray<(ElementDefinition Sliced, int Slice)>> Named(
        ElementDefinition definition,
        string name,
        ImmutableArray<(ElementDefinition, int)> outer)
    {
        for (var s = 0; s < definition.Slices.Length; s++)
        {
            var slice = definition.Slices[s];
            var way = outer.Add((definition, s));
            foreach (var found in Named(slice, name, way))
            {
                yield return found;
            }

            if (slice.SliceName == name)
            {
                yield return way;
            }
        }

        foreach (var found in definition.Children.SelectMany(c => Named(c, name, [])))
        {
            yield return found;
        }
    }

    static void Add(List<ElementDefinition>[] applying, ElementDefinition child)
    {
        foreach (var definitions in applying)
        {
            definitions.Add(child);
        }
    }

    static void Assign(
        Walk walk,
        ReadOnlySpan<Element> repetitions,
        List<int> members,
        ElementDefinition sliced,
        List<ElementDefinition>[] applying)
    {
        var found = Find(walk, repetitions, members, sliced);
        CheckRules(walk, repetitions, members, sliced, found);
        for (var s = 0; s < sliced.Slices.Length; s++)
        {
            var slice = sliced.Slices[s];
            var count = found.AsSpan().Count(s);
            CheckCount(walk, sliced, slice, count);
            if (count == 0 && slice.Slices.IsEmpty)
            {
                continue;
            }

            var inSlice = new List<int>(count);
            for (var i = 0; i < found.Length; i++)
            {
                if (found[i] == s)
                {
                    inSlice.Add(members[i]);
                    applying[members[i]].Add(slice);
                }
            }

            if (!slice.Slices.IsEmpty)
            {
                Assign(walk, repetitions, inSlice, slice, applying);
            }
        }
    }

    /// <summary>For each member which slice it is in, or -1.</summary>
    static int[] Find(Walk walk, ReadOnlySpan<Element> repetitions, List<int> members, ElementDefinition sliced)
    {
        var matchers = walk.Plans.SlicesOf(sliced);
        var rest = -1;
        for (var s = 0; s < sliced.Slices.Length; s++)
        {
            rest = sliced.Slices[s].SliceName == DefaultSlice ? s : rest;
        }

        var found = new int[members.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var slice = matchers.Find(walk, repetitions[members[i]], members[i]);
            found[i] = slice < 0 ? rest : slice;
        }

        return found;
    }

    static void CheckRules(
        Walk walk,
        ReadOnlySpan<Element> repetitions,
        List<int> members,
        ElementDefinition sliced,
        int[] found)
    {
        var (rules, ordered) = (sliced.Slicing?.Rules ?? SlicingRules.Open, sliced.Slicing?.Ordered ?? false);
        var (last, sawOther) = (-1, false);
        for (var i = 0; i < found.Length; i++)
        {
            var fault = found[i] switch
            {
                -1 when rules == SlicingRules.Closed => "fits none of the slices that the profile allows",
                -1 => null,
                _ when sawOther && rules == SlicingRules.OpenAtEnd => "must come before those that are in no slice",
                var s when ordered && s < last => $"must come before the slice '{sliced.Slices[last].SliceName}'",
                _ => null,
            };
            if (fault is not null)
            {
                Report(walk, repetitions[members[i]], members[i], sliced, fault);
            }

            sawOther |= found[i] < 0;
            last = Math.Max(last, found[i]);
        }
    }

    static void Report(Walk walk, Element element, int index, ElementDefinition sliced, string fault)
    {
        walk.Spend(sliced.Slices.Length);
        walk.Path.Push(element, element.Definition is { IsArray: false } ? -1 : index);
        var allowed = string.Join(", ", sliced.Slices.Select(s => s.SliceName));
        walk.Error(IssueCode.Structure, "slicing", $"This {sliced.Path} {fault} (slices: {allowed}).");
        walk.Path.Pop();
    }
}
