using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath.Values;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Xml;

namespace FhirTrials.Fhir.FhirPath.Functions;

/// <summary>https://hl7.org/fhir/R4/fhirpath.html#functions</summary>
static class Fhir
{
    /// <summary>The extensions of that URL.</summary>
    public static Items Extension(Scope scope, Items input, Items url)
    {
        if (Singleton.String(url) is not { } wanted)
        {
            return Items.Empty;
        }

        var found = default(ItemsBuilder);
        foreach (var extension in Navigation.Member(scope, input, "extension"))
        {
            if (extension is Element element && element.ValueOf("url") == wanted)
            {
                found.Add(element);
            }
        }

        return found.ToItems();
    }

    /// <summary>Whether the input is one primitive with a value.</summary>
    public static bool HasValue(Items input) => input.OnlyOrNull switch
    {
        null => false,
        Element element => element is { Type.IsPrimitive: true, Value: not null },
        TypeInfo => false,
        _ => true,
    };

    public static Items GetValue(Items input) =>
        HasValue(input) && Singleton.Value(input) is { } value ? Items.One(value) : Items.Empty;

    /// <summary>Of a code, a Coding or a CodeableConcept: whether (any of) its codes is in the
    /// value set; empty where unknown.</summary>
    public static Items MemberOf(Scope scope, Items input, Items valueSet)
    {
        if (Singleton.Item(input) is not { } item || Singleton.String(valueSet) is not { } url
            || scope.Context.MemberOf is not { } isMember)
        {
            return Items.Empty;
        }

        bool? found = false;
        foreach (var (system, code) in Codes(item))
        {
            found |= isMember(system, code, url);
        }

        return found;
    }

    public static Items ConformsTo(Scope scope, Items input, Items profile)
    {
        if (Singleton.Item(input) is not Element element || Singleton.String(profile) is not { } url)
        {
            return Items.Empty;
        }

        if (scope.Context.Definitions.StructureDefinition(url) is not { } definition)
        {
            throw new FhirPathException("The profile that conformsTo() names is not known.");
        }

        return scope.Context.ConformsTo is { } conforms ? conforms(scope.Surroundings, element, url)
            : !element.Type.IsA(definition.Type.Name) ? false
            : definition.IsProfile ? Items.Empty
            : true;
    }

    /// <summary>The definitions of the elements.</summary>
    public static Items ElementDefinition(Scope scope, Items input)
    {
        var definitions = scope.Context.Definitions;
        var found = default(ItemsBuilder);
        foreach (var item in input)
        {
            scope.Spend(1);
            if (item is Element element
                && (element.Definition ?? definitions.StructureDefinition(element.Type.Name)?.Root) is { } definition)
            {
                found.Add(DefinitionElement.Of(definition, definitions.Types));
            }
        }

        return found.ToItems();
    }

    /// <summary>The elements that are in a slice of a structure.</summary>
    public static Items Slice(Scope scope, Items input, Items structure, Items name)
    {
        if (Singleton.String(structure) is not { } canonical || Singleton.String(name) is not { } slice)
        {
            throw new FhirPathException("slice() needs the canonical of a structure and the name of a slice.");
        }

        if (scope.Context.IsInSlice is not { } isInSlice)
        {
            throw new FhirPathException("slice() needs a validator, which there is none of here.");
        }

        var found = default(ItemsBuilder);
        foreach (var item in input)
        {
            if (item is not Element element)
            {
                continue;
            }

            if (isInSlice(scope.Surroundings, element, canonical, slice)
                ?? throw new FhirPathException("The structure or the slice that slice() names is not known."))
            {
                found.Add(element);
            }
        }

        return found.ToItems();
    }

    /// <summary>Whether a code of the one is an ancestor of, or the same as, a code of the
    /// other; empty where unknown.</summary>
    public static Items Subsumes(Scope scope, Items ancestor, Items descendant)
    {
        if (Singleton.Item(ancestor) is not { } left || Singleton.Item(descendant) is not { } right)
        {
            return Items.Empty;
        }

        bool? found = false;
        foreach (var (system, code) in Codes(left))
        {
            foreach (var (otherSystem, other) in Codes(right))
            {
                found |= system != otherSystem ? false
                    : code == other ? true
                    : scope.Context.Subsumes?.Invoke(system, code, other);
            }
        }

        return found;
    }

    public static Items HtmlChecks(Items input) =>
        Singleton.Item(input) is Element { Value: { } html } ? Xhtml.Fault(html) is null : Items.Empty;

    /// <summary>The input, if it has no modifier extensions but those named.</summary>
    public static Items CheckModifiers(Scope scope, Items input, ReadOnlySpan<Evaluation> arguments)
    {
        var known = new HashSet<string?>();
        foreach (var argument in arguments)
        {
            known.Add(Singleton.String(argument(scope)));
        }

        foreach (var extension in Navigation.Member(scope, input, "modifierExtension"))
        {
            if (!known.Contains((extension as Element)?.ValueOf("url")))
            {
                throw new FhirPathException("There is a modifier extension that the expression does not know.");
            }
        }

        return input;
    }

    static IEnumerable<(string? System, string Code)> Codes(object item) => item switch
    {
        string code => [(null, code)],
        Element { Type.IsPrimitive: true, Value: { } code } => [(null, code)],
        Element element when element.Type.IsA("CodeableConcept") => element["coding"].SelectMany(Codes),
        Element element when element.ValueOf("code") is { } code => [(element.ValueOf("system"), code)],
        _ => [],
    };
}
