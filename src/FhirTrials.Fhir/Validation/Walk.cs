using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Validation.Rules;

namespace FhirTrials.Fhir.Validation;

/// <summary>One validation: walks the tree once with every definition that applies,
/// and lets the rules report.</summary>
sealed class Walk(Plans plans, ValidationOptions options, DateTimeOffset now, StepBudget budget)
{
    /// <summary>How far references are followed from one to the next while probing; beyond, targets count as
    /// conforming.</summary>
    const int MaxProbes = 16;

    /// <summary>What a look-up outside the resource counts for: a read of the store costs about as much.</summary>
    const int OutsideSteps = 1000;

    readonly HashSet<(bool IsError, IssueCode Code, string Expression, string Key)> _reported = [];
    readonly Dictionary<IdentityPair, bool> _conforms = [];
    readonly HashSet<string> _once = new(StringComparer.Ordinal);
    bool _quiet;
    bool _failed;
    int _probes;
    int _errors;
    int _others;

    public Plans Plans { get; } = plans;

    public ValidationOptions Options { get; } = options;

    public WalkPath Path { get; } = new();

    public ImmutableArray<Issue>.Builder Issues { get; } = ImmutableArray.CreateBuilder<Issue>();

    /// <summary>Elements whose codes are outside a value set that they are bound to: that their systems do not have
    /// these codes either is not said besides.</summary>
    public HashSet<Element> Unbound { get; } = [];

    /// <summary>The nearest resource; null only before the root is entered.</summary>
    public ResourceScope? Scope { get; private set; }

    /// <summary>The time that FHIRPath and relative limits call now.</summary>
    public DateTimeOffset Now { get; } = now;

    public void Validate(Element root)
    {
        try
        {
            Visit(root, -1, Profiles.Requested(this, root));
        }
        catch (FhirPathException) when (budget.IsExhausted)
        {
            Issues.Add(new Issue(
                IssueSeverity.Error,
                IssueCode.TooCostly,
                "The validation takes more steps than allowed and was given up: whether the rest is valid is not "
                    + "known.",
                root.Type.Path,
                root.Position));
        }
    }

    /// <summary>Pays for work; when there is no more to spend the validation ends.</summary>
    public void Spend(int steps) => budget.Spend(steps);

    /// <summary>Whether an expression failed because nothing is left to spend: then
    /// the validation ends as well.</summary>
    public bool IsExhausted => budget.IsExhausted;

    /// <summary>Whether issues of a severity are told, so that those which are not need no text.</summary>
    public bool Tells(IssueSeverity severity) =>
        !_quiet && (!Options.ErrorsOnly || severity is IssueSeverity.Fatal or IssueSeverity.Error);

    /// <summary>Reports at the current element, or at a child of it that is missing.</summary>
    /// <param name="key">What was broken (an invariant, a value set, a slice): the same is reported once per place, but
    /// an error also where a weaker rule has warned of it.</param>
    public void Report(IssueSeverity severity, IssueCode code, string key, string diagnostics, string? child = null)
    {
        var isError = severity is IssueSeverity.Fatal or IssueSeverity.Error;
        if (!Tells(severity))
        {
            _failed |= isError;
            return;
        }

        // Errors are counted apart, so that no number of warnings can keep one from being seen.
        ref var count = ref isError ? ref _errors : ref _others;
        if (count >= Options.MaxIssues)
        {
            return;
        }

        var expression = child is null ? Path.ToString() : $"{Path}.{child}";
        if (_reported.Add((isError, code, expression, key)))
        {
            count++;
            Issues.Add(new Issue(severity, code, diagnostics, expression, Path.Current.Position));
        }
    }

    public void Error(IssueCode code, string key, string diagnostics, string? child = null) =>
        Report(IssueSeverity.Error, code, key, diagnostics, child);

    public void Warning(IssueCode code, string key, string diagnostics, string? child = null) =>
        Report(IssueSeverity.Warning, code, key, diagnostics, child);

    /// <summary>Whether this is the first time that the key is asked for in this
    /// validation; never while only probing.</summary>
    public bool FirstTime(string key) => !_quiet && _once.Add(key);

    /// <summary>Whether targets outside the resource are looked up. Not while probing: a target's own references would
    /// lead through the whole store, in circles.</summary>
    public bool ResolvesOutside => Options.Resolve is not null && !_quiet;

    /// <summary>Whether an element has no errors against a definition; reports nothing.</summary>
    /// <param name="index">Which repetition it is of the current element's children; -1 where it cannot repeat.</param>
    public bool Conforms(Element element, ElementDefinition definition, int index = -1)
    {
        var question = new IdentityPair(element, definition);
        if (_conforms.TryGetValue(question, out var known))
        {
            return known;
        }

        if (_probes == MaxProbes)
        {
            return true;
        }

        // Until it is answered the answer is yes: a circle of references conforms if all else does.
        _conforms[question] = true;
        var (quiet, failed) = (_quiet, _failed);
        (_quiet, _failed) = (true, false);
        _probes++;
        Visit(element, index, [definition]);
        _probes--;
        var conforms = !_failed;
        (_quiet, _failed) = (quiet, failed);
        return _conforms[question] = conforms;
    }

    /// <summary>The answer to <c>conformsTo()</c>; null where the profile is not known.</summary>
    public bool? Conforms(Element element, string profile) =>
        Plans.Definitions.StructureDefinition(profile) is { } definition
            ? element.Type.IsA(definition.Type.Name) && Conforms(element, definition.Root)
            : null;

    /// <summary>Whether an element is in a slice of a profile; null where there is no such slice.</summary>
    public bool? IsInSlice(Element element, string profile, string slice) =>
        Plans.Definitions.StructureDefinition(profile) is { } definition
            ? Slices.IsIn(this, element, definition.Root, slice)
            : null;

    /// <summary>Stands in a resource without walking it, to answer questions about its elements.</summary>
    public void Stand(Element resource, Element root)
    {
        Scope = Enter(root);
        Scope = ReferenceEquals(resource, root) ? Scope : Enter(resource);
    }

    /// <summary>The target of a reference: contained, in the Bundle, or found by the caller's
    /// resolver; null if not found.</summary>
    public Element? Resolve(string reference) => Scope is { } scope ? Resolve(scope, reference) : null;

    Element? Resolve(ResourceScope scope, string reference)
    {
        if (reference == "#")
        {
            return scope.Root;
        }

        if (reference.StartsWith('#'))
        {
            return scope.Contained.Find(reference[1..]);
        }

        return scope.Bundle?.Find(reference, scope.FullUrl) ?? (ResolvesOutside ? ResolveOutside(reference) : null);
    }

    Element? ResolveOutside(string reference)
    {
        Spend(OutsideSteps);
        return Options.Resolve!(reference);
    }

    void Visit(Element element, int index, ImmutableArray<ElementDefinition> profiles)
    {
        if (_failed)
        {
            return;
        }

        Spend(1 + profiles.Length);
        Path.Push(element, index);
        if (element.IsResource)
        {
            VisitResource(element, profiles);
        }
        else
        {
            VisitContent(element, profiles);
        }

        Path.Pop();
    }

    void VisitResource(Element resource, ImmutableArray<ElementDefinition> profiles)
    {
        var outer = Scope;
        Scope = Enter(resource);
        ContainedResources.Check(this, resource);
        ElementIds.Check(this, resource);
        Bundles.Check(this, resource);
        VisitContent(resource, Profiles.WithClaimed(this, resource, profiles));
        Scope = outer;
    }

    ResourceScope Enter(Element resource)
    {
        var isContained = resource.Name == "contained" && Scope is not null;
        var root = isContained ? Scope!.Root : resource;
        var bundle = resource.Type.Name == "Bundle" ? new BundleEntries(resource) : Scope?.Bundle;
        var fullUrl = isContained ? Scope!.FullUrl : Path.Parent?.ValueOf("fullUrl");
        var context = new FhirPathContext(Plans.Definitions)
        {
            Now = Now,
            Resource = resource,
            RootResource = root,
            Budget = budget,
        };
        var contained = isContained ? Scope!.Contained : new ContainedIndex(root);
        var scope = new ResourceScope(resource, root, contained, bundle, fullUrl, context);
        return scope with
        {
            Context = context with
            {
                Resolve = reference => Resolve(scope, reference),
                ConformsTo = (_, element, profile) => Conforms(element, profile),
                IsInSlice = (_, element, profile, slice) => IsInSlice(element, profile, slice),
            },
        };
    }

    void VisitContent(Element element, ImmutableArray<ElementDefinition> profiles)
    {
        var plan = Plans.For(element.Definition, element.Type);
        profiles = Profiles.Expand(this, element, plan, profiles);
        if (element.Definition is { } definition)
        {
            CheckValue(element, definition);
        }

        if (plan.Binding is { } binding)
        {
            Bindings.Check(this, element, binding);
        }

        foreach (var profile in profiles)
        {
            ChoiceTypes.Check(this, element, profile);
            CheckValue(element, profile);
        }

        Primitives.Check(this, element);
        Invariants.Check(this, element, plan, profiles);
        CheckType(element, plan, profiles);
        VisitChildren(element, plan, profiles);
    }

    void CheckValue(Element element, ElementDefinition definition)
    {
        FixedAndPattern.Check(this, element, definition);
        Limits.Check(this, element, definition);
        Bindings.Check(this, element, definition);
    }

    void CheckType(Element element, Plan plan, ImmutableArray<ElementDefinition> profiles)
    {
        switch (plan.Special)
        {
            case SpecialType.Reference:
                References.Check(this, element, profiles);
                break;
            case SpecialType.Coding:
                Codings.Check(this, element);
                break;
            case SpecialType.Canonical:
                References.CheckCanonical(this, element);
                break;
            case SpecialType.Extension:
                Extensions.Check(this, element);
                break;
            case SpecialType.Xhtml:
                Narratives.Check(this, element);
                break;
            case SpecialType.Expression:
                Expressions.CheckExpression(this, element);
                break;
            case SpecialType.SearchParameter:
                Expressions.CheckSearchParameter(this, element);
                break;
            case SpecialType.Constraint:
                Expressions.CheckConstraint(this, element);
                break;
            case SpecialType.None:
                break;
        }
    }

    void VisitChildren(Element element, Plan plan, ImmutableArray<ElementDefinition> profiles)
    {
        Cardinality.Check(this, element, plan, profiles);
        var children = element.Children;
        for (int start = 0, end; start < children.Length; start = end)
        {
            end = start + 1;
            while (end < children.Length && children[end].Name == children[start].Name)
            {
                end++;
            }

            VisitRepetitions(children.AsSpan(start, end - start), profiles);
        }
    }

    void VisitRepetitions(ReadOnlySpan<Element> repetitions, ImmutableArray<ElementDefinition> profiles)
    {
        Extensions.CheckRepetitions(this, repetitions);
        var unsliced = Slices.Unsliced(repetitions[0].Name, profiles);
        var applying = unsliced is null ? Slices.Apply(this, repetitions, profiles) : null;
        var repeats = repetitions[0].Definition is { } definition
            ? definition.IsArray
            : repetitions.Length > 1 || repetitions[0].Name == "contained";
        for (var i = 0; i < repetitions.Length; i++)
        {
            Visit(repetitions[i], repeats ? i : -1, unsliced ?? [.. applying![i]]);
        }
    }
}
