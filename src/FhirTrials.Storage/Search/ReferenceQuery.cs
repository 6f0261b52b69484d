using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

static class ReferenceQuery
{
    public static Expression<Func<ReferenceRow, bool>> Matches(ReferenceValue value, InternedNames names)
    {
        var target = IndexText.Key(value.Target);
        var predicates = new List<Expression<Func<ReferenceRow, bool>>> { r => r.Target == target };
        if (value.Type is not null)
        {
            var type = names.Type(value.Type);
            predicates.Add(r => r.TargetType == type);
        }

        if (value.Version is not null)
        {
            var version = IndexText.Key(value.Version);
            predicates.Add(r => r.Version == version);
        }

        return Predicate.All(predicates);
    }
}
