namespace FhirTrials.Server.Configuration;

/// <summary>An operation as the CapabilityStatement names it.</summary>
sealed record OfferedOperation(string Name, string Definition);

/// <summary>The operations that the route table serves.</summary>
static class OfferedOperations
{
    const string Hl7 = "http://hl7.org/fhir/OperationDefinition/";

    const string Ours = "http://fhirtrials.org/fhir/OperationDefinition/";

    const string BulkData = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/";

    static readonly OfferedOperation Meta = new("meta", $"{Hl7}Resource-meta");

    static readonly OfferedOperation[] OfAll =
    [
        new("validate", $"{Hl7}Resource-validate"),
        Meta,
        new("meta-add", $"{Hl7}Resource-meta-add"),
        new("meta-delete", $"{Hl7}Resource-meta-delete"),
    ];

    static readonly OfferedOperation Reindex = new("reindex", $"{Ours}SearchParameter-reindex");

    static readonly Dictionary<string, OfferedOperation[]> OfOne = new(StringComparer.Ordinal)
    {
        ["SearchParameter"] = [Reindex],
        ["Patient"] = [new("everything", $"{Hl7}Patient-everything"), new("export", $"{BulkData}patient-export")],
        ["Group"] =
        [
            new("export", $"{BulkData}group-export"),
            new("evaluate", $"{Ours}Group-evaluate"),
            new("as-expression", $"{Ours}Group-as-expression"),
            new("criteria-diff", $"{Ours}Group-criteria-diff"),
        ],
        ["ResearchStudy"] =
        [
            new("everything", $"{Ours}ResearchStudy-everything"),
            new("match", $"{Ours}ResearchStudy-match"),
            new("to-registry", $"{Ours}ResearchStudy-to-registry"),
        ],
    };

    static readonly OfferedOperation[] OfOperators = [new("expunge", $"{Ours}Resource-expunge")];

    static readonly OfferedOperation[] OfOperatorsForAll = [Reindex, new("job", $"{Ours}job")];

    /// <summary>Those of the server as a whole.</summary>
    public static IEnumerable<OfferedOperation> OfSystem(bool hasOperators) =>
    [
        new("versions", $"{Hl7}CapabilityStatement-versions"),
        Meta,
        new("export", $"{BulkData}export"),
        new("bulk-publish", $"{BulkData}bulk-publish"),
        .. hasOperators ? OfOperatorsForAll : [],
    ];

    public static IEnumerable<OfferedOperation> Of(string type, bool hasOperators) =>
        [.. OfAll, .. OfOne.GetValueOrDefault(type, []), .. hasOperators ? OfOperators : []];
}
