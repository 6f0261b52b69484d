namespace FhirTrials.Server.Configuration;

/// <summary>An operation as the CapabilityStatement names it.</summary>
sealed record OfferedOperation(string Name, string Definition);

/// <summary>The operations that the route table serves, by resource type.</summary>
sealed class OfferedOperations
{
    static readonly OfferedOperation Validate = new("validate", "http://hl7.org/fhir/OperationDefinition/Resource-validate");

    readonly Dictionary<string, List<OfferedOperation>> _ofType = new(StringComparer.Ordinal);

    public IEnumerable<OfferedOperation> Of(string type) =>
        _ofType.GetValueOrDefault(type, []).Prepend(Validate);

    /// <summary>Adds an operation of one type.</summary>
    public OfferedOperations With(string type, string name, string definition)
    {
        _ofType.TryAdd(type, []);
        _ofType[type].Add(new OfferedOperation(name, definition));
        return this;
    }
}
