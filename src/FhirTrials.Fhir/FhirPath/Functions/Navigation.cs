using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhirpath/N1/#tree-navigation</summary>
static class Navigation
{
    /// <summary>The children of that name.</summary>
    public static Items Member(Scope scope, Items input, string name)
    {
        scope.Spend(input.Count);
        switch (input.OnlyOrNull)
        {
            case Element element:
                return Children(scope, element, name);
            case { } value:
                return Member(value, name);
            case null when input.IsEmpty:
                return input;
        }

        var found = default(ItemsBuilder);
        foreach (var item in input)
        {
            if (item is Element element)
            {
                AddChildren(scope, element, name, ref found);
            }
            else
            {
                found.AddAll(Member(item, name));
            }
        }

        return found.ToItems();
    }

    /// <summary>At the start of a path a type's name stands for the focus itself, if it is of that type.</summary>
    public static Items Root(Scope scope, string name) =>
        scope.This.OnlyOrNull is Element element && element.Type.IsA(name)
            ? scope.This
            : Member(scope, scope.This, name);

    public static Items Children(Scope scope, Items input)
    {
        var all = default(ItemsBuilder);
        foreach (var item in input)
        {
            if (item is Element element)
            {
                foreach (var child in element.Children)
                {
                    all.Add(child);
                }
            }
        }

        scope.Spend(all.Count);
        return all.ToItems();
    }

    /// <summary>All nodes below, each node before its own descendants.</summary>
    public static Items Descendants(Scope scope, Items input)
    {
        var all = default(ItemsBuilder);
        foreach (var item in input)
        {
            if (item is Element element)
            {
                var before = all.Count;
                Descend(element, ref all);
                scope.Spend(all.Count - before);
            }
        }

        return all.ToItems();
    }

    static void Descend(Element element, ref ItemsBuilder all)
    {
        foreach (var child in element.Children)
        {
            all.Add(child);
            Descend(child, ref all);
        }
    }

    static Items Member(object item, string name) => item switch
    {
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

    static Items Children(Scope scope, Element element, string name)
    {
        var found = default(ItemsBuilder);
        AddChildren(scope, element, name, ref found);
        return found.ToItems();
    }

    static void AddChildren(Scope scope, Element element, string name, ref ItemsBuilder found)
    {
        scope.Spend(element.Children.Length / 16);
        foreach (var child in element.Children)
        {
            if (child.Name == name)
            {
                found.Add(child);
            }
        }
    }
}
