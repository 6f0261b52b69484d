using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Criteria;

/// <summary>A criterion as one JSON object, for evaluation and for other programs; the README's "Criteria as JSON" has
/// the shape.</summary>
/// <remarks>Negation is written at the leaf (<c>negated</c>): <c>not</c> moves inwards over <c>all</c> and <c>any</c>,
/// so that a <c>not</c> node only ever holds an <c>atLeast</c>.</remarks>
public static class CriterionJson
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object in UTF-8, on one line, without a line end.</summary>
    public static void Write(Stream output, Criterion criterion)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("number", criterion.Number);
        json.WriteString("section", criterion.Section switch
        {
            CriterionSection.Inclusion => "inclusion",
            CriterionSection.Exclusion => "exclusion",
        });
        json.WriteString("text", criterion.Text);
        if (criterion.Field is { } field)
        {
            json.WriteString("field", field);
        }
        else
        {
            Span(json, criterion.Source);
        }

        Scope(json, criterion.Scope);
        json.WriteString("status", criterion.Status switch
        {
            ParseStatus.Computable => "computable",
            ParseStatus.Partial => "partial",
            ParseStatus.Text => "text",
        });
        json.WriteNumber("confidence", criterion.Confidence);
        json.WritePropertyName("tree");
        Node(json, criterion.Clause, negated: false);
        if (ClauseFhirPath.Write(criterion.Clause) is { } expression)
        {
            json.WriteString("fhirpath", expression);
        }

        json.WriteEndObject();
    }

    static void Span(Utf8JsonWriter json, TextSpan span)
    {
        json.WriteNumber("start", span.Start);
        json.WriteNumber("end", span.End);
    }

    static void Scope(Utf8JsonWriter json, CriterionScope scope)
    {
        json.WriteStartObject("scope");
        json.WriteStartArray("arms");
        for (var at = 0; at < scope.Arms.Length; at++)
        {
            json.WriteStartObject();
            json.WriteString("title", scope.Arms[at]);
            if (at < scope.Cohorts.Length && scope.Cohorts[at].Length > 0)
            {
                json.WriteString("cohort", scope.Cohorts[at]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (scope.Age is { } age)
        {
            json.WriteStartObject("age");
            Limits(json, age);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    static void Node(Utf8JsonWriter json, Clause clause, bool negated)
    {
        switch (clause)
        {
            case Clause.Not not:
                Node(json, not.Inner, !negated);
                break;
            case Clause.AllOf all:
                Combination(json, negated ? "any" : "all", all.Clauses, negated);
                break;
            case Clause.AnyOf any:
                Combination(json, negated ? "all" : "any", any.Clauses, negated);
                break;
            case Clause.AtLeast some when negated:
                json.WriteStartObject();
                json.WritePropertyName("not");
                Node(json, some, negated: false);
                json.WriteEndObject();
                break;
            case Clause.AtLeast some:
                json.WriteStartObject();
                json.WriteNumber("atLeast", some.Count);
                Members(json, "of", some.Clauses, negated: false);
                json.WriteEndObject();
                break;
            default:
                json.WriteStartObject();
                Leaf(json, clause);
                json.WriteBoolean("negated", negated);
                Source(json, clause.Source);
                json.WriteEndObject();
                break;
        }
    }

    static void Combination(Utf8JsonWriter json, string name, ImmutableArray<Clause> clauses, bool negated)
    {
        json.WriteStartObject();
        Members(json, name, clauses, negated);
        json.WriteEndObject();
    }

    static void Members(Utf8JsonWriter json, string name, ImmutableArray<Clause> clauses, bool negated)
    {
        json.WriteStartArray(name);
        foreach (var clause in clauses)
        {
            Node(json, clause, negated);
        }

        json.WriteEndArray();
    }

    static void Leaf(Utf8JsonWriter json, Clause leaf)
    {
        switch (leaf)
        {
            case Clause.Measured { Measurement: var measurement }:
                json.WriteString("kind", KindOf(measurement.Kind));
                Concept(json, "concept", measurement.Concept);
                Limits(json, measurement);
                Window(json, measurement.Within);
                break;
            case Clause.Present present:
                json.WriteString("kind", KindOf(present.Kind));
                Concept(json, "concept", present.Concept);
                json.WriteString("when", present.Status switch
                {
                    FactStatus.Any => "any",
                    FactStatus.Current => "current",
                    FactStatus.History => "history",
                    FactStatus.Planned => "planned",
                });
                Window(json, present.Window);
                if (present.Except is { } except)
                {
                    Concept(json, "except", except);
                }

                break;
            case Clause.Sex sex:
                json.WriteString("kind", "sex");
                json.WriteStartObject("concept");
                json.WriteString("text", sex.Gender);
                json.WriteStartArray("codes");
                Coding(json, "http://hl7.org/fhir/administrative-gender", sex.Gender);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case Clause.Unread unread:
                json.WriteString("kind", unread.Kind == UnreadKind.Consent ? "consent" : "other");
                Concept(json, "concept", new(null, unread.Text));
                json.WriteString("unread", unread.Kind switch
                {
                    UnreadKind.Consent => "consent",
                    UnreadKind.Judgement => "judgement",
                    UnreadKind.Other => "other",
                });
                Window(json, unread.Window);
                break;
            default:
                throw new InvalidOperationException($"No leaf is a {leaf.GetType().Name}.");
        }
    }

    static string KindOf(MeasurementKind kind) => kind switch
    {
        MeasurementKind.Age => "age",
        MeasurementKind.Lab => "lab",
        MeasurementKind.Vital => "vital",
        MeasurementKind.Score => "score",
    };

    static string KindOf(FactKind kind) => kind switch
    {
        FactKind.Condition or FactKind.Genomic => "condition",
        FactKind.Therapy => "therapy",
        FactKind.Procedure => "procedure",
        FactKind.Pregnancy => "pregnancy",
        FactKind.Allergy => "allergy",
    };

    static void Concept(Utf8JsonWriter json, string name, Concept concept)
    {
        json.WriteStartObject(name);
        if (concept.Key is { } key)
        {
            json.WriteString("key", key);
        }

        json.WriteString("text", concept.Text);
        json.WriteStartArray("codes");
        foreach (var code in (concept.Key is null ? null : ConceptVocabulary.Default.Find(concept.Key))?.Codes ?? [])
        {
            if (!code.Code.EndsWith('*'))
            {
                Coding(json, CodeSystems.UriOf(code.System), code.Code);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Coding(Utf8JsonWriter json, string system, string code)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        json.WriteEndObject();
    }

    static void Limits(Utf8JsonWriter json, Measurement measurement)
    {
        json.WriteString("comparator", measurement.Comparator switch
        {
            Comparator.LessThan => "lt",
            Comparator.LessOrEqual => "le",
            Comparator.GreaterThan => "gt",
            Comparator.GreaterOrEqual => "ge",
            Comparator.Equal => "eq",
            Comparator.Between => "between",
        });
        if (measurement.Low is { } low)
        {
            json.WriteNumber("low", Shortest(low));
        }

        if (measurement.High is { } high)
        {
            json.WriteNumber("high", Shortest(high));
        }

        if (measurement.Comparator == Comparator.Between)
        {
            json.WriteBoolean("lowInclusive", measurement.LowInclusive);
            json.WriteBoolean("highInclusive", measurement.HighInclusive);
        }

        if (measurement.Unit.Length > 0)
        {
            json.WriteString("unit", measurement.Unit);
        }

        if (measurement.RelativeTo is { } limit)
        {
            json.WriteString("relativeTo", limit switch
            {
                ReferenceLimit.Uln => "ULN",
                ReferenceLimit.Lln => "LLN",
            });
        }
    }

    static void Window(Utf8JsonWriter json, Window? window)
    {
        if (window is null)
        {
            return;
        }

        json.WriteStartObject("window");
        json.WriteNumber("value", Shortest(window.Value));
        json.WriteString("unit", window.Unit);
        json.WriteString("direction", window.Direction switch
        {
            WindowDirection.Before => "before",
            WindowDirection.After => "after",
            WindowDirection.MoreThanBefore => "more-than-before",
        });
        json.WriteString("anchor", window.Anchor);
        json.WriteEndObject();
    }

    /// <summary>Without zeros at the end: a factor of a power of ten has them.</summary>
    static decimal Shortest(decimal number) => number / 1.0000000000000000000000000000m;

    /// <summary>The places of a leaf's parts; none for a leaf that no text says.</summary>
    static void Source(Utf8JsonWriter json, LeafSource source)
    {
        var parts = new[]
        {
            ("concept", source.Concept), ("value", source.Value), ("window", source.Window), ("except", source.Except),
        };
        if (parts.Any(p => p.Item2 is not null))
        {
            json.WriteStartObject("source");
            foreach (var (name, span) in parts)
            {
                if (span is { } place)
                {
                    json.WriteStartObject(name);
                    Span(json, place);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
        }
    }
}
