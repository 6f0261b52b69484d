using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <content>The concepts of a phrase: what they are of, and what was said before them.</content>
sealed partial class PhraseReader
{
    /// <param name="again">A value of its own follows, should the name repeat one before.</param>
    void Term(Chunk chunk, bool again = false)
    {
        if (_otherThan)
        {
            _otherThan = false;
            Except(chunk);
            return;
        }

        if (chunk.Concept!.Kind == ConceptKind.Demographic && _words is [.., var other]
            && OtherAges.Contains(other.Word))
        {
            _otherAge = true;
            _words.Add(chunk);
            return;
        }

        var named = NameLimitsBefore(chunk);
        var concept = Refined(chunk.Concept!);
        if (concept.Kind == ConceptKind.Population)
        {
            return;
        }

        if (_refractoryTo is { } start && concept.Kind is ConceptKind.Drug or ConceptKind.Therapy)
        {
            RefractoryTo(concept, chunk, UnreadText.Of(text, start, chunk.End));
            return;
        }

        if (_for is { } indication && _atom.IsTreatment && concept.Kind is ConceptKind.Condition or ConceptKind.Status)
        {
            Also(Facts.Present(concept, null, null, new(SpanOf(chunk))));
            _atom = _atom with { For = UnreadText.Of(text, indication, chunk.End) };
            return;
        }

        var denied = vocabulary.OppositeOf(concept) is not null;
        concept = vocabulary.OppositeOf(concept) ?? concept;
        _termStart = chunk.Start;
        var same = _atom.Concept is { } said && !_after && !named
            && !(again && _atom is { IsMeasurable: true, Limits: not null })
            && (vocabulary.IsA(said.Key, concept.Key) || vocabulary.IsA(concept.Key, said.Key)) ? said : null;
        if (same is not null)
        {
            concept = vocabulary.IsA(concept.Key, same.Key) ? concept : same;
        }
        else if (_atom.Concept is not null)
        {
            Close();
        }

        if (_limits is { Unit: "wk" or "d" } weeks && concept.Key == "pregnancy"
            && vocabulary.Find("gestational-age") is { } gestation)
        {
            Also(Facts.Measured(gestation, weeks, null, new(SpanOf(chunk), _limitsSpan)));
            _limits = null;
        }

        if (_limits is { Unit: "a" } && concept.Kind is ConceptKind.Drug or ConceptKind.Therapy or ConceptKind.Procedure
            && text.AsSpan(_limitsSpan.End, chunk.Start - _limitsSpan.End).TrimStart()
                .StartsWith("of ", StringComparison.OrdinalIgnoreCase))
        {
            Also(UnreadText.Of(text, _limitsSpan.Start, _limitsSpan.End));
            _limits = null;
        }

        if (_limits is { Unit: "a" } years && !_otherAge && concept.Kind != ConceptKind.Demographic
            && concept.Unit != "mo")
        {
            AddAge(years);
        }

        if (concept.Kind == ConceptKind.Demographic)
        {
            _words.RemoveAll(w => People.Contains(w.Word));
        }

        var words = TakeWords();
        _atom = _atom with
        {
            Concept = concept,
            Source = _atom.Source with
            {
                Concept = Spans.Hull(same is null ? null : _atom.Source.Concept, SpanOf(chunk)),
            },
            Status = _after ? FactStatus.History : _status,
            Negated = _negated ^ denied,
            NegativeByName = denied && !_negated,
            Allergy = _allergy,
            Isolated = _isolated,
            Before = [.. _atom.Before, .. _atom.Also, .. words],
            Also = [],
        };
        (_after, _isolated) = (false, null);
        if (_limits is { } limits && _atom.IsMeasurable)
        {
            _atom = _atom with { Limits = limits, Source = _atom.Source with { Value = _limitsSpan } };
            _limits = null;
        }
    }

    void Except(Chunk named)
    {
        if (UnlistedTerms.IsUnlisted(named.Concept!.Key))
        {
            Also(Clauses.Not(Clauses.All(
                [Facts.Present(named.Concept, null, null, new(SpanOf(named))), UnreadText.Of(text, [named])])));
            return;
        }

        _atom = _atom with { Except = named.Concept, Source = _atom.Source with { Except = SpanOf(named) } };
    }

    /// <summary><c>Refractory to prior TKIs</c>: of a treatment that was given, a record does not say that it failed;
    /// the disease may be refractory to another, or in remission but for its residue.</summary>
    void RefractoryTo(VocabularyConcept treatment, Chunk named, Clause.Unread words)
    {
        _refractoryTo = null;
        _ownStatus = true;
        _atom = new()
        {
            Concept = treatment,
            Source = new(SpanOf(named)),
            Status = FactStatus.History,
            Negated = _atom.Negated,
            Before = [words],
        };
    }

    /// <summary><c>Acute … graft versus host disease</c> where the vocabulary has the narrower concept.</summary>
    VocabularyConcept Refined(VocabularyConcept concept)
    {
        var narrower = _adjective is { } adjective
            ? vocabulary.Find($"{concept.Key}-{(adjective == Cue.Acute ? "acute" : "chronic")}")
            : null;
        _adjective = null;
        return narrower ?? concept;
    }
}
