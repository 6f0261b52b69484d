namespace FhirTrials.Trials.Criteria;

/// <summary>What the small words of a criterion do.</summary>
enum Cue
{
    /// <summary>Adds nothing: <c>patients with documented</c>.</summary>
    Filler,

    /// <summary>The people spoken of: <c>participants</c>.</summary>
    Person,

    And,
    Or,
    AndOr,

    /// <summary>Joins things that must hold together: <c>ALL with residual disease</c>.</summary>
    With,

    /// <summary>The fact that follows came before: <c>relapse after transplant</c>.</summary>
    After,

    /// <summary>From here to the end of the clause is a qualifier that no record answers: <c>with potential …</c>,
    /// <c>from prior …</c></summary>
    Qualifier,

    /// <summary>From here to the end of the clause is a reason or a method and restricts nobody.</summary>
    Aside,

    Not,
    Without,
    Current,
    History,
    HistoryOrCurrent,
    Planned,
    SuchAs,
    Except,
    OtherThan,

    /// <summary>What follows was given and did not help.</summary>
    NoResponse,

    Requiring,
    Must,
    Allowed,
    Eligible,
    Eligibility,
    If,
    Ended,
    Within,
    Since,
    Before,
    FollowingTime,
    GreaterOrEqual,
    GreaterThan,
    LessOrEqual,
    LessThan,
    EqualTo,

    /// <summary>Detected by a test that sees this little.</summary>
    AtSensitivity,

    /// <summary>After a number: <c>or older</c>.</summary>
    OrMore,
    OrLess,
    Between,
    To,
    Isolated,
    Acute,
    Chronic,
    Grade,
    Intolerant,
    Hypersensitive,
    Negative,
    NormalValues,
    AbnormalValues,

    /// <summary>The value before it lies between the limits of normal.</summary>
    WithinNormal,

    /// <summary>The value before it lies outside of the limits of normal.</summary>
    OutsideNormal,
    Female,
    Male,
    NoEvidence,

    /// <summary>The whole sentence asks for consent, willingness or ability.</summary>
    Consent,

    /// <summary>The whole sentence is left to a physician.</summary>
    Judgement,

    /// <summary>These words are left to a physician.</summary>
    SoftJudgement,

    /// <summary>The whole sentence speaks of samples, forms or visits, or is a lay retelling: nothing in a record says
    /// it.</summary>
    NotInRecord,
}
