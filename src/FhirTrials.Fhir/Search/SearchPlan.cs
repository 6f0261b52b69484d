using System.Globalization;
using System.Text;

namespace FhirTrials.Fhir.Search;

/// <summary>A search as readable text, one condition a line.</summary>
static class SearchPlan
{
    public static string Of(SearchQuery query)
    {
        var text = new StringBuilder();
        foreach (var type in query.Types)
        {
            text.Append(type.ResourceType).Append('\n');
            foreach (var filter in type.Filters)
            {
                Append(text, filter, 1);
            }

            foreach (var sort in type.Sort)
            {
                text.Append("  sort ").Append(sort.Parameter.Code)
                    .Append(sort.Descending ? " descending" : "").Append('\n');
            }
        }

        foreach (var include in query.Includes)
        {
            text.Append("  ").Append(include.Reverse ? "revinclude " : "include ")
                .Append(include.SourceType ?? "*").Append(':').Append(include.Parameter?.Code ?? "*")
                .Append(include.TargetType is { } target ? ":" + target : "")
                .Append(include.Iterate ? " iterate" : "").Append('\n');
        }

        var count = query.Count?.ToString(CultureInfo.InvariantCulture) ?? "default";
        return text.Append(CultureInfo.InvariantCulture, $"  count {count}, total {query.Total}\n").ToString();
    }

    static void Append(StringBuilder text, SearchFilter filter, int depth)
    {
        text.Append(' ', depth * 2);
        switch (filter)
        {
            case IndexFilter f:
                text.Append(f.Index).Append(" in ").AppendJoin(" or ", f.Values.Select(Of)).Append('\n');
                break;
            case IdFilter f:
                text.Append("id in ").AppendJoin(" or ", f.Ids).Append('\n');
                break;
            case LastUpdatedFilter f:
                text.Append("lastUpdated in ").AppendJoin(" or ", f.Values.Select(Of)).Append('\n');
                break;
            case MissingFilter f:
                text.Append(f.Index).Append(f.IsMissing ? " is missing" : " is present").Append('\n');
                break;
            case NotFilter f:
                text.Append("not\n");
                Append(text, f.Filter, depth + 1);
                break;
            case AnyFilter f:
                text.Append("any\n");
                foreach (var inner in f.Filters)
                {
                    Append(text, inner, depth + 1);
                }

                break;
            case AllFilter f:
                text.Append("all\n");
                foreach (var inner in f.Filters)
                {
                    Append(text, inner, depth + 1);
                }

                break;
            case ChainFilter f:
                text.Append(f.Index).Append(" -> ").Append(f.TargetType).Append('\n');
                Append(text, f.Filter, depth + 1);
                break;
            case HasFilter f:
                text.Append(f.SourceType).Append(" <- ").Append(f.Index).Append('\n');
                Append(text, f.Filter, depth + 1);
                break;
        }
    }

    static string Of(SearchValue value) => value switch
    {
        WordValue v => v.InNarrative ? $"{v.Word} in the narrative" : v.Word,
        TokenValue v => $"{v.System ?? (v.Kind == TokenSystem.None ? "(no system)" : "(any system)")}|{v.Code ?? "*"}",
        TokenSetValue v => $"{v.System ?? "(any system)"}|{v.Codes.Length} codes",
        StringValue v => $"{v.Match} {v.Text}",
        DateValue v => string.Create(CultureInfo.InvariantCulture, $"{v.Prefix} [{v.Range.Start}, {v.Range.End})"),
        NumberValue v => string.Create(CultureInfo.InvariantCulture, $"{v.Prefix} {v.Exact} [{v.Low}, {v.High})"),
        QuantityValue v => $"{Of(v.Number)} {v.Kind} {v.System}|{v.Code}",
        ReferenceValue v => $"{v.Type ?? "*"}/{v.Target}{(v.Version is null ? "" : "|" + v.Version)}",
        ReferenceSetValue v => $"{v.Type}/{v.Ids.Length} ids",
        AnyReferenceValue v => $"{v.Type}/*",
        HierarchyValue v => $"{(v.Below ? "below" : "above")} {v.Type}/{v.Id} by {v.Parent}",
        OtherValue v => "not " + Of(v.Value),
        UriValue v => $"{v.Match} {v.Uri}",
        NearValue v =>
            string.Create(CultureInfo.InvariantCulture, $"within {v.Chord} of {v.Point.X} {v.Point.Y} {v.Point.Z}"),
        CompositeValue v => string.Join(" $ ", v.Components.Select(Of)),
        _ => "",
    };
}
