namespace FhirTrials.Fhir.FhirPath.Values;

/// <summary>What <c>type()</c> gives: a type's namespace (<c>System</c> or <c>FHIR</c>) and name.</summary>
public sealed record TypeInfo(string Namespace, string Name);
