using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;
using static FhirTrials.Trials.Mapping.Rules.RuleSet;
using static FhirTrials.Trials.Mapping.Shapes;

namespace FhirTrials.Trials.Mapping;

/// <summary>Expanded access: what the status module and the design module say of it.</summary>
static class ExpandedAccess
{
    static readonly Place Record = ReferencesModule.Artifact("expanded-access");

    /// <summary>Whether there is any, and the record that offers it.</summary>
    public static Rule[] OfStatus { get; } =
    [
        StudyFact("hasExpandedAccess", "has-expanded-access"),
        Text("nctId", Record / "label"),
        Coded("statusForNctId", RegistryCodes.ExpandedAccessStatus,
            Record / ReferencesModule.Classified(RegistryCodes.ExpandedAccessStatus)),
    ];

    /// <summary>What an expanded access record itself says.</summary>
    public static Rule OfDesign { get; } = All(
        Field("nPtrsToThisExpAccNctId", Kind.Count,
            Place.Here.Extension(Canonicals.Ours("expanded-access-pointers")) / "valueUnsignedInt"),
        In("expandedAccessTypes",
            StudyFact("individual", "expanded-access-individual"),
            StudyFact("intermediate", "expanded-access-intermediate"),
            StudyFact("treatment", "expanded-access-treatment")));
}
