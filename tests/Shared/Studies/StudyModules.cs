using System.Text.Json.Nodes;

namespace FhirTrials.Tests.Studies;

/// <summary>The modules of a generated record, in the registry's order.</summary>
sealed class StudyModules(Dice dice, Topic topic, string status)
{
    const string Sentences = """
        {This study|The study|This trial} {evaluates|compares|examines} {the efficacy and safety|the safety and
          tolerability|the effect} of DRUG {in participants with|in patients with} DISEASE.
        {DISEASE is a common cause of morbidity.|There is no standard treatment of DISEASE.|Treatment of DISEASE remains
          unsatisfactory in many patients.}
        {Participants are randomly assigned|Participants are assigned by the investigator} to {DRUG|DRUG or its
          comparator} for {4|8|12|24|52} weeks.
        {Visits take place|Participants are seen} every {2|4|6|12} weeks; {blood samples are taken|questionnaires are
          completed|adverse events are recorded} at each visit.
        The primary endpoint is {the change of symptoms from baseline|overall survival|progression-free survival|the
          rate of response|the rate of hospitalisation} at {week 12|month 6|year 1|year 2}.
        {An independent committee reviews the data|Data are monitored centrally} after {25|50|100} participants.
        {The sample size was calculated|The size of the study was chosen} to find a difference of {10|15|20}% with a
          power of {80|90}%.
        After the end of treatment participants are followed for {6 months|1 year|2 years|5 years} to learn how long the
          effect of DRUG lasts.
        {Secondary aims are quality of life, cost and adherence.|Pharmacokinetics are studied in a subset of
          participants.|Biomarkers of response are explored.}
        """;

    const string Measures = """
        {Overall survival|Progression-free survival|Event-free survival|Time to progression of DISEASE}
        {Change from baseline in symptoms of DISEASE|Change from baseline in quality of life|Change in pain score}
        {Number of participants with adverse events|Number of participants with serious adverse events}
        {Rate of response to DRUG|Rate of remission of DISEASE|Proportion of participants who need rescue medication}
        {Maximum plasma concentration of DRUG|Area under the curve of DRUG|Half-life of DRUG}
        {Days in hospital|Number of visits to an emergency department|Cost of care}
        {Adherence to DRUG|Acceptability of treatment|Satisfaction with treatment}
        """;

    static readonly string[] Lines = Dice.Templates(Sentences);

    static readonly string[] Outcomes = Dice.Templates(Measures);

    readonly bool _isInterventional = dice.Percent(77);

    readonly JsonObject _sponsor = People.Sponsor(dice);

    readonly string _disease = topic.Name(dice);

    string[] Interventions => field ??= dice.Percent(70)
        ? [topic.Drugs[0], dice.Percent(50) ? "Placebo" : topic.Drugs[1]]
        : [dice.Text(
            "{Exercise program|Cognitive behavioral therapy|Telephone follow-up|Dietary counseling|Monitoring "
                + "device|Surgery}"),
            "Usual care"];

    public JsonObject Protocol(string nctId, JsonObject dates) => new()
    {
        ["identificationModule"] = Identification(nctId),
        ["statusModule"] = dates,
        ["sponsorCollaboratorsModule"] = Sponsors(),
        ["oversightModule"] = new JsonObject
        {
            ["oversightHasDmc"] = dice.Percent(40),
            ["isFdaRegulatedDrug"] = dice.Percent(40),
            ["isFdaRegulatedDevice"] = dice.Percent(10),
        },
        ["descriptionModule"] = new JsonObject
        {
            ["briefSummary"] = Prose(dice.Between(2, 6)),
            ["detailedDescription"] =
                string.Join("\n\n", Enumerable.Range(0, dice.Between(1, 7)).Select(_ => Prose(5))),
        },
        ["conditionsModule"] = new JsonObject
        {
            ["conditions"] = Strings([_disease, .. dice.Some([.. topic.Ancestors], dice.Below(2))]),
            ["keywords"] = Strings([.. dice.Some(topic.Disease.Synonyms, 3), Interventions[0]]),
        },
        ["designModule"] = Design(),
        ["armsInterventionsModule"] = Arms(),
        ["outcomesModule"] = new JsonObject
        {
            ["primaryOutcomes"] = new JsonArray([.. Measure(dice.Between(1, 2))]),
            ["secondaryOutcomes"] = new JsonArray([.. Measure(dice.Between(1, 14))]),
        },
        ["eligibilityModule"] = Eligibility(),
        ["contactsLocationsModule"] = Contacts(),
        ["referencesModule"] = new JsonObject { ["references"] = new JsonArray([.. References(dice.Between(1, 6))]) },
        ["ipdSharingStatementModule"] = new JsonObject { ["ipdSharing"] = dice.Word("NO 60, YES 20, UNDECIDED 20") },
    };

    /// <summary>What the registry derives: headings without numbers, since the vocabulary has none of MeSH's.</summary>
    public JsonObject Derived() => new()
    {
        ["miscInfoModule"] = new JsonObject { ["versionHolder"] = "2026-11-01" },
        ["conditionBrowseModule"] = new JsonObject
        {
            ["meshes"] = new JsonArray(new JsonObject { ["term"] = topic.Disease.Text }),
            ["ancestors"] = new JsonArray([.. topic.Ancestors.Select(a => new JsonObject { ["term"] = a })]),
            ["browseLeaves"] = new JsonArray(
            [
                new JsonObject { ["name"] = topic.Disease.Text, ["asFound"] = _disease, ["relevance"] = "HIGH" },
                .. topic.Ancestors.Select(a => new JsonObject { ["name"] = a, ["relevance"] = "LOW" }),
            ]),
            ["browseBranches"] = new JsonArray(new JsonObject { ["abbrev"] = "All", ["name"] = "All Conditions" }),
        },
    };

    JsonObject Identification(string nctId) => new()
    {
        ["nctId"] = nctId,
        ["orgStudyIdInfo"] = new JsonObject
        {
            ["id"] = FormattableString.Invariant($"GEN-{dice.Between(1000, 9999)}-{nctId[4..]}"),
        },
        ["organization"] = new JsonObject
        {
            ["fullName"] = (string)_sponsor["name"]!, ["class"] = (string)_sponsor["class"]!,
        },
        ["briefTitle"] = dice.Text("{Study|Trial|Evaluation} of ") + Interventions[0]
            + dice.Text(" {in|for the Treatment of|in Adults With|to Prevent} ") + _disease,
        ["officialTitle"] = Filled(
            "{A Phase 2, Open-label|A Randomized, Double-blind, Placebo-controlled|A Prospective, Multicenter|A "
                + "Single-center} {Study|Trial} of ")
            + Interventions[0] + Filled(" in {Participants|Patients} With DISEASE"),
    };

    JsonObject Sponsors()
    {
        var sponsors = new JsonObject
        {
            ["responsibleParty"] = new JsonObject { ["type"] = "SPONSOR" },
            ["leadSponsor"] = _sponsor,
        };
        if (dice.Percent(30))
        {
            sponsors["collaborators"] = new JsonArray([.. Enumerable.Range(0, dice.Between(1, 3))
                .Select(_ => People.Sponsor(dice))]);
        }

        return sponsors;
    }

    JsonObject Design()
    {
        var people = new JsonObject
        {
            ["count"] = dice.Percent(90) ? dice.Between(10, 400) : dice.Between(400, 20000),
            ["type"] = status is "COMPLETED" or "TERMINATED" ? "ACTUAL" : "ESTIMATED",
        };
        return _isInterventional
            ? new()
            {
                ["studyType"] = "INTERVENTIONAL",
                ["phases"] = dice.Percent(10)
                    ? Strings(["PHASE1", "PHASE2"])
                    : Strings([dice.Word("NA 38, PHASE2 20, PHASE1 15, PHASE3 14, PHASE4 11, EARLY_PHASE1 2")]),
                ["designInfo"] = new JsonObject
                {
                    ["allocation"] = dice.Word("RANDOMIZED 65, NON_RANDOMIZED 15, NA 20"),
                    ["interventionModel"] =
                        dice.Word("PARALLEL 60, SINGLE_GROUP 25, CROSSOVER 8, SEQUENTIAL 5, FACTORIAL 2"),
                    ["primaryPurpose"] =
                        dice.Word("TREATMENT 65, PREVENTION 13, SUPPORTIVE_CARE 8, DIAGNOSTIC 7, OTHER 7"),
                    ["maskingInfo"] = new JsonObject
                    {
                        ["masking"] = "DOUBLE",
                        ["whoMasked"] = Strings(["PARTICIPANT", "INVESTIGATOR"]),
                    },
                },
                ["enrollmentInfo"] = people,
            }
            : new()
            {
                ["studyType"] = "OBSERVATIONAL",
                ["patientRegistry"] = dice.Percent(20),
                ["designInfo"] = new JsonObject
                {
                    ["observationalModel"] = dice.Word("COHORT 70, CASE_CONTROL 15, CASE_ONLY 15"),
                    ["timePerspective"] = dice.Word("PROSPECTIVE 60, RETROSPECTIVE 25, CROSS_SECTIONAL 15"),
                },
                ["enrollmentInfo"] = people,
            };
    }

    JsonObject Arms()
    {
        string[] names = [.. Interventions.Distinct()];
        var isDrug = topic.Drugs.Contains(names[0]);
        string[] types = [.. names.Select(n => !isDrug ? "OTHER" : n == "Placebo" ? "OTHER" : "DRUG")];
        string[] headings = [.. names.Zip(types, (name, type) => $"{(type == "DRUG" ? "Drug" : "Other")}: {name}")];
        string[] labels = [.. names.Select((name, i) => FormattableString.Invariant($"Arm {i + 1}: {name}"))];
        return new()
        {
            ["armGroups"] = new JsonArray([.. names.Select((name, i) => new JsonObject
            {
                ["label"] = labels[i],
                ["type"] = !_isInterventional ? null
                    : i == 0 ? "EXPERIMENTAL" : name == "Placebo" ? "PLACEBO_COMPARATOR" : "ACTIVE_COMPARATOR",
                ["description"] = Dose(name),
                ["interventionNames"] = Strings([headings[i]]),
            }).Select(WithoutNulls)]),
            ["interventions"] = new JsonArray([.. names.Select((name, i) => new JsonObject
            {
                ["type"] = types[i],
                ["name"] = name,
                ["description"] = Dose(name),
                ["armGroupLabels"] = Strings([labels[i]]),
            })]),
        };
    }

    string Dose(string name) => name + dice.Text(topic.Drugs.Contains(name)
        ? " {10|20|50|100|150|200|300|500} {mg|mg/m2|mg/kg} {orally|intravenously|subcutaneously|by mouth} {once "
            + "daily|twice daily|every 2 weeks|on day 1 of each 21-day cycle} for {4|8|12|24|52} weeks."
        : " {once a week|twice a week|daily} for {4|8|12|24|52} weeks.");

    JsonObject Eligibility()
    {
        var ages = dice.Word("ADULT 55, ADULTS_TO 25, CHILD 10, ALL 10");
        var eligibility = new JsonObject
        {
            ["eligibilityCriteria"] = CriteriaTexts.Of(topic, dice),
            ["healthyVolunteers"] = dice.Percent(8),
            ["sex"] = topic.Keys.Contains("prostate-cancer") ? "MALE"
                : topic.Keys.Overlaps(["ovarian-cancer", "endometriosis", "pre-eclampsia", "polycystic-ovary-syndrome"])
                ? "FEMALE"
                : dice.Word("ALL 88, FEMALE 8, MALE 4"),
        };
        if (ages is not "ALL" and not "CHILD")
        {
            eligibility["minimumAge"] = dice.Text("{18|18|18|18|20|21|40|50|65} Years");
        }

        if (ages is not "ADULT" and not "ALL")
        {
            eligibility["maximumAge"] =
                ages == "CHILD" ? dice.Text("{6 Months|11 Years|17 Years|18 Years}") : dice.Text("{70|75|80|85} Years");
        }

        eligibility["stdAges"] = Strings(ages switch
        {
            "CHILD" => ["CHILD"],
            "ALL" => ["CHILD", "ADULT", "OLDER_ADULT"],
            _ => ["ADULT", "OLDER_ADULT"],
        });
        return eligibility;
    }

    JsonObject Contacts()
    {
        var contacts = new JsonObject();
        if (status is "RECRUITING" or "NOT_YET_RECRUITING")
        {
            contacts["centralContacts"] = new JsonArray(People.Contact(dice));
        }

        contacts["overallOfficials"] = new JsonArray(new JsonObject
        {
            ["name"] = People.Name(dice) + ", MD",
            ["affiliation"] = (string)_sponsor["name"]!,
            ["role"] = "PRINCIPAL_INVESTIGATOR",
        });
        contacts["locations"] = new JsonArray(
            [.. Enumerable.Range(0, Sites.Count(dice)).Select(_ => Sites.Site(dice, status))]);
        return contacts;
    }

    IEnumerable<JsonNode> Measure(int count) => Enumerable.Range(0, count).Select(_ => new JsonObject
    {
        ["measure"] = Filled(dice.Pick(Outcomes)),
        ["description"] = Prose(dice.Between(1, 2)),
        ["timeFrame"] = dice.Text("{Week 4|Week 12|Week 24|6 months|1 year|Up to 2 years|Up to 5 years}"),
    });

    IEnumerable<JsonNode> References(int count) => Enumerable.Range(0, count).Select(_ => new JsonObject
    {
        ["type"] = "BACKGROUND",
        ["citation"] = Filled(
            "AUTHOR, et al. {Outcomes|Treatment|Epidemiology} of DISEASE. {20|19|18|17}th Meeting of Made-up Studies. ")
            .Replace("AUTHOR", People.Name(dice), StringComparison.Ordinal)
                + FormattableString.Invariant($"{dice.Between(1995, 2024)}."),
    });

    string Prose(int sentences) => string.Join(' ', dice.Some(Lines, sentences).Select(Filled));

    string Filled(string template) => dice.Text(template
        .Replace("DISEASE", _disease, StringComparison.Ordinal)
        .Replace("DRUG", Interventions[0], StringComparison.Ordinal));

    static JsonArray Strings(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    static JsonObject WithoutNulls(JsonObject fields)
    {
        foreach (var (name, _) in fields.Where(f => f.Value is null).ToList())
        {
            fields.Remove(name);
        }

        return fields;
    }
}
