using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A quantity's number compares as a number; its unit decides which rows are compared.</summary>
static class QuantityQuery
{
    public static Sql Matches(QuantityValue value, Sql x, InternedNames names) =>
        $"{NumberQuery.Matches(value.Number, x)} AND {HasUnit(value, x, names)}";

    static Sql HasUnit(QuantityValue value, Sql x, InternedNames names)
    {
        var code = IndexText.Key(value.Code ?? "");
        return value.Kind switch
        {
            QuantityUnit.Any => $"""{x}."System" <> {QuantityRow.CanonicalSystem}""",
            QuantityUnit.CodeOrText =>
                $"""{x}."System" <> {QuantityRow.CanonicalSystem} AND ({x}."Code" = {code} OR {x}."Unit" = {code})""",
            QuantityUnit.Coded =>
                $"""{x}."System" = {names.Find(NameKind.System, value.System!)} AND {x}."Code" = {code}""",
            QuantityUnit.Canonical => $"""{x}."System" = {QuantityRow.CanonicalSystem} AND {x}."Code" = {code}""",
        };
    }
}
