using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Server.Commands;

/// <summary>A criterion for people: its text, then what was understood, one leaf a line, indented
/// below how the leaves combine.</summary>
static class CriterionOutline
{
    public static string Of(Criterion criterion)
    {
        var lines = new StringBuilder();
        lines.Append(CultureInfo.InvariantCulture, $"{criterion.Number}. {criterion.Section} ({criterion.Status})");
        lines.Append(Scope(criterion.Scope)).Append('\n');
        lines.Append("    \"").Append(criterion.Text.ReplaceLineEndings(" ")).Append("\"\n");
        Node(lines, criterion.Clause, "    ", "");
        return lines.Append('\n').ToString();
    }

    static string Scope(CriterionScope scope)
    {
        var arms = scope.Arms.Select((arm, at) => scope.Cohorts.IsEmpty || scope.Cohorts[at].Length == 0 ? arm
            : $"{arm} (cohort {scope.Cohorts[at]})");
        var parts = arms.Concat(scope.Age is { } age ? [$"age {Limits(age)}"] : []);
        return string.Join("; ", parts) is { Length: > 0 } whom ? $" for {whom}" : "";
    }

    static void Node(StringBuilder lines, Clause clause, string indent, string before)
    {
        switch (clause)
        {
            case Clause.AllOf all:
                Members(lines, all.Clauses, indent, before + (all.Clauses.IsEmpty ? "restricts nobody" : "all of"));
                break;
            case Clause.AnyOf any:
                Members(lines, any.Clauses, indent, before + (any.Clauses.IsEmpty ? "keeps out nobody" : "any of"));
                break;
            case Clause.AtLeast some:
                Members(lines, some.Clauses, indent,
                    string.Create(CultureInfo.InvariantCulture, $"{before}at least {some.Count} of"));
                break;
            case Clause.Not not:
                Node(lines, not.Inner, indent, before + "not ");
                break;
            default:
                lines.Append(indent).Append(before).Append(Leaf(clause)).Append('\n');
                break;
        }
    }

    static void Members(StringBuilder lines, ImmutableArray<Clause> members, string indent, string heading)
    {
        lines.Append(indent).Append(heading).Append('\n');
        foreach (var member in members)
        {
            Node(lines, member, indent + "  ", "");
        }
    }

    static string Leaf(Clause leaf) => leaf switch
    {
        Clause.Measured { Measurement: var m } => $"{m.Concept.Text} {Limits(m)}{Window(m.Within)}",
        Clause.Present p =>
            $"{p.Concept.Text}{(p.Except is { } e ? $" other than {e.Text}" : "")}{When(p)}{Window(p.Window)}",
        Clause.Sex sex => sex.Gender,
        Clause.Unread unread => unread.Kind switch
        {
            UnreadKind.Consent => $"asked of the person: {unread.Text}",
            UnreadKind.Judgement => $"left to a physician: {unread.Text}",
            UnreadKind.Other => $"not understood: {unread.Text}",
        } + Window(unread.Window),
        _ => throw new InvalidOperationException($"No leaf is a {leaf.GetType().Name}."),
    };

    static string When(Clause.Present present) => (present.Kind, present.Status) switch
    {
        (FactKind.Allergy, _) => " (allergy)",
        (_, FactStatus.Current) => " (current)",
        (_, FactStatus.History) => " (history)",
        (_, FactStatus.Planned) => " (planned)",
        (_, FactStatus.Any) => "",
    };

    static string Limits(Measurement m)
    {
        var unit = m.RelativeTo is { } limit ? $" × {limit.ToString().ToUpperInvariant()}"
            : m.Unit is "" or "1" or "{score}" ? "" : $" {m.Unit}";
        return m.Comparator switch
        {
            Comparator.LessThan => $"< {Number(m.High)}",
            Comparator.LessOrEqual => $"≤ {Number(m.High)}",
            Comparator.GreaterThan => $"> {Number(m.Low)}",
            Comparator.GreaterOrEqual => $"≥ {Number(m.Low)}",
            Comparator.Equal => $"= {Number(m.Low)}",
            Comparator.Between =>
                $"{(m.LowInclusive ? "≥" : ">")} {Number(m.Low)} and {(m.HighInclusive ? "≤" : "<")} {Number(m.High)}",
        } + unit;
    }

    static string Window(Window? window) => window is null ? "" : window.Direction switch
    {
        WindowDirection.Before => $" within {Number(window.Value)} {window.Unit} before {window.Anchor}",
        WindowDirection.MoreThanBefore => $" more than {Number(window.Value)} {window.Unit} before {window.Anchor}",
        WindowDirection.After => $" within {Number(window.Value)} {window.Unit} after {window.Anchor}",
    };

    static string Number(decimal? value) => value?.ToString("0.############", CultureInfo.InvariantCulture) ?? "";
}
