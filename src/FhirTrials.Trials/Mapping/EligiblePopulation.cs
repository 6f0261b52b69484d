using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Mapping.Rules;
using FhirTrials.Trials.Registry;

namespace FhirTrials.Trials.Mapping;

/// <summary>The ages and the sex that a study takes, at the study itself, so that it is found by them. They follow from
/// the record; the criteria in the Group are what decides.</summary>
static class EligiblePopulation
{
    const string Absent = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    public static Rule Rule { get; } =
        RuleSet.Derived((module, study, _) => ((Place)"extension").Add(study, FhirNode.Extension(
            Canonicals.Ours("eligible-population"),
            FhirNode.Extension("age", "valueRange", Ages(module)),
            FhirNode.Extension("sex", "valueCodeableConcept", Sex(module)))!));

    /// <summary>The registry leaves out a limit that there is not: then the ages begin at birth, or are open. Limits
    /// that contradict each other limit nobody.</summary>
    static ObjectNode Ages(RegistryNode module)
    {
        var (minimum, maximum) = (module.Text("minimumAge"), module.Text("maximumAge"));
        var stated = module.Codes("stdAges", RegistryCodes.StandardAge).Select(age => age.Code).ToList();
        var adults = minimum is null && stated.Count > 0 && !stated.Contains("CHILD");
        var low = (minimum is null ? null : RegistryFields.AgeOf(minimum)) ?? (adults ? 18 : 0, "a");
        if (maximum is null || RegistryFields.AgeOf(maximum) is not { } high || Days(low) > Days(high))
        {
            high = default;
        }

        // FHIR wants one unit for both ends of a range.
        return high.Unit is null || high.Unit == low.Unit
            ? Range(low, high.Unit is null ? null : high)
            : low.Unit is "a" or "mo" && high.Unit is "a" or "mo"
                ? Range((Months(low), "mo"), (Months(high), "mo"))
                : Range((Days(low), "d"), (Days(high), "d"));
    }

    /// <summary>Limits that are no ages, or contradict each other: they stay text, and limit nobody.</summary>
    public static IEnumerable<Issue> Warnings(RegistryRecord record)
    {
        foreach (var limit in (string[])["minimumAge", "maximumAge"])
        {
            if (record.Eligibility.Text(limit) is { } text && text != "N/A" && RegistryFields.AgeOf(text) is null)
            {
                yield return Warning(limit, "is no age");
            }
        }

        if (AgeOf("minimumAge") is { } low && AgeOf("maximumAge") is { } high && Days(low) > Days(high))
        {
            yield return Warning("maximumAge", "is below the minimum");
        }

        (decimal Value, string Unit)? AgeOf(string limit) =>
            record.Eligibility.Text(limit) is { } text ? RegistryFields.AgeOf(text) : null;

        static Issue Warning(string leaf, string why)
        {
            var place = $"protocolSection.eligibilityModule.{leaf}";
            return Issue.Warning(IssueCode.Value, $"{place} {why}: the record is kept as it is.", place);
        }
    }

    static ObjectNode Range((decimal Value, string Unit) low, (decimal Value, string Unit)? high) => FhirNode.Object(
        ("low", FhirNode.Quantity(low.Value, low.Unit, low.Unit)),
        ("high", high is var (value, unit) ? FhirNode.Quantity(value, unit, unit) : null))!;

    static decimal Months((decimal Value, string Unit) age) => age.Unit == "a" ? age.Value * 12 : age.Value;

    /// <summary>In UCUM a year has 365.25 days, and a month is a twelfth of it.</summary>
    static decimal Days((decimal Value, string Unit) age) => age.Unit switch
    {
        "a" => age.Value * 365.25m,
        "mo" => age.Value * 365.25m / 12,
        "wk" => age.Value * 7,
        "h" => age.Value / 24,
        "min" => age.Value / (24 * 60),
        _ => age.Value,
    };

    /// <summary>The registry's code, and FHIR's of everybody whom it lets in; that it is unknown,
    /// where the record does not say.</summary>
    static ObjectNode Sex(RegistryNode module)
    {
        var stated = module.Code("sex", RegistryCodes.Sex);
        var genders = CodeMap.Sex.Pairs.Where(p => p.Registry == stated?.Code);
        return FhirNode.Concept(stated is null
            ? [FhirNode.Coding(Absent, "unknown", "Unknown")]
            : [FhirNode.Coding(stated), .. genders.Select(g => FhirNode.Coding(CodeMap.Sex.System, g.Fhir))])!;
    }
}
