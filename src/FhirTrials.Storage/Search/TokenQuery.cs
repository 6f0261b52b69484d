using System.Linq.Expressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

static class TokenQuery
{
    /// <summary>Where a system is implied but unknown, a code matches whatever system is named.</summary>
    public static Expression<Func<TokenRow, bool>> Matches(TokenValue value, InternedNames names)
    {
        var code = IndexText.Key(value.Code ?? "");
        switch (value.Kind)
        {
            case TokenSystem.Any:
                return t => t.Code == code;
            case TokenSystem.None:
                return t => t.Code == code && (t.System == TokenRow.NoSystem || t.System == TokenRow.ImpliedSystem);
            case TokenSystem.Given when value.Code is null:
                var only = names.Find(NameKind.System, value.System!);
                return t => t.System == only;
            case TokenSystem.Given:
                var system = names.Find(NameKind.System, value.System!);
                return t => t.Code == code && (t.System == system || t.System == TokenRow.ImpliedSystem);
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }
    }
}
