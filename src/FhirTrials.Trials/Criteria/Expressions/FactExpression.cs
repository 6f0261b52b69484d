using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>What a patient has, had or was given. One pass over the record makes of each resource that names it a
/// letter: <c>y</c> it holds, <c>o</c> it is over, <c>n</c> it is denied, <c>q</c> it is not sure what follows,
/// <c>w</c> it has no code that could be read, nothing where it does not count. That a record does not mention it is
/// unknown, and so is what only a complete list denies.</summary>
static class FactExpression
{
    const string Verification = "verificationStatus.coding.code.first()";

    const string Clinical = "clinicalStatus.coding.code.first()";

    /// <summary>Code systems of conditions.</summary>
    static readonly string Systems = Snippets.Union(new[] { "sct", "icd10", "ncit" }.SelectMany(CodeSystems.UrisOf));

    static readonly string Male =
        $"iif(%resource.entry.resource.ofType(Patient).gender = 'male', false, {Snippets.Unknown})";

    const string Onset = "iif(onset.exists(), onset.ofType(dateTime) | onset.ofType(Period).start, recordedDate)";

    const string Current =
        $"((clinicalStatus.empty() and abatement.empty() or {Clinical} in ('active' | 'recurrence' | 'relapse' "
        + "| 'remission')) and code.text.where(lower().matches('^(history of|h/o|hx|past|personal history).*$'))"
        + ".empty())";

    const string Begun =
        "effective.ofType(dateTime) | effective.ofType(Period).start | performed.ofType(dateTime) "
        + "| performed.ofType(Period).start | whenHandedOver";

    const string Ended = "effective.ofType(Period).end | performed.ofType(Period).end";

    const string LocalRoutes =
        "^.*(intrathecal|topical|inhal|ophthalm|ocular|nasal|otic|intravitreal|intralesional|intra-articular).*$";

    /// <summary>The expression, or null where none says it.</summary>
    public static string? Of(Clause.Present p)
    {
        var vocabulary = ConceptVocabulary.Default;
        return p.Concept.Key is not { } key || vocabulary.Find(key) is not { } concept
            || concept is { Kind: ConceptKind.Status or ConceptKind.Population } or { Key: "childbearing-potential" }
            || Named(concept, p.Except, vocabulary) is not { } named
            ? null
            : p.Status == FactStatus.Planned ? Planned(named)
            : p.Kind switch
            {
                FactKind.Condition or FactKind.Genomic or FactKind.Pregnancy => Stated(p, concept, named, vocabulary),
                FactKind.Allergy => Allergy(p, concept, named, vocabulary),
                FactKind.Therapy or FactKind.Procedure => Given(p, named),
            };
    }

    /// <summary>Whether any of several conditions is stated, asked the same way: one pass for all. It never
    /// denies.</summary>
    public static string? OfAny(ImmutableArray<Clause.Present> any)
    {
        var vocabulary = ConceptVocabulary.Default;
        var asked = any.Select(p => vocabulary.Find(p.Concept.Key!)!).ToImmutableArray();
        var counting = asked.Concat(asked.SelectMany(c => vocabulary.WithNarrower(c.Key)))
            .DistinctBy(c => c.Key).ToImmutableArray();
        var tests = asked.Select(c => TestsOf(c, vocabulary)).OfType<string>();
        var broader = asked.SelectMany(c => vocabulary.BroaderThan(c.Key)).DistinctBy(c => c.Key).ToImmutableArray();
        if (ConceptTest.Of(counting, asked: asked.Length) is not { } named || Confirmed(any[0]) is not { } confirmed)
        {
            return null;
        }

        var refuted = broader.IsEmpty || ConceptTest.Of(broader) is not { } above ? ""
            : $" or {Verification} = 'refuted' and code.where({above}).exists()";
        return Decided(
            $"{Snippets.Resources}.where($this is Condition or $this is Observation)"
            + $".where((code | component.code).where({string.Join(" or ", tests.Prepend(named))}).exists(){refuted})"
            + $".where({Snippets.IsMine("subject | focus")})"
            + ".select(iif($this is Condition,"
            + $" {Letter("'q'", confirmed.Replace("'o'", "''", StringComparison.Ordinal))}, 'q'))",
            holdingWins: false);
    }

    /// <summary>Whether <see cref="OfAny"/> can take it.</summary>
    public static bool IsPlainCondition(Clause.Present p) =>
        p is { Kind: FactKind.Condition, Except: null, Concept.Key: { } key, Status: not FactStatus.Planned }
        && ConceptVocabulary.Default.Find(key) is { Kind: ConceptKind.Condition };

    /// <summary>The letter of a condition.</summary>
    static string Letter(string refuted, string confirmed) =>
        $"where({Snippets.NotAfterToday(Onset)}).select(iif({Verification} = 'entered-in-error', '', "
        + $"iif({Verification} = 'refuted', {refuted},"
        + $" iif({Verification} in ('unconfirmed' | 'provisional' | 'differential'), '', {confirmed}))))";

    /// <summary>The test for the concept and its kinds; where some do not count, for kinds that are surely
    /// others.</summary>
    static string? Named(VocabularyConcept concept, Concept? except, ConceptVocabulary vocabulary)
    {
        if (except is null)
        {
            return ConceptTest.Of([.. vocabulary.WithNarrower(concept.Key)]);
        }

        ImmutableArray<VocabularyConcept> others = except.Key is not { } key ? []
            : [.. vocabulary.WithNarrower(concept.Key)
                .Where(c => !vocabulary.IsA(c.Key, key) && !vocabulary.IsA(key, c.Key))];
        return others.IsEmpty || ConceptTest.Of(others) is not { } counting
            || ConceptTest.Of([.. vocabulary.WithNarrower(except.Key!)]) is not { } excepted ? null
            : $"({counting}) and ({excepted}).not()";
    }

    /// <summary>Conditions, and results that name it. Where a result is of another kind than is read here the question
    /// stays open.</summary>
    static string? Stated(Clause.Present p, VocabularyConcept concept, string named, ConceptVocabulary vocabulary)
    {
        if (Confirmed(p) is not { } confirmed)
        {
            return null;
        }

        var tests = TestsOf(concept, vocabulary);
        var broader = vocabulary.BroaderThan(concept.Key);
        var own = ConceptTest.OfOwnCodes(concept, vocabulary);
        var canDeny = p.Kind != FactKind.Genomic && p.Except is null && p.Window is null && own is not null;
        var refuted = canDeny ? $"iif(code.where({own}).exists(), 'n', 'q')" : "'q'";
        var condition = Letter(refuted, confirmed);
        var result = p.Window is null && p.Except is null && p.Status != FactStatus.History && tests is not null
            ? Result(tests, concept.Key)
            : "'q'";
        var all = tests is null ? named : $"{named} or {tests}";
        var above = broader.IsEmpty ? null : ConceptTest.Of(broader);
        var orElse = $"iif($this is Condition and code.coding.where(system in {Systems}).empty(), 'w', '')";
        return Decided(
            $"{Snippets.Resources}.where($this is Condition or $this is "
            + $"Observation).where({Snippets.IsMine("subject | focus")})"
            + $".select(iif((code | component.code).where({all}).exists(), iif($this is Condition, {condition}, "
            + $"{result}),"
            + (above is null
                ? $" {orElse}))"
                : $" iif({Verification} = 'refuted' and code.where({above}).exists(), 'q', {orElse})))"),
            holdingWins: p.Status == FactStatus.History,
            p.Kind == FactKind.Pregnancy ? Male : Snippets.Unknown);
    }

    /// <summary>The letter of a confirmed condition; null for a window that is no span of days, or of the
    /// future.</summary>
    static string? Confirmed(Clause.Present p)
    {
        if (p.Window is not { } window)
        {
            return p.Status == FactStatus.Current ? $"iif({Current}, 'y', 'o')" : "'y'";
        }

        return window.Direction == WindowDirection.After
            || Snippets.DayBefore(window.Value, window.Unit) is not { } since ? null
            : $"iif({Current} or ({Onset}).where(toString() >= {since}).exists(), "
                + $"{(window.Direction == WindowDirection.Before ? "'y'" : "'n'")}, 'q')";
    }

    /// <summary>The letter of a result: its words and what it was interpreted as say positive or negative, while it is
    /// fresh; of a month, from its first day.</summary>
    static string Result(string tests, string key)
    {
        const string interpreted =
            "iif(value.ofType(CodeableConcept).exists() or value.ofType(string).exists(), "
            + "interpretation.coding.code.where($this in ('POS' | 'NEG')).select(iif($this = 'POS', 'positive', "
            + "'negative')))";
        const string words =
            "(value.ofType(CodeableConcept).select(text | coding.display) | value.ofType(string) "
            + $"| value.ofType(boolean).toString() | {interpreted}).select(lower().replace(' (qualifier value)', ''))";
        const string positive = "('positive' | 'detected' | 'reactive' | 'present' | 'true')";
        const string negative =
            "('negative' | 'not detected' | 'undetected' | 'non-reactive' | 'nonreactive' | 'absent' | 'not present' | "
            + "'false')";
        const string day = "effective.ofType(dateTime).toString().substring(0, 10)";
        var stale = Freshness.Default.Of(key) is { } days ? $" or {day} < {Snippets.DayBefore(days, "d")}" : "";
        return "iif((status in ('final' | 'amended' | 'corrected' | 'preliminary')).not(), '',"
            + $" iif(component.exists() or interpretation.coding.count() > 1 or (code.where({tests}).exists()).not() "
            + "or effective.ofType(dateTime).empty(), 'q',"
            + $" iif({day} > {Snippets.Today}{stale}, '',"
            + $" {words}.select(iif($this in {positive}, 'y', iif($this in {negative}, 'n', 'q')))"
            + ".aggregate(iif($total = '' or $total = $this, $this, 'q'), ''))))";
    }

    static string? Allergy(Clause.Present p, VocabularyConcept concept, string named, ConceptVocabulary vocabulary)
    {
        if (p.Window is not null)
        {
            return null;
        }

        var own = ConceptTest.OfOwnCodes(concept, vocabulary);
        var refuted = own is null || p.Except is not null ? "''" : $"iif(code.where({own}).exists(), 'n', '')";
        var held =
            p.Status == FactStatus.Current ? $"iif(clinicalStatus.empty() or {Clinical} = 'active', 'y', '')" : "'y'";
        return Decided(
            $"{Snippets.Resources}.ofType(AllergyIntolerance).where(code.where({named}).exists()).where("
            + $"{Snippets.IsMine("patient")})"
            + $".where({Snippets.NotAfterToday(Onset)})"
            + $".select(iif({Verification} in ('entered-in-error' | 'unconfirmed'), '', iif({Verification} = "
            + $"'refuted', {refuted}, {held})))",
            holdingWins: true);
    }

    /// <summary>Given, taken or done: what says so, says so; nothing says no.</summary>
    static string? Given(Clause.Present p, string named)
    {
        var since = p.Window is { } window ? Snippets.DayBefore(window.Value, window.Unit) : null;
        if (p.Window is { Direction: WindowDirection.After } || (p.Window is not null && since is null))
        {
            return null;
        }

        const string ongoing = "status in ('active' | 'in-progress')";
        var timely = since is not null
            ? $".where({ongoing} or ({Begun} | {Ended}).select(toString()).where($this >= {since} and substring(0, "
                + $"10) <= {Snippets.Today}).exists())"
            : p.Status == FactStatus.Current ? $".where({ongoing})"
            : "";
        var given = $"{Snippets.Resources}.where($this is MedicationAdministration or $this is MedicationStatement or "
            + "$this is MedicationDispense or $this is Procedure)"
            + $".where((medication.ofType(CodeableConcept) | code).where({named}).exists())"
            + $".where({Snippets.IsMine("subject")})"
            + ".where(status in ('completed' | 'active' | 'in-progress') or (status in ('stopped' | 'on-hold') and "
            + "($this is MedicationAdministration or $this is MedicationStatement)))"
            + ".where((dosage | dosageInstruction).route.select(text | coding.display).where(lower()"
            + $".matches('{LocalRoutes}')).empty())"
            + $".where({Snippets.NotAfterToday(Begun)}){timely}.exists()";
        return $"iif({given}, {(p.Window is { Direction: WindowDirection.MoreThanBefore } ? "false" : "true")}, "
            + $"{Snippets.Unknown})";
    }

    static string Planned(string named) =>
        $"iif({Snippets.Resources}.where($this is MedicationRequest or $this is ServiceRequest)"
        + ".where(status = 'active' and (doNotPerform.empty() or doNotPerform = false) "
        + $"and (medication.ofType(CodeableConcept) | code).where({named}).exists())"
        + $".where({Snippets.IsMine("subject")}).exists(), true, {Snippets.Unknown})";

    /// <param name="holdingWins">Whether what holds decides although something denies it: a history is not
    /// undone.</param>
    /// <param name="otherwise">What follows where nothing is said.</param>
    static string Decided(string letters, bool holdingWins, string otherwise = Snippets.Unknown)
    {
        var held = holdingWins ? "true" : $"iif(contains('n'), {Snippets.Unknown}, true)";
        return $"{letters}.aggregate($total & $this, '').select(iif(contains('q'), {Snippets.Unknown}"
            + $", iif(contains('y'), {held},"
            + " iif(contains('n') or contains('o'), iif(contains('w') or contains('n') and contains('o'), "
            + $"{Snippets.Unknown}, false), {otherwise}))))";
    }

    /// <summary>The test for observations whose positive result states the concept: those named as it is itself, and
    /// tests for it.</summary>
    static string? TestsOf(VocabularyConcept concept, ConceptVocabulary vocabulary)
    {
        ImmutableArray<VocabularyConcept> tests =
            [.. vocabulary.Concepts.Where(c => c.Kind == ConceptKind.Test && c.Parents.Contains(concept.Key))];
        var byTest = tests.IsEmpty ? null : ConceptTest.Of(tests, namesBesideCodes: false);
        var byName = concept.Kind == ConceptKind.Genomic ? ConceptTest.Of([concept], namesBesideCodes: false) : null;
        return (byTest, byName) switch
        {
            ({ } test, { } name) => $"{test} or {name}",
            _ => byTest ?? byName,
        };
    }
}
