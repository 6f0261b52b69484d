using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Tests.Definitions;

public sealed class R4DefinitionsTests
{
    static readonly FhirDefinitions R4 = FhirDefinitions.R4;

    static ElementDefinition Element(string path) => path.Split('.').Skip(1)
        .Aggregate((Type: R4.Types[path.Split('.')[0]], Definition: (ElementDefinition?)null), (at, name) =>
            at.Type.Element(name) is { } next ? (next.Types[0].Type, next) : throw new KeyNotFoundException(path))
        .Definition!;

    [Fact]
    public void All_types_of_R4_are_known()
    {
        var types = R4.Types.Names.Select(n => R4.Types[n]).ToList();
        Assert.Equal(148, types.Count(t => t.Kind == FhirTypeKind.Resource));
        Assert.Equal(20, types.Count(t => t.Kind == FhirTypeKind.Primitive));
        Assert.Equal(
            ["BackboneElement", "DomainResource", "Element", "Resource"],
            types.Where(t => t.IsAbstract).Select(t => t.Name).Order());
    }

    [Theory]
    [InlineData("Patient.name", 0, ElementDefinition.Many, true, "HumanName")]
    [InlineData("Patient.birthDate", 0, 1, false, "date")]
    [InlineData("Patient.contact", 0, ElementDefinition.Many, true, "BackboneElement")]
    [InlineData("Patient.contact.relationship", 0, ElementDefinition.Many, true, "CodeableConcept")]
    [InlineData("Patient.id", 0, 1, false, "id")]
    [InlineData("HumanName.id", 0, 1, false, "string")]
    [InlineData("Extension.url", 1, 1, false, "uri")]
    [InlineData("Group.characteristic.exclude", 1, 1, false, "boolean")]
    [InlineData("Questionnaire.item.item.item.linkId", 1, 1, false, "string")]
    [InlineData("Timing.repeat", 0, 1, false, "Element")]
    [InlineData("string.extension", 0, ElementDefinition.Many, true, "Extension")]
    public void Elements_have_their_cardinality_and_type(string path, int min, int max, bool isArray, string type)
    {
        var element = Element(path);
        Assert.Equal(
            (min, max, isArray, type), (element.Min, element.Max, element.IsArray, element.Types[0].Type.Name));
    }

    [Fact]
    public void A_choice_knows_its_types_and_their_properties()
    {
        var value = Element("Observation.value");
        Assert.Equal((true, 11), (value.IsChoice, value.Types.Length));
        Assert.True(R4.Types["Observation"].TryJsonProperty("valueDateTime", out var found, out var type));
        Assert.Equal(("value", "dateTime"), (found.Name, type.Name));
        Assert.Equal("valueDateTime", value.JsonNameFor(type));
    }

    [Fact]
    public void Bindings_rules_targets_and_flags_are_there()
    {
        Assert.Equal(
            new Binding(BindingStrength.Required, "http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1"),
            Element("Patient.gender").Binding);
        Assert.Contains(Element("Patient.contact").Constraints, c => c is { Key: "pat-1", IsWarning: false });
        Assert.Contains(R4.Types["Patient"].Constraints, c => c is { Key: "dom-6", IsWarning: true });
        Assert.Contains(R4.Types["Period"].Constraints, c => c.Key == "per-1");
        Assert.Contains(Element("Questionnaire.item.item").Constraints, c => c.Key == "que-1");
        Assert.Contains(
            "http://hl7.org/fhir/StructureDefinition/Group",
            Element("ResearchStudy.enrollment").Types[0].TargetProfiles);
        Assert.True(Element("Patient.active").IsModifier);
        Assert.True(Element("Patient.active").IsSummary);
        Assert.True(Element("HumanName.id").IsXmlAttribute);
        Assert.False(Element("Patient.id").IsXmlAttribute);
        Assert.Equal("urn:oid:[0-2](\\.(0|[1-9][0-9]*))+", R4.Types["oid"].Regex);
    }

    [Fact]
    public void Types_derive_from_their_bases()
    {
        Assert.True(R4.Types["Age"].IsA("Quantity"));
        Assert.True(R4.Types["code"].IsA("string"));
        Assert.True(R4.Types["Patient"].IsA("DomainResource"));
        Assert.False(R4.Types["Bundle"].IsA("DomainResource"));
        Assert.True(Element("Patient.contact").Types[0].Type.IsA("BackboneElement"));
    }

    [Theory]
    [InlineData("ResearchStudy", "title", SearchParameterType.String)]
    [InlineData("ResearchStudy", "_id", SearchParameterType.Token)]
    [InlineData("ResearchStudy", "_lastUpdated", SearchParameterType.Date)]
    [InlineData("Observation", "code-value-quantity", SearchParameterType.Composite)]
    [InlineData("Patient", "general-practitioner", SearchParameterType.Reference)]
    public void Search_parameters_are_found_by_type(string type, string code, SearchParameterType kind) =>
        Assert.Equal(kind, Assert.Single(R4.SearchParameters(type), p => p.Code == code).Type);

    [Fact]
    public void A_composite_names_its_components() =>
        Assert.Equal(
            2, R4.SearchParameters("Observation").Single(p => p.Code == "code-value-quantity").Components.Length);

    [Fact]
    public void No_type_has_two_parameters_of_one_code() =>
        Assert.All(R4.Types.Names, type =>
            Assert.Equal(
                R4.SearchParameters(type).Count, R4.SearchParameters(type).Select(p => p.Code).Distinct().Count()));

    [Fact]
    public void Codes_have_their_hierarchy()
    {
        var act = R4.CodeSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode|2018-08-12")!;
        Assert.True(act.IsA("IMP", "_ActEncounterCode"));
        Assert.False(act.IsA("_ActEncounterCode", "IMP"));
        Assert.False(act.Find("_ActEncounterCode")!.IsSelectable);
        Assert.Null(R4.CodeSystem("http://hl7.org/fhir/administrative-gender")!.Find("Male"));
    }

    [Fact]
    public void Value_sets_list_their_includes() =>
        Assert.Equal(
            "http://hl7.org/fhir/administrative-gender",
            R4.ValueSet("http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1")!.Includes.Single().System);

    [Fact]
    public void Every_value_set_and_profile_that_a_type_names_is_known_or_foreign()
    {
        var missing = R4.Types.Names.Select(n => R4.StructureDefinition(n)!)
            .SelectMany(d => Below(d.Root))
            .Where(e => e.Binding is { Strength: BindingStrength.Required } b && R4.ValueSet(b.ValueSet) is null)
            .Select(e => $"{e.Path} {e.Binding!.ValueSet}");
        Assert.Empty(missing);
    }

    static IEnumerable<ElementDefinition> Below(ElementDefinition element) =>
        element.Children.SelectMany(c => Below(c).Prepend(c));

    [Fact]
    public void The_patient_compartment_tells_which_parameters_tie_a_resource_to_it() =>
        Assert.Equal(["individual"], R4.Compartment("Patient")!.Parameters["ResearchSubject"]);

    [Theory]
    [InlineData("http://hl7.org/fhir/StructureDefinition/Patient", false)]
    [InlineData("http://hl7.org/fhir/StructureDefinition/bmi|4.0.1", true)]
    [InlineData("Patient", false)]
    public void Definitions_are_found_by_canonical_with_or_without_version(string canonical, bool isProfile) =>
        Assert.Equal(isProfile, R4.StructureDefinition(canonical)!.IsProfile);

    [Fact]
    public void A_profile_is_a_tree_with_slices()
    {
        var root = R4.StructureDefinition("http://hl7.org/fhir/StructureDefinition/bp")!.Root;
        var component = root.Children.Single(c => c.Name == "component");
        Assert.Equal(["SystolicBP", "DiastolicBP"], component.Slices.Select(s => s.SliceName));
        Assert.Equal("8480-6", component.Slices[0].Children.Single(c => c.Name == "code")
            .Children.Single(c => c.Name == "coding").Slices[0].Children.Single(c => c.Name == "code").Fixed!.Value);
        Assert.Equal("Observation.component", component.Types[0].Type.Path);
    }

    [Fact]
    public void An_unknown_canonical_is_null()
    {
        Assert.Null(R4.StructureDefinition("http://x.org/none"));
        Assert.Null(R4.ValueSet("http://x.org/none"));
        Assert.Null(R4.Types.Find("Colour"));
    }

    [Fact]
    public void Every_definition_decodes()
    {
        var facts = R4Facts.FromEmbedded();
        Assert.All(facts.StructureUrls, url => Assert.Equal(url, R4.StructureDefinition(url)!.Url));
        Assert.All(facts.Index(FactSection.ValueSets), v => Assert.Equal(v.Key, facts.ValueSet(v.Key, v.Value).Url));
        Assert.All(
            facts.Index(FactSection.CodeSystems), c => Assert.Equal(c.Key, facts.CodeSystem(c.Key, c.Value).Url));
    }
}
