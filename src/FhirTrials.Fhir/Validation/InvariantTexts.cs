using System.Collections.Frozen;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>What to tell a person when a constraint of R4 is broken. A profile's constraint has its own text; one that
/// has none is quoted as its expression.</summary>
static class InvariantTexts
{
    static readonly FrozenDictionary<string, string> Texts = Table(
        """
        age-1    an age needs a code in the system of UCUM and must be above 0
        ait-1    a clinicalStatus is needed unless the verificationStatus is entered-in-error
        ait-2    there must be no clinicalStatus where the verificationStatus is entered-in-error
        app-1    a participant needs a type or an actor
        app-2    give both start and end, or neither
        app-3    start and end may only be missing while it is proposed, cancelled or on a waitlist
        app-4    a cancelationReason is only for appointments that are cancelled or no-show
        apr-1    give a participantType or an actor
        att-1    data needs a contentType
        bdl-1    total is only for searchsets and histories
        bdl-2    entry.search is only for searchsets
        bdl-5    an entry needs a resource, a request or a response
        bdl-7    no two entries may have the same fullUrl, unless their resources have different versions
        bdl-8    fullUrl must not name a version
        bdl-9    a document needs an identifier with system and value
        bdl-10   a document needs a timestamp
        bdl-11   the first entry of a document must be a Composition
        bdl-12   the first entry of a message must be a MessageHeader
        cmp-1    a section needs text, entries or sections
        cmp-2    an emptyReason is only for a section without entries
        cnt-3    a count is a whole number with the UCUM code '1'
        con-1    a stage needs a summary or an assessment
        con-2    evidence needs a code or a detail
        con-3    a problem-list item should have a clinicalStatus unless it is entered-in-error
        con-4    where there is an abatement, the clinicalStatus must be resolved, remission or inactive
        con-5    there must be no clinicalStatus where the verificationStatus is entered-in-error
        cpl-3    an activity has either a detail or a reference
        cpt-2    a value needs a system (phone, email, ...)
        csd-1    each code may be defined only once in a code system
        ctm-1    onBehalfOf is only for a member who is a Practitioner
        dis-1    a distance needs a code in the system of UCUM
        drq-1    give either a path or a searchParam
        drq-2    give either a path or a searchParam
        drt-1    a coded duration needs a value and a code in the system of UCUM
        eld-2    min must not be above max
        eld-5    an element with a contentReference must not have types or values of its own
        eld-14   each constraint of an element needs its own key
        exp-1    give an expression or a reference to one
        fhs-1    give either an age or born
        fhs-2    estimatedAge needs an age
        gol-1    detail needs a measure
        grp-1    only an actual group has members: set actual to true, or use characteristics
        imm-1    give a documentType or a reference
        inv-1    a parameter has either a value, a resource or parts
        ipn-1    give at least an identifier or a name
        lnk-1    a linkage needs at least two items
        lst-1    an emptyReason is only for a list without entries
        lst-2    entry.deleted is only for a list of mode 'changes'
        lst-3    entry.date is only for a list of mode 'working'
        mad-1    dosage needs a dose or a rate
        mdd-1    whenHandedOver must not be before whenPrepared
        mea-1    a stratifier has either a code, description or criteria, or components
        mrp-1    a report of type data-collection has no groups
        mrp-2    a stratum has either a value or components
        msq-3    coordinateSystem is 0 or 1
        nor-1    order an oralDiet, a supplement or an enteralFormula
        nsd-2    only one uniqueId of each type may be preferred
        obs-3    a reference range needs low, high or text
        obs-6    a dataAbsentReason is only for an observation without a value
        obs-7    a component must not have the code of the observation itself where that has a value
        opd-1    a parameter has either a type or parts
        org-1    give at least an identifier or a name
        org-2    the address of an organization cannot be for use at home
        org-3    the telecom of an organization cannot be for use at home
        pat-1    a contact needs a name, a telecom, an address or an organization
        per-1    start must not be after end
        ppc-1    give a policy or a policyRule
        prr-1    orderDetail needs a code
        qrs-1    items nest either below an answer or directly, not both
        que-1    an item of type group needs items; one of type display must have none
        que-2    each linkId may occur only once
        que-3    an item of type display must not have a code
        que-4    give either answerOption or answerValueSet
        que-5    answer options are only for types of which there are choices
        que-6    an item of type display is neither required nor repeating
        que-7    with the operator 'exists' the answer must be a boolean
        que-8    an item of type group or display has no initial value
        que-9    an item of type display cannot be readOnly
        que-10   maxLength is only for simple types of question
        que-11   where there are answer options, mark one as initialSelected instead of giving initial
        que-12   with several enableWhen, say in enableBehavior whether all or any must hold
        que-13   only a repeating item may have several initial values
        qty-3    a code of a unit needs its system
        ras-2    a probability must not be above 100
        rat-1    a ratio has both numerator and denominator, or an extension
        rng-2    low must not be above high
        rqg-1    an action has either a resource or actions
        sdf-1    each path may occur only once in a snapshot, unless it is a profile
        sdf-4    a definition that is not abstract needs a baseDefinition
        sdf-5    an extension needs a context
        sdf-6    give a snapshot or a differential
        sev-1    an entity has either a name or a query
        tim-1    a duration needs its unit
        tim-2    a period needs its unit
        tim-4    a duration must not be negative
        tim-5    a period must not be negative
        tim-6    periodMax needs a period
        tim-7    durationMax needs a duration
        tim-8    countMax needs a count
        tim-9    an offset needs a 'when' that is not a meal itself
        tim-10   give either timeOfDay or when
        trd-1    give either data or a timing
        trd-2    a condition needs data
        trd-3    a named event needs a name, a periodic one a timing, a data event its data
        vsd-1    an include or exclude needs a system or value sets
        vsd-2    concepts and filters need a system
        vsd-3    give either concepts or filters
        vsd-6    an entry of an expansion needs a code or a display
        vsd-9    an entry of an expansion needs a code unless it is abstract
        vsd-10   a code in an expansion needs a system
        """);

    /// <summary>The constraints that have a text here.</summary>
    public static IEnumerable<string> Keys => Texts.Keys;

    /// <summary>The sentence: the key, a colon, and what must be so.</summary>
    public static string Of(Constraint constraint)
    {
        // R4's definitions come without their texts: a rule's text is then only its key.
        if (constraint.Human.Length > 0 && constraint.Human != $"rule {constraint.Key}")
        {
            return $"{constraint.Key}: {constraint.Human}";
        }

        if (Texts.TryGetValue(constraint.Key, out var text))
        {
            return $"{constraint.Key}: {text}.";
        }

        // The rule '-0' of each canonical resource.
        return constraint.Key.EndsWith("-0", StringComparison.Ordinal)
            && constraint.Expression.StartsWith("name.matches", StringComparison.Ordinal)
                ? $"{constraint.Key}: the name should suit programs: a capital letter, then letters, digits and '_'."
                : $"{constraint.Key}: this must hold: {constraint.Expression}";
    }

    static FrozenDictionary<string, string> Table(string rows) =>
        rows.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split(' ', 2, StringSplitOptions.TrimEntries))
            .ToFrozenDictionary(row => row[0], row => row[1], StringComparer.Ordinal);
}
