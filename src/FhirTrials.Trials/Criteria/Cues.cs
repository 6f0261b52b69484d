using System.Collections.Immutable;
using System.Runtime.InteropServices;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>The cues by their words. Longest match wins, also against the vocabulary.</summary>
static class Cues
{
    static readonly ImmutableArray<(Cue Cue, string Phrases)> Table =
    [
        (Cue.Filler,
            "a|an|the|of|any|all|at|is|are|be|been|being|was|were|has|have|having|had|for|as|it|its|this|that|which|"
                + "these|those|their|there|who|whose|must be|should be|will be|on|also|only|other|otherwise|either|"
                + "both|his|her|do|does|cut off|off label|but not limited to|not limited to|but are not limited to|"
                + "but is not limited to"),
        (Cue.Filler,
            "documented|documented diagnosis of|confirmed|proven|established|known|diagnosis of|diagnosis|diagnosed|"
                + "presence|present|evidence of|evidence|demonstrated|continued|cytologically|another|underlying|"
                + "pre existing|preexisting|formal|formally|lifetime|clinically diagnosed|medically documented|"
                + "existing|known diagnosis of|clinical diagnosis of|confirmed diagnosis of|histologically|"
                + "pathologically|defined|defined as|is defined by|defined by|a value of|value of|value|values|"
                + "level|levels|count|counts|at a level of|a level of|status|score|test|tests|results|result|"
                + "positive|age|clinical|form of|type|infection|infections|disease|disorder|first|new"),
        (Cue.Filler,
            "treated with|treatment with|therapy with|receiving|received|receive|receipt of|use of|"
                + "administration of|treatment|therapy|therapies|exposure to|undergone|taking|use|usage|intake|"
                + "infected with|infected by|infected|co infected with|co infected|coinfected with|coinfected|"
                + "coinfection|co infection"),
        (Cue.Filler,
            "either gender|of either gender|any gender|of any gender|both genders|of both genders|either sex|"
                + "of either sex|both sexes|of both sexes|regardless of gender|regardless of sex|"
                + "no limitation in gender|no gender limitation|gender|predicted|of predicted|predicted value|"
                + "of predicted value|of the predicted value|of predicted normal|of the predicted|predicted normal|"
                + "concentration|concentrations|at rest|resting"),
        (Cue.Filler,
            "calculated|estimated|serum|total|institutional|normal range|per local assessment|local assessment|"
                + "by local assessment|time of informed consent|at time of informed consent|"
                + "at the time of informed consent|at time of enrollment|at the time of enrollment|"
                + "at the time of screening|at screening|at study entry|at enrollment|at baseline|at diagnosis|"
                + "at the time of consent|old|of age|years of age|inclusive|transfusion permitted|"
                + "transfusions permitted|excluded from this study|are excluded from this study|are excluded|"
                + "will be excluded|excluded|are not eligible|are ineligible|not eligible|eligible for this study|"
                + "in this study|of the study|at the time of signing the informed consent|"
                + "at the time of signing informed consent|at time of signing the informed consent|"
                + "at time of signing informed consent|at the time of signing the informed consent form|"
                + "at the time of signing the icf|at the time of consenting|at the time of signing consent|"
                + "at the time of signing of informed consent|on the day of signing informed consent|"
                + "on the date of signing informed consent|on day of signing informed consent|"
                + "when signing the informed consent|when signing informed consent|"
                + "at the time of signing of the informed consent|at the time of giving informed consent|"
                + "at admission|upon admission|on admission|at the screening visit|at screening visit|"
                + "during screening|during the screening period|during screening period|on room air|at room air|"
                + "in room air|room air|breathing room air|etc|hydrochloride|acetate|mesylate|maleate|tartrate|"
                + "besylate|if available|if applicable|if known|if performed|if done|when available|"
                + "extremes included|both inclusive|limits included|endpoints included|included extremes|"
                + "at the time of vaccination|at time of vaccination|at the time of first vaccination|"
                + "at time of first vaccination|at the time of the first vaccination|at first vaccination|"
                + "at the time of the vaccination"),
        (Cue.Person,
            "patients|patient|participants|participant|subjects|subject|individuals|individual|persons|person|"
                + "people|adults|adult patients|adult participants|adult"),
        (Cue.And, "and|as well as|plus|but|&|in addition to|along with"),
        (Cue.Or, "or|nor|versus|or else"),
        (Cue.AndOr, "and/or|and or|or/and"),
        (Cue.With, "with|as evidenced by|evidenced by|as evidence by|as shown by|as demonstrated by|manifested by|"
            + "as indicated by|in|while in|while|whose disease is|and with|and in|who have|who are in|that is"),
        (Cue.After,
            "after|any time after|at any time after|following|post|since receiving|who relapsed after|"
                + "occurring after"),
        (Cue.Qualifier,
            "from|due to|secondary to|caused by|related to|associated with|with potential|potential|starting|"
                + "despite|for more than|lasting|as part of|affecting|involving|attributed to|considered|likely to|"
                + "which may|that may|that would|that could|which could|resulting from|regardless|assessed|"
                + "for the treatment of|characterized by|not otherwise|not responding|that has|when|where|during|"
                + "until|up to and including|family history|family history of|familial history of|"
                + "positive family history of|a family history of|family member with|family members with|"
                + "first degree relative|first degree relatives|first degree relative with|relatives with|"
                + "maternal history of|paternal history of|risk of|at risk for|at risk of|at high risk for|"
                + "at high risk of|at increased risk for|at increased risk of|high risk of|high risk for|"
                + "increased risk of|increased risk for|risk factors for|independent of|independently of|"
                + "not amenable to|amenable to|not suitable for|not fit for|unfit for|not candidates for|"
                + "not a candidate for|not candidate for|ineligible for|not responsive to|unresponsive to|"
                + "nonresponsive to|non responsive to|not indicated|contraindication to|contraindications to|"
                + "contraindication for|contraindications for|contraindication of|contraindications of|"
                + "contraindicated for|contra indication to|contra indications to|contra indication for|not due to|"
                + "not related to|not associated with|not caused by|not attributable to|not secondary to|"
                + "unrelated to|contra indications for|risk factor for|risk for|predisposition to|predisposed to|"
                + "suspicion of"),
        (Cue.Aside,
            "because|for this reason|according to|as assessed by|as determined by|as measured by|with or without|"
                + "with and without|by multicolor|by flow cytometry|by local|assessed by|measured by|as per|per|"
                + "using|by|in accordance with|refer to|see|as defined by|as documented by|confirmed by|"
                + "calculated by|includes|for example"),
        (Cue.Not,
            "no|not|never|neither|off|off of|weaned off|weaned off of|none of|free of|absence of|no evidence of|"
                + "negative for|no known|no prior|no previous|no history of|no current|no active|cannot have|"
                + "must not have|must not|may not|may not be receiving|may not have received|may not receive|"
                + "may not be taking|must not be receiving|should not|should not have|may not have|do not have|"
                + "does not have|not have|have no|has no|no other|don't have|doesn't have|did not have|didn't have|"
                + "not had|has not had|have not had|do not use|does not use|not using|not taking|not receiving|"
                + "not received|has not received|have not received|does not have a documented history of|"
                + "not been treated with|not diagnosed with|no documented|no documented history of|"
                + "without evidence of|without any|without a history of|no presence of"),
        (Cue.Without,
            "without|in absence of|in the absence of|with no|with absence of|with no evidence of|with no history of|"
                + "with no known|in patients without|lack of|lacking|without prior|without previous|without known|"
                + "without concomitant|without history of|without clinical evidence of|no signs of|no sign of|"
                + "no symptoms of|no clinical evidence of|no clinical signs of|free from|rules out|ruling out|"
                + "who do not have|who does not have|who have no|who has no|not accompanied by|and no evidence of"),
        (Cue.Current,
            "known or suspected|suspected or known|current diagnosis of|currently diagnosed|"
                + "currently diagnosed with|current|currently|active|ongoing|presently|now|actively|concurrent|"
                + "concomitant|at present|presence of|experiencing|presenting with|presenting|suffering from|"
                + "suffering|suffer from|suffers from"),
        (Cue.History,
            "history of|a history of|prior|previous|previously|past|prior history of|previous history of|"
                + "prior treatment with|previous treatment with|prior therapy with|past history of|"
                + "medical history of|have received|has received|who have received|having received|known history of|"
                + "past medical history of|prior exposure to|prior use of|previously treated with|any history of|"
                + "personal history of|underwent|has undergone|have undergone|had undergone"),
        (Cue.HistoryOrCurrent,
            "history or presence of|presence or history of|history or known presence of|history of or known|"
                + "known or history of|history of or current|current or history of|current or past|past or current|"
                + "current or prior|prior or current|current or previous|previous or current|history or current|"
                + "active or history of|history of or active|ever"),
        (Cue.Planned,
            "planned|planning|planning to become|planning to|undergoing|scheduled to undergo|who will undergo|"
                + "will undergo|to undergo|plan to undergo|planned to undergo|about to undergo|going to undergo|"
                + "planning to undergo|intend to|intends to|intending to|plans to|desiring to become|desiring|"
                + "desire to become|contemplating|wanting to become|trying to become|attempting to become|scheduled|"
                + "scheduled for|intention to|expected to|wish to|wishing to|plan to become|plan to"),
        (Cue.SuchAs,
            "such as|including|included|including but not limited to|e.g|eg|i.e|ie|for instance|like|e g|i e|namely"),
        (Cue.Except,
            "except|except for|excepting|exception of|with the exception of|excluding|with certain exceptions|"
                + "unless|but not|apart from|aside from|exceptions"),
        (Cue.NoResponse,
            "no response to|lack of response to|absence of response to|without response to|loss of response to|"
                + "no clinical response to|lack of clinical response to|no adequate response to|"
                + "lack of adequate response to|non response to|nonresponse to|lack of tolerance to|"
                + "lack of efficacy of|lack of efficacy with|lack of benefit from|no benefit from|"
                + "no improvement with|no improvement after|lack of improvement with|lack of improvement after|"
                + "no relief with|no relief from|did not respond to|do not respond to|does not respond to|"
                + "have not responded to|has not responded to|had no response to|have had no response to"),
        (Cue.OtherThan, "other than|different from|besides|another than"),
        (Cue.Requiring,
            "requiring|that required|that requires|required|which requires|which required|requires|needing|"
                + "in need of|treated by"),
        (Cue.Must,
            "must|must have|should have|are required to have|is required|have to have|need to have|must have had|"
                + "should"),
        (Cue.Allowed,
            "will be allowed|are allowed|is allowed|allowed|permitted|are permitted|is permitted|may be enrolled|"
                + "may be included|are acceptable|is acceptable|may participate|can be included|will be permitted"),
        (Cue.Eligible, "are eligible|is eligible|will be eligible|may be eligible|eligible|are also eligible"),
        (Cue.Eligibility,
            "eligibility for|eligible for|candidate for|candidates for|suitable for|eligibility for treatment with|"
                + "eligible for treatment with"),
        (Cue.If, "if|provided|provided that|as long as|only if|in case of|in the case of|in cases of|"
            + "in the presence of|in patients with|for patients with|in subjects with|for subjects with|"
            + "in participants with|for participants with|for those with|in those with|if due to|when due to"),
        (Cue.Ended,
            "treatment ended|therapy ended|treatment has ended|ended|was completed|completed|"
                + "treatment was completed|therapy was completed|last dose|last treatment|discontinued|was stopped"),
        (Cue.Within,
            "within|within the|within the past|within the last|within the previous|within the prior|in the past|"
                + "in the last|in the previous|in the prior|during the past|during the last|in the preceding|"
                + "within the preceding|during the previous|less than or equal to within|over the past|over the last"),
        (Cue.Before,
            "before|prior to|preceding|before the|prior to the|before starting|before start of|prior to start of|"
                + "before the start of|prior to the start of|of|from|prior|ago|before study|prior to first|"
                + "prior to study"),
        (Cue.Since,
            "since|from the last|since ending|since ending treatment on|since the last dose of|since completion of"),
        (Cue.FollowingTime, "after the last dose of|after the end of"),
        (Cue.GreaterOrEqual,
            "no worse than|not worse than|no better than|not better than|better than or equal to|better or equal to|"
                + "equal to or better than|equal or better than|worse than or equal to|worse or equal to|"
                + "equal to or worse than|equal or worse than|greater than or equal to|higher than or equal|"
                + "larger than or equal|minimum|at or above|at or over|older than or equal to|older or equal to|"
                + "higher or equal to|higher or equal than|greater or equal|more or equal to|"
                + "equal to or higher than|equal or higher than|equal to or older than|superior or equal to|"
                + "must not be less than|should not be less than|not be less than|must not be below|"
                + "should not be below|no fewer than|not fewer than|longer than or equal to|larger than or equal to|"
                + "but not less than|but no less than|and not less than|at least|at least of|no less than|"
                + "not less than|minimum of|a minimum of|equal to or greater than|equal or greater than|"
                + "greater or equal than|greater than or equals to|greater than/equals to|equal or above|"
                + "equal or more than|equal to or above|equal to or more than|no lower than|not lower than|"
                + "no younger than|not younger than|not under|not below|more than or equal to|greater or equal to|"
                + "higher than or equal to|above or equal to|from at least|a value of at least|"
                + "a value of at least of|greater/equal to|greater than/equal to|greater than or equal|"
                + "greater than or equal to the|greater than equal to|greater than equals to|"
                + "greater than or equals to"),
        (Cue.GreaterThan,
            "greater than|more than|above|higher than|better than|over|exceeding|in excess of|older than|exceeds|"
                + "exceeded|exceed|superior to|beyond|longer than|larger than|worse than|bigger than|greater then|"
                + "heavier than|major than"),
        (Cue.LessOrEqual,
            "less than or equal to|lower than or equal|smaller than or equal|maximum|at or below|at or under|"
                + "lower or equal to|lower or equal than|equal to or lower than|equal or lower than|not exceed|"
                + "should not exceed|must not exceed|cannot exceed|may not exceed|must not be greater than|"
                + "should not be greater than|must not be more than|not be greater than|not be more than|"
                + "must not be above|should not be above|younger than or equal to|younger or equal to|"
                + "not longer than|no longer than|fewer than or equal to|smaller than or equal to|"
                + "equal to or younger than|but not more than|but no more than|but not exceeding|"
                + "but not greater than|but not over|and not more than|and no more than|at most|no more than|"
                + "not more than|no greater than|not greater than|up to|maximum of|a maximum of|"
                + "equal to or less than|equal or less than|equal to or below|equal or below|less or equal than|"
                + "does not exceed|do not exceed|no older than|lower than or equal to|less or equal to|"
                + "not exceeding|not to exceed|less than/equal to|not older than|less than or equal|no higher than|"
                + "not higher than|not above|inferior or equal to|less than equal to|less than equals to|"
                + "less than or equals to"),
        (Cue.LessThan,
            "less than|below|lower than|under|fewer than|younger than|inferior to|shorter than|smaller than|"
                + "lesser than|less then"),
        (Cue.AtSensitivity,
            "at a sensitivity of|sensitivity of|at sensitivity of|with a sensitivity of|with sensitivity of"),
        (Cue.EqualTo, "equal to|equals|equal"),
        (Cue.OrMore,
            "or older|or more|or greater|or above|and older|or higher|and above|or over|and over|or better|"
                + "and better|and worse|years or older|and up|and greater|or longer|or up|or worse|and more|"
                + "or larger|and higher"),
        (Cue.OrLess, "or less|or below|or lower|or younger|or smaller|or shorter|and younger|or under|and under|"
            + "and below|or fewer"),
        (Cue.Between, "between|ranging from|ranging between|in the range of|in the range|in a range of|"
            + "within the range of|within the range|within a range of|range of|range from|range between|from"),
        (Cue.To, "to|through|and up to|until"),
        (Cue.Isolated, "isolated|only isolated"),
        (Cue.Acute, "acute"),
        (Cue.Chronic, "chronic"),
        (Cue.Grade, "grade|grades|stage|class|ctcae grade|grade of"),
        (Cue.Intolerant,
            "intolerant|intolerant of|intolerant to|intolerance|intolerance of|intolerance to|unable to tolerate"),
        (Cue.Hypersensitive,
            "hypersensitivity|hypersensitivity to|hypersensitivities|allergy|allergy to|allergic|allergic to|"
                + "allergic reaction|allergic reactions to|allergic reaction to|allergies|sensitivity to|"
                + "anaphylaxis to|immediate hypersensitivity to"),
        (Cue.Negative, "negative|seronegative|tested negative for|test negative for|undetectable"),
        (Cue.NormalValues,
            "adequate organ function|adequate bone marrow function|adequate renal function|"
                + "adequate hepatic function|adequate liver function|adequate kidney function|"
                + "adequate hematologic function|normal organ function|adequate function|bone marrow function|"
                + "bm function|organ function|renal function|hepatic function|liver function|"
                + "adequate hematological function|adequate bone marrow reserve|kidney function|hematologic function"),
        (Cue.AbnormalValues,
            "abnormal laboratory values|abnormal lab values|inadequate organ function|laboratory abnormalities|"
                + "abnormal renal function|abnormal liver function|abnormal hepatic function|"
                + "inadequate hepatic function|inadequate renal function|impaired renal function|"
                + "impaired hepatic function|impaired liver function|abnormal laboratory parameters|"
                + "inadequate bone marrow function"),
        (Cue.WithinNormal,
            "within normal limits|within the normal range|within normal range|within institutional normal limits|"
                + "within the normal limits|within the institutional normal range|within institutional normal range|"
                + "within the normal institutional limits|in the normal range|in normal range|"
                + "within normal institutional limits|at least within institutional normal limits|"
                + "within normal laboratory limits|within the normal laboratory range|within the reference range|"
                + "within reference range|within normal values|within normal ranges|within the range of normal|"
                + "within the limits of normal|within laboratory normal limits|within the laboratory normal range"),
        (Cue.OutsideNormal,
            "outside the normal range|outside of the normal range|outside normal range|outside of normal range|"
                + "outside normal limits|outside of normal limits|outside the normal limits|"
                + "outside the limits of normal|outside the reference range|outside of the reference range|"
                + "outside the institutional normal range|not within normal limits|not within the normal range|"
                + "not within normal range"),
        (Cue.Female,
            "women|woman|female|females|female participant|female participants|female patients|female subjects|"
                + "female patient|female subject|females of|girls|women of|wocbp"),
        (Cue.Male,
            "men|man|male|males|male participants|male patients|male subjects|male participant|male patient|"
                + "male subject|boys"),
        (Cue.NoEvidence,
            "without evidence of disease|with no evidence of disease|no evidence of disease|free of disease|"
                + "disease free|currently in complete remission"),
        (Cue.Consent,
            "informed consent|consent form|parental consent|parental permission|written consent|"
                + "written parental consent|consent of a parent|consent of the parents|consent of parents|"
                + "consent of the parent|consent from a parent|consent from the parents|consent from parents|"
                + "consent by a parent|guardian consent|parent or guardian|parent or legal guardian|"
                + "parents or guardians|parents or legal guardians|legal guardian|legal guardians|"
                + "consent to participate|failure rate|sign|signed|willing|unwilling|willingness|unwillingness|"
                + "agree|agree to|agrees|able to comply|unable to comply|comply with|compliance with|"
                + "able to understand|ability to understand|contraception|contraceptive|birth control|"
                + "contraceptives|assent|consent document|willing and able|able and willing|cooperate|adhere|"
                + "abstinence|understand|comprehend|legally authorized|sexual activity|highly effective method"),
        (Cue.Judgement,
            "in the opinion|in the investigator's|investigator's opinion|opinion of|judged by|as judged by|judgment|"
                + "judgement|discretion|investigator's judgment|deemed by|considered by|would limit compliance|"
                + "complicate protocol compliance|protocol compliance|could be exacerbated|interfere with|"
                + "jeopardize|interferes with|opinion|would preclude|preclude|may compromise|could compromise|"
                + "unsuitable|inappropriate|would make|not suitable|per investigator|investigator believes|"
                + "at the investigator's|may interfere|could interfere|might interfere|put the patient at risk|"
                + "medically significant|confound|social situations"),
        (Cue.SoftJudgement,
            "clinically relevant|clinically significant|symptomatic|relevant|significant|severe|serious|"
                + "uncontrolled|suspected|major|poorly controlled|unstable|inadequately controlled|not controlled|"
                + "intractable|extensive|relevant clinical|eligible|failed|substantial|clinically important"),
        (Cue.NotInRecord,
            "availability of|available for|specimen|archival|access to|able to travel|reliable|i can|i do|i cannot|"
                + "i am|my|i have|questionnaire|visits|telephone|language|english|employee|relative of|effects of|"
                + "are unknown|able to swallow|unable to swallow|ability to swallow|inability to swallow|swallow|"
                + "sample|samples|tissue block"),
    ];

    /// <summary>By the first word, the longest first.</summary>
    static readonly Dictionary<string, List<(ImmutableArray<string> Words, Cue Cue)>> ByFirstWord = Index();

    /// <summary>The longest cue at a place: which, and how many words; null where none stands.</summary>
    public static (Cue Cue, int Length)? At(IReadOnlyList<string> words, int start)
    {
        if (!ByFirstWord.TryGetValue(words[start], out var phrases))
        {
            return null;
        }

        foreach (var (phrase, cue) in phrases)
        {
            if (Stands(phrase, words, start))
            {
                return (cue, phrase.Length);
            }
        }

        return null;
    }

    static bool Stands(ImmutableArray<string> phrase, IReadOnlyList<string> words, int start)
    {
        for (var at = 1; at < phrase.Length; at++)
        {
            if (start + at >= words.Count || phrase[at] != words[start + at])
            {
                return false;
            }
        }

        return true;
    }

    static Dictionary<string, List<(ImmutableArray<string>, Cue)>> Index()
    {
        var index = new Dictionary<string, List<(ImmutableArray<string> Words, Cue)>>(StringComparer.Ordinal);
        foreach (var (cue, phrases) in Table)
        {
            foreach (var phrase in phrases.Split('|'))
            {
                if (TermText.Words(phrase) is [var first, ..] words)
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(index, first, out _) ??= []).Add((words, cue));
                }
            }
        }

        foreach (var first in index.Keys)
        {
            index[first] = [.. index[first].OrderByDescending(p => p.Words.Length)];
        }

        return index;
    }
}
