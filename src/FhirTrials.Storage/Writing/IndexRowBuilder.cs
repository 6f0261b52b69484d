using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Writing;

/// <summary>Index entries → rows.</summary>
static class IndexRowBuilder
{
    /// <summary>Every name that the rows of these entries refer to.</summary>
    public static IEnumerable<(NameKind Kind, string Value)> Names(IEnumerable<IndexEntry> entries)
    {
        foreach (var entry in entries)
        {
            yield return (NameKind.IndexKey, entry.Index);
            switch (entry)
            {
                case TokenEntry { System: { } system }:
                    yield return (NameKind.System, system);
                    break;
                case QuantityEntry { System: { } system }:
                    yield return (NameKind.System, system);
                    break;
                case ReferenceEntry { Type: { } type }:
                    yield return (NameKind.ResourceType, type);
                    break;
            }
        }
    }

    /// <summary>Still without the resource's key.</summary>
    public static IEnumerable<IndexRow> Rows(
        IEnumerable<IndexEntry> entries, short type, InternedNames names, DatabaseProvider provider)
    {
        var ordinals = new Dictionary<Type, int>();
        var titles = new List<StringEntry>();
        foreach (var entry in entries)
        {
            var row = Row(entry, type, names.Index(entry.Index), names);
            row.Ordinal = ordinals.GetValueOrDefault(row.GetType());
            ordinals[row.GetType()] = row.Ordinal + 1;
            yield return row;
            if (provider == DatabaseProvider.Sqlite && entry is StringEntry text
                && TitleRow.ColumnOf(text.Index) is not null)
            {
                titles.Add(text);
            }
        }

        if (titles.Count > 0)
        {
            yield return new TitleRow
            {
                Type = type,
                Title = Texts(nameof(TitleRow.Title)),
                OfficialTitle = Texts(nameof(TitleRow.OfficialTitle)),
            };
        }

        string Texts(string column) =>
            string.Join('\n', titles.Where(t => TitleRow.ColumnOf(t.Index) == column).Select(t => t.Normalised));
    }

    static IndexRow Row(IndexEntry entry, short type, short parameter, InternedNames names) => entry switch
    {
        TokenEntry e => new TokenRow
        {
            Type = type, Parameter = parameter, Group = e.Group,
            System = e is { ImpliesSystem: true, System: null } ? TokenRow.ImpliedSystem : System(e.System, names),
            Code = IndexText.Key(e.Code),
        },
        WordsEntry e => new WordListRow { Type = type, Parameter = parameter, Words = WordList.Text(e.Words) },
        StringEntry e => new StringRow
        {
            Type = type, Parameter = parameter, Group = e.Group,
            Value = IndexText.Prefix(e.Normalised),
            Whole = e.Normalised.Length > IndexText.MaxLength ? e.Normalised : null,
            Text = e.Text,
        },
        DateEntry e => new DateRow
        {
            Type = type, Parameter = parameter, Group = e.Group, Start = e.Range.Start, End = e.Range.End,
        },
        NumberEntry e => new NumberRow
        {
            Type = type, Parameter = parameter, Group = e.Group, Low = e.Range.Low, High = e.Range.High,
        },
        QuantityEntry e => new QuantityRow
        {
            Type = type, Parameter = parameter, Group = e.Group, Low = e.Range.Low, High = e.Range.High,
            System = e.IsCanonical ? QuantityRow.CanonicalSystem : System(e.System, names),
            Code = IndexText.Key(e.Code ?? ""),
            Unit = IndexText.Key(e.Unit ?? ""),
        },
        ReferenceEntry e => new ReferenceRow
        {
            Type = type, Parameter = parameter, Group = e.Group,
            TargetType = e.Type is null ? (short)0 : names.Type(e.Type),
            Target = IndexText.Key(e.Target),
            Version = e.Version is null ? null : IndexText.Key(e.Version),
        },
        UriEntry e => new UriRow
        {
            Type = type, Parameter = parameter, Group = e.Group, Value = IndexText.Key(e.Uri),
        },
        PositionEntry e => new PositionRow
        {
            Type = type, Parameter = parameter, Group = e.Group, X = e.Point.X, Y = e.Point.Y, Z = e.Point.Z,
        },
        _ => throw new InvalidOperationException($"There is no table for {entry.GetType().Name}."),
    };

    static int System(string? system, InternedNames names) =>
        system is null ? TokenRow.NoSystem : names.Find(NameKind.System, system);
}
