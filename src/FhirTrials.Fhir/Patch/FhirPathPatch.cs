using System.Collections.Immutable;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>FHIRPath Patch: operations in a Parameters resource — https://hl7.org/fhir/R4/fhirpatch.html</summary>
public static class FhirPathPatch
{
    const string Name = "Parameters";

    /// <summary>Applies all operations or none. An issue names its operation: <c>Parameters.parameter[1]</c>; an issue
    /// about the result has the element's path.</summary>
    /// <param name="context">What conditions in paths may see; its steps are for all operations together.</param>
    public static PatchResult Apply(
        Element resource, Element parameters, FhirPathContext context, ReadLimits? limits = null)
    {
        limits ??= ReadLimits.Default;
        if (Read(parameters, out var operations) is { } malformed)
        {
            return PatchResult.Refused(malformed);
        }

        var patched = new ResourcePatch(resource, limits.Depth);
        var share = context with
        {
            MaxSteps = context.MaxSteps / Math.Max(1, operations.Length),
            Resource = null,
            RootResource = null,
        };
        foreach (var operation in operations)
        {
            if (patched.Apply(operation, share) is { } refused)
            {
                return PatchResult.Refused(refused);
            }
        }

        return PatchResult.Read(
            resource, FhirJson.ToUtf8Bytes(patched.Resource), Name, context.Definitions.Types, limits);
    }

    static Issue? Read(Element parameters, out ImmutableArray<PatchOperation> operations)
    {
        operations = [];
        if (parameters.Type.Name != Name)
        {
            return Issue.Error(IssueCode.Structure, "A FHIRPath Patch is a Parameters resource.", parameters.Type.Name);
        }

        var items = parameters["parameter"].ToList();
        if (items.Count > PatchResult.MaxOperations)
        {
            return PatchResult.TooManyOperations(Name);
        }

        var read = ImmutableArray.CreateBuilder<PatchOperation>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (!PatchOperation.TryRead(items[i], $"{Name}.parameter[{i}]", out var operation, out var issue))
            {
                return issue;
            }

            read.Add(operation);
        }

        operations = read.DrainToImmutable();
        return null;
    }
}
