using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;

namespace FhirTrials.Trials.Mapping;

/// <summary>designModule ⇄ category, phase, purpose, R5's study design and recruitment.</summary>
static class DesignModule
{
    static readonly Place Recruitment = Place.Here.Extension(Canonicals.R5("recruitment"));

    public static Rule Rule { get; } = In(
        "designModule",
        Coded("studyType", RegistryCodes.StudyType, Place.Here.Item("category", Shapes.Any)),
        ExpandedAccess.OfDesign,
        Shapes.StudyFact("patientRegistry", "patient-registry"),
        Text("targetDuration", Design("target-duration") / "text"),
        Codings("phases", RegistryCodes.Phase, "phase"),
        Derived(JoinPhases),
        In("designInfo",
            Coded("allocation", RegistryCodes.DesignAllocation, Design("allocation")),
            Coded("interventionModel", RegistryCodes.InterventionalAssignment, Design("intervention-model")),
            Text("interventionModelDescription", Design("intervention-model") / "text"),
            Coded("primaryPurpose", RegistryCodes.PrimaryPurpose, "primaryPurposeType"),
            Derived(AddPurpose),
            Coded("observationalModel", RegistryCodes.ObservationalModel, Design("observational-model")),
            Coded("timePerspective", RegistryCodes.DesignTimePerspective, Design("time-perspective")),
            In("maskingInfo",
                Coded("masking", RegistryCodes.DesignMasking, Design("masking")),
                Text("maskingDescription", Design("masking") / "text"),
                Values("whoMasked", Kind.Code(RegistryCodes.WhoMasked), "extension",
                    DesignPattern("who-masked"), Shapes.CodeIn(RegistryCodes.WhoMasked)))),
        In("bioSpec",
            Coded("retention", RegistryCodes.BioSpecRetention, Design("biospecimen")),
            Text("description", Design("biospecimen") / "text")),
        In("enrollmentInfo", new EnrollmentRule()));

    /// <summary>Whom the study recruits.</summary>
    public static Rule Recruits { get; } = Derived((_, study, resources) =>
        (Recruitment.Extension("eligibility") / "valueReference").Make(study)["reference"] =
            $"Group/{EligibilityModule.IdOf(resources.NctId)}");

    /// <summary>R5's study design, for one part of it.</summary>
    public static Place Design(string part) =>
        Place.Here.Item("extension", DesignPattern(part)) / "valueCodeableConcept";

    static ObjectNode DesignPattern(string part) => FhirNode.Extension(
        Canonicals.R5("studyDesign"), "valueCodeableConcept", Shapes.Concept(MappingCodes.DesignPart, part))!;

    /// <summary>FHIR joins neighbours (<c>phase-1-phase-2</c>).</summary>
    static void JoinPhases(RegistryNode module, ObjectNode study, StudyResources resources)
    {
        var phases = module.Codes("phases", RegistryCodes.Phase).Select(p => p.Code);
        if (CodeMap.Phase.Of(string.Join('+', phases)) is { } joined)
        {
            CodingsOf(study, "phase").Insert(0, FhirNode.Coding(CodeMap.Phase.System, joined.Fhir, joined.Display));
        }
    }

    static void AddPurpose(RegistryNode info, ObjectNode study, StudyResources resources)
    {
        var purpose = info.Code("primaryPurpose", RegistryCodes.PrimaryPurpose);
        if (CodeMap.Purpose.Of(purpose?.Code) is { } pair)
        {
            CodingsOf(study, "primaryPurposeType")
                .Insert(0, FhirNode.Coding(CodeMap.Purpose.System, pair.Fhir, pair.Display));
        }
    }

    static ArrayNode CodingsOf(ObjectNode study, string concept) =>
        (ArrayNode)((ObjectNode)study[concept]!)["coding"]!;

    /// <summary>How many take part: R5 has one element for the number that is expected and another for the one that is
    /// reached; a number of which the record does not say which it is has an extension of ours.</summary>
    sealed class EnrollmentRule : Rule
    {
        static readonly Dictionary<string, Place> ByType = new()
        {
            ["ESTIMATED"] = Recruitment.Extension("targetNumber") / "valueUnsignedInt",
            ["ACTUAL"] = Recruitment.Extension("actualNumber") / "valueUnsignedInt",
        };

        static readonly Place Untyped =
            Place.Here.Extension(Canonicals.Ours("enrollment-count")) / "valueUnsignedInt";

        public override void Write(RegistryNode from, ObjectNode to, StudyResources study)
        {
            var count = from.Count("count");
            if (ByType.GetValueOrDefault(from.Text("type") ?? "") is { } place)
            {
                if (count is null)
                {
                    place.Owner.Make(to)[$"_{place.Name}"] = Shapes.Absent();
                }
                else
                {
                    place.Owner.Make(to)[place.Name] = count.Value;
                }
            }
            else if (count is not null)
            {
                Untyped.Owner.Make(to)[Untyped.Name] = count.Value;
            }
        }

        public override void Read(ObjectNode from, ObjectNode to, StudyResources study)
        {
            foreach (var (type, place) in ByType)
            {
                if (place.Owner.Find(from) is { } owner)
                {
                    ReadCount(owner, place.Name, to);
                    to["type"] = type;
                }
            }

            if (Untyped.Owner.Find(from) is { } untyped)
            {
                ReadCount(untyped, Untyped.Name, to);
            }
        }

        static void ReadCount(ObjectNode owner, string name, ObjectNode to)
        {
            if (owner[name] is { } count)
            {
                to["count"] = count;
            }
        }

        public override IEnumerable<LeafPlace> Leaves(string leaf, string fhir) =>
        [
            new($"{leaf}count", $"{fhir}{ByType["ACTUAL"]} | {fhir}{ByType["ESTIMATED"]}"),
            new($"{leaf}type", $"{fhir}{ByType["ACTUAL"].Owner} | {fhir}{ByType["ESTIMATED"].Owner}"),
        ];
    }
}
