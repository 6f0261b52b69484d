using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>A quantity's number compares as a number; its unit decides which rows are compared.</summary>
static class QuantityQuery
{
    public static Expression<Func<QuantityRow, bool>> Matches(QuantityValue value, InternedNames names) =>
        Predicate.All([HasUnit(value, names), NumberQuery.Matches<QuantityRow>(value.Number)]);

    static Expression<Func<QuantityRow, bool>> HasUnit(QuantityValue value, InternedNames names)
    {
        var code = IndexText.Key(value.Code ?? "");
        switch (value.Kind)
        {
            case QuantityUnit.Any:
                return q => q.System != QuantityRow.CanonicalSystem;
            case QuantityUnit.CodeOrText:
                return q => q.System != QuantityRow.CanonicalSystem && (q.Code == code || q.Unit == code);
            case QuantityUnit.Coded:
                var system = names.Find(NameKind.System, value.System!);
                return q => q.System == system && q.Code == code;
            case QuantityUnit.Canonical:
                return q => q.System == QuantityRow.CanonicalSystem && q.Code == code;
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }
}
