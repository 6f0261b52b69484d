using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

static class TokenQuery
{
    /// <summary>Where a system is implied but unknown, a code matches whatever system is named.</summary>
    public static Sql Matches(TokenValue value, Sql x, InternedNames names)
    {
        var code = IndexText.Key(value.Code ?? "");
        return (value.Kind, value.Code) switch
        {
            (TokenSystem.Any, _) => $"""{x}."Code" = {code}""",
            (TokenSystem.None, _) =>
                $"""{x}."Code" = {code} AND {x}."System" IN ({TokenRow.NoSystem}, {TokenRow.ImpliedSystem})""",
            (TokenSystem.Given, null) => $"""{x}."System" = {names.Find(NameKind.System, value.System!)}""",
            (TokenSystem.Given, _) => $"""{x}."Code" = {code} AND {IsOf(value.System!, x, names)}""",
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
    }

    public static Sql Matches(TokenSetValue value, Sql x, InternedNames names, SqlDialect dialect)
    {
        var isListed = IsListed([value], x, dialect);
        return value.System is null
            ? isListed
            : $"{isListed} AND {IsOf(value.System, x, names)}";
    }

    static Sql IsOf(string system, Sql x, InternedNames names) =>
        $"""{x}."System" IN ({names.Find(NameKind.System, system)}, {TokenRow.ImpliedSystem})""";

    /// <summary>Whether a code is in any of the sets, of whatever system.</summary>
    public static Sql IsListed(IEnumerable<TokenSetValue> sets, Sql x, SqlDialect dialect) =>
        dialect.In(
            $"""{x}."Code" """,
            [.. sets.SelectMany(s => s.Codes).Select(IndexText.Key).Distinct(StringComparer.Ordinal)]);
}
