using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#tree-navigation</summary>
static class Navigation
{
    /// <summary>The children of that name.</summary>
    public static Items Member(Scope scope, Items input, string name)
    {
        if (input.OnlyOrNull is { } only)
        {
            return Member(scope, only, name);
        }

        if (input.IsEmpty)
        {
            return input;
        }

        var found = default(ItemsBuilder);
        foreach (var item in input)
        {
            found.AddAll(Member(scope, item, name));
        }

        return found.ToItems();
    }

    /// <summary>At the start of a path a type's name stands for the focus itself, if it is of that type.</summary>
    public static Items Root(Scope scope, string name) =>
        scope.This.OnlyOrNull is Element element && element.Type.IsA(name) ? scope.This : Member(scope, scope.This, name);

    public static Items Children(Scope scope, Items input)
    {
        var all = new List<object>();
        foreach (var item in input)
        {
            if (item is Element element)
            {
                all.AddRange(element.Children);
            }
        }

        scope.Spend(all.Count);
        return Items.Many(all);
    }

    /// <summary>All nodes below, each node before its own descendants.</summary>
    public static Items Descendants(Scope scope, Items input)
    {
        var all = new List<object>();
        foreach (var item in input)
        {
            if (item is Element element)
            {
                var before = all.Count;
                Descend(element, all);
                scope.Spend(all.Count - before);
            }
        }

        return Items.Many(all);
    }

    static void Descend(Element element, List<object> all)
    {
        foreach (var child in element.Children)
        {
            all.Add(child);
            Descend(child, all);
        }
    }

    static Items Member(Scope scope, object item, string name)
    {
        scope.Spend(1);
        return item switch
        {
            Element element => Member(scope, element, name),
            TypeInfo type => name switch
            {
                "namespace" => type.Namespace,
                "name" => type.Name,
                _ => Items.Empty,
            },
            SystemQuantity quantity => name switch
            {
                "value" => quantity.Value,
                "unit" => quantity.Unit,
                _ => Items.Empty,
            },
            _ => Items.Empty,
        };
    }

    static Items Member(Scope scope, Element element, string name)
    {
        scope.Spend(element.Children.Length / 16);
        var found = default(ItemsBuilder);
        foreach (var child in element.Children)
        {
            if (child.Name == name)
            {
                found.Add(child);
            }
        }

        return found.ToItems();
    }
}
