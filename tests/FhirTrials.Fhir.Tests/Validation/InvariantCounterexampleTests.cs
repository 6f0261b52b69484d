using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Fhir.Tests.Generation;
using FhirTrials.Fhir.Validation;

namespace FhirTrials.Fhir.Tests.Validation;

/// <summary>A judge of the invariants of R4's datatypes and resources: for each there
/// is something that breaks it.</summary>
public sealed class InvariantCounterexampleTests
{
    /// <summary>How many resources of each type chance makes at least, and at most until all of the type's own
    /// invariants are broken.</summary>
    const int Least = 40;
    const int Most = 400;

    const string Consent = "\"resourceType\":\"Consent\",\"status\":\"active\",\"category\":[{\"text\":\"x\"}]"
        + ",\"policyRule\":{\"text\":\"x\"}";
    const string Structure =
        "\"resourceType\":\"StructureDefinition\",\"url\":\"http://hl7.org/fhir/StructureDefinition/x\",\"name\":\"X\","
        + "\"status\":\"draft\",\"abstract\":false";
    const string Resource = Structure
        + ",\"kind\":\"resource\",\"type\":\"Patient\","
        + "\"baseDefinition\":\"http://hl7.org/fhir/StructureDefinition/Patient\",\"derivation\":\"constraint\"";

    /// <summary>Invariants that nothing can break, with the reason.</summary>
    static readonly Dictionary<string, string> Unbreakable = new(StringComparer.Ordinal)
    {
        ["cid-0"] = "is about 'name', which ChargeItemDefinition does not have in R4",
        ["eld-11"] = "its select() gives an item for each type, be it false, and asks whether there is any",
    };

    static readonly Validator R4 = new(FhirDefinitions.R4, TimeProvider.System);

    /// <summary>Those that chance does not find: they ask for certain codes, numbers, or
    /// agreement of several elements.</summary>
    public static TheoryData<string, string> Written => new()
    {
        { "ait-2", """{"resourceType":"AllergyIntolerance","patient":{"reference":"Patient/1"},"verificationStatus":"""
            + """{"coding":[{"system":"http://terminology.hl7.org/CodeSystem"""
            + """/allergyintolerance-verification","code":"entered-in-error"}]},"clinicalStatus":{"coding":"""
            + """[{"system":"http://terminology.hl7.org/CodeSystem"""
            + """/allergyintolerance-clinical","code":"active"}]}}""" },
        { "bdl-8", """{"resourceType":"Bundle","type":"collection","entry":"""
            + """[{"fullUrl":"http://example.org/Patient/1/_history/2","resource":"""
            + """{"resourceType":"Patient","id":"1","active":true}}]}""" },
        { "con-5", """{"resourceType":"Condition","subject":{"reference":"Patient/1"},"verificationStatus":{"coding":"""
            + """[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"entered-in-error"}]}"""
            + ""","clinicalStatus":{"coding":"""
            + """[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]}}""" },
        { "ctm-1", """{"resourceType":"CareTeam","contained":[{"resourceType":"Patient","id":"p","active":true}]"""
            + ""","participant":[{"member":{"reference":"#p"},"onBehalfOf":{"reference":"Organization/1"}}]}""" },
        { "eld-3", "{" + Resource + ""","differential":{"element":[{"id":"Patient","path":"Patient","max":"-1"}]}}""" },
        { "eld-2",
            "{" + Resource
                + ""","differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":2,"max":"1"}]}}""" },
        {
            "eld-7",
            "{" + Resource
                + ""","differential":{"element":[{"id":"Patient.deceased[x]","path":"Patient.deceased[x]","type":"""
                + """[{"code":"boolean"},{"code":"dateTime"}],"patternBoolean":true}]}}"""
        },
        {
            "eld-12",
            "{" + Resource
                + ""","differential":{"element":[{"id":"Patient.gender","path":"Patient.gender","binding":"""
                + """{"strength":"required","valueSet":"genders"}}]}}"""
        },
        { "eld-19", "{" + Resource + ""","differential":{"element":[{"id":"Patient","path":"#"}]}}""" },
        { "md-1", """{"resourceType":"MessageDefinition","status":"draft","date":"2024","eventUri":"http://example."""
            + """org/e","focus":[{"code":"Patient","min":0,"max":"0"}]}""" },
        { "obs-7", """{"resourceType":"Observation","status":"final","code":{"coding":"""
            + """[{"system":"http://loinc.org","code":"1-8"}]},"valueInteger":1,"component":[{"code":{"coding":"""
            + """[{"system":"http://loinc.org","code":"1-8"}]}}]}""" },
        { "ppc-2", "{" + Consent + ""","scope":{"coding":[{"system":"something","code":"patient-privacy"}]}}""" },
        { "ppc-3", "{" + Consent + ""","scope":{"coding":[{"system":"something","code":"research"}]}}""" },
        { "ppc-4", "{" + Consent + ""","scope":{"coding":[{"system":"something","code":"adr"}]}}""" },
        { "ppc-5", "{" + Consent + ""","scope":{"coding":[{"system":"something","code":"treatment"}]}}""" },
        { "ras-2", """{"resourceType":"RiskAssessment","status":"final","subject":{"reference":"Patient/1"}"""
            + ""","prediction":[{"probabilityDecimal":100.1}]}""" },
        { "rng-2", """{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueRange":{"low":"""
            + """{"value":2,"system":"http://unitsofmeasure.org","code":"g"},"high":{"value":1000"""
            + ""","system":"http://unitsofmeasure.org","code":"mg"}}}""" },
        {
            "sdf-5",
            "{" + Structure
                + ""","kind":"complex-type","type":"Extension","baseDefinition":"http://hl7.org/fhir"""
                + """/StructureDefinition/Extension","derivation":"constraint","differential":{"element":"""
                + """[{"id":"Extension","path":"Extension"}]}}"""
        },
        {
            "sdf-19",
            "{" + Resource
                + ""","differential":{"element":[{"id":"Patient.active","path":"Patient.active","type":"""
                + """[{"code":"a-b"}]}]}}"""
        },
        {
            "sdf-22",
            "{" + Resource
                + ""","differential":{"element":"""
                + """[{"id":"Patient.active","path":"Patient.active","defaultValueBoolean":true}]}}"""
        },
        { "tst-4", """{"resourceType":"TestScript","url":"http://example.org"""
            + """/t","name":"T","status":"draft","metadata":{"capability":"""
            + """[{"capabilities":"http://example.org/c"}]}}""" },
        { "tst-8", """{"resourceType":"TestScript","url":"http://example.org/t","name":"T","status":"draft","test":"""
            + """[{"action":[{"operation":{"encodeRequestUrl":true,"type":{"code":"read"}}}]}]}""" },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_counterexample_breaks_its_invariant(string key, string json) =>
        Assert.Contains(key, Broken(Validated.Read(json)));

    /// <summary>Chance breaks 9 of 10; with those written above nothing is left but what cannot be broken.</summary>
    [Fact]
    public void Every_invariant_of_R4_is_broken_by_something()
    {
        var types = FhirDefinitions.R4.Types.Names.Select(n => FhirDefinitions.R4.Types[n]).ToList();
        var all = types.SelectMany(ConstraintsOf).Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var broken = Written.Select(w => w.Data.Item1).ToHashSet(StringComparer.Ordinal);
        foreach (var type in types.Where(t => t is { Kind: FhirTypeKind.Resource, IsAbstract: false }))
        {
            var wanted = ConstraintsOf(type).Select(c => c.Key).Except(Unbreakable.Keys)
                .ToHashSet(StringComparer.Ordinal);
            var made = new RandomResource(FhirDefinitions.R4, new Random(20261121));
            for (var i = 0; i < Least || (i < Most && !wanted.IsSubsetOf(broken)); i++)
            {
                broken.UnionWith(Broken(made.Make(type.Name)));
            }
        }

        Assert.Equal(Unbreakable.Keys.Order(StringComparer.Ordinal), all.Except(broken).Order(StringComparer.Ordinal));
        Assert.Equal(237, all.Count);
    }

    static IEnumerable<string> Broken(Element resource) =>
        R4.Validate(resource, new ValidationOptions { MaxIssues = 5000 })
            .Where(i => i.Code is IssueCode.Invariant && i.Diagnostics.Contains(':', StringComparison.Ordinal))
            .Select(i => i.Diagnostics[..i.Diagnostics.IndexOf(':', StringComparison.Ordinal)]);

    internal static IEnumerable<Constraint> ConstraintsOf(FhirType type) => type.Constraints
        .Concat(type.Elements.SelectMany(e => e.Constraints))
        .Concat(type.Elements
            .SelectMany(e => e.Types)
            .Where(t => t.Type.Kind == FhirTypeKind.Backbone
                && t.Type.Path.StartsWith(type.Path + ".", StringComparison.Ordinal)
                && t.Type.Path.Length > type.Path.Length)
            .SelectMany(t => ConstraintsOf(t.Type)));
}
