using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>A resource that is being patched by FHIRPath operations — https://hl7.org/fhir/R4/fhirpatch.html. After an
/// issue it is to be thrown away.</summary>
/// <param name="maxDepth">How many elements may stand within one another.</param>
sealed class ResourcePatch(Element resource, int maxDepth)
{
    public Element Resource { get; private set; } = resource;

    /// <summary>Applies one operation; an issue where that cannot be done.</summary>
    public Issue? Apply(PatchOperation operation, FhirPathContext context)
    {
        var scope = new Scope(context, Resource);
        try
        {
            return operation switch
            {
                PatchOperation.Add add => Add(add, scope),
                PatchOperation.Insert insert => Insert(insert, scope),
                PatchOperation.Delete delete => Delete(delete, scope),
                PatchOperation.Replace replace => Replace(replace, scope),
                PatchOperation.Move move => Move(move, scope),
                _ => throw new InvalidOperationException($"{operation.GetType()} is no operation."),
            };
        }
        catch (FhirPathException e)
        {
            return Unfit($"The path cannot be followed: {e.Message}", operation);
        }
    }

    Issue? Add(PatchOperation.Add add, Scope scope)
    {
        if (!TryOne(add.Path, add, scope, out var target, out var issue))
        {
            return issue;
        }

        if (!target.Element.Type.TryElement(add.Name, out var definition, out var chosen))
        {
            return Issue.Error(
                IssueCode.Structure, $"{target.Element.Type} has no element of the name given.", add.Place);
        }

        ImmutableArray<Element> present = [.. target.Element[definition.Name]];
        if (!definition.IsArray && !present.IsEmpty)
        {
            return Unfit($"{definition.Path} is there already and does not repeat; replace it.", add);
        }

        if (!TryMake(add.Value, definition, chosen, target.Depth + 1, add, out var value, out issue))
        {
            return issue;
        }

        Resource = target.ReplaceChildren(definition.Name, present.Add(value));
        return null;
    }

    Issue? Insert(PatchOperation.Insert insert, Scope scope)
    {
        if (!TryList(insert, scope, out var owner, out var definition, out var issue))
        {
            return issue;
        }

        ImmutableArray<Element> present = [.. owner.Element[definition.Name]];
        if (insert.Index > present.Length)
        {
            return Unfit($"The list has {present.Length} elements; the index is beyond its end.", insert);
        }

        if (!TryMake(insert.Value, definition, null, owner.Depth + 1, insert, out var value, out issue))
        {
            return issue;
        }

        Resource = owner.ReplaceChildren(definition.Name, present.Insert(insert.Index, value));
        return null;
    }

    Issue? Delete(PatchOperation.Delete delete, Scope scope)
    {
        var found = delete.Path.Find(scope, new(Resource));
        switch (found)
        {
            case []:
                return null;
            case [{ Parent: not null } only]:
                Resource = only.Remove();
                return null;
            case [_]:
                return Unfit("The resource itself cannot be deleted by a patch.", delete);
            default:
                return NotOne(found.Count, delete);
        }
    }

    Issue? Replace(PatchOperation.Replace replace, Scope scope)
    {
        if (!TryOne(replace.Path, replace, scope, out var target, out var issue))
        {
            return issue;
        }

        if (target.Parent?.Element.Type.Element(target.Element.Name) is not { } definition)
        {
            return Unfit("The resource itself cannot be replaced by a patch.", replace);
        }

        if (!TryMake(replace.Value, definition, null, target.Depth, replace, out var value, out issue))
        {
            return issue;
        }

        Resource = target.Replace(value);
        return null;
    }

    Issue? Move(PatchOperation.Move move, Scope scope)
    {
        if (!TryList(move, scope, out var owner, out var definition, out var issue))
        {
            return issue;
        }

        ImmutableArray<Element> present = [.. owner.Element[definition.Name]];
        if (move.Source >= present.Length || move.Destination >= present.Length)
        {
            return Unfit($"The list has {present.Length} elements; source or destination is beyond its end.", move);
        }

        Resource = owner.ReplaceChildren(
            definition.Name, present.RemoveAt(move.Source).Insert(move.Destination, present[move.Source]));
        return null;
    }

    /// <summary>The only element that a path addresses.</summary>
    bool TryOne(
        PatchPath path,
        PatchOperation operation,
        Scope scope,
        [NotNullWhen(true)] out Location? location,
        [NotNullWhen(false)] out Issue? issue)
    {
        var found = path.Find(scope, new(Resource));
        location = found.Count == 1 ? found[0] : null;
        issue = location is null ? NotOne(found.Count, operation) : null;
        return location is not null;
    }

    /// <summary>The list that a path names, which may be empty: what it belongs to, and its definition.</summary>
    bool TryList(
        PatchOperation operation,
        Scope scope,
        [NotNullWhen(true)] out Location? owner,
        [NotNullWhen(true)] out ElementDefinition? definition,
        [NotNullWhen(false)] out Issue? issue)
    {
        definition = null;
        var (path, name) = operation.Path.AsList();
        owner = new(Resource);
        issue = null;
        if (path is not null && !TryOne(path, operation, scope, out owner, out issue))
        {
            return false;
        }

        definition = owner.Element.Type.Element(name);
        issue = definition is { IsArray: true }
            ? null
            : Issue.Error(IssueCode.Structure, "The path does not name an element that repeats.", operation.Place);
        return issue is null;
    }

    bool TryMake(
        Element part,
        ElementDefinition definition,
        FhirType? chosen,
        int depth,
        PatchOperation operation,
        [NotNullWhen(true)] out Element? value,
        [NotNullWhen(false)] out Issue? issue)
    {
        if (!new PatchValue(operation.Place).TryMake(part, definition, chosen, out value, out issue))
        {
            return false;
        }

        issue = depth + Height(value) > maxDepth
            ? Issue.Error(IssueCode.TooLong, $"The result would nest deeper than {maxDepth} levels.", operation.Place)
            : null;
        return issue is null;
    }

    static int Height(Element element) => element.Children.IsEmpty ? 1 : 1 + element.Children.Max(Height);

    static Issue NotOne(int found, PatchOperation operation) =>
        Unfit($"The path must address one element, but addresses {(found == 0 ? "none" : $"{found}")}.", operation);

    static Issue Unfit(string diagnostics, PatchOperation operation) =>
        Issue.Error(IssueCode.Processing, diagnostics, operation.Place);
}
