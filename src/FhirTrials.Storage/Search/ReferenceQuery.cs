using FhirTrials.Fhir.Search;

namespace FhirTrials.Storage.Search;

static class ReferenceQuery
{
    public static Sql Matches(ReferenceValue value, Sql x, InternedNames names)
    {
        var conditions = new List<Sql> { $"""{x}."Target" = {IndexTable.Point(value)}""" };
        if (value.Type is not null)
        {
            conditions.Add($"""{x}."TargetType" = {names.Type(value.Type)}""");
        }

        if (value.Version is not null)
        {
            conditions.Add($"""{x}."Version" = {IndexText.Key(value.Version)}""");
        }

        return Sql.And(conditions);
    }

    /// <summary>The plus sign keeps a question about one resource from the index of what refers to each target: it has
    /// few references, and the list may be long.</summary>
    public static Sql Matches(ReferenceSetValue value, Sql x, InternedNames names, SqlDialect dialect) =>
        $"""{dialect.In($"""{x}."Target" """, value.Ids)} AND +{x}."TargetType" = {names.Type(value.Type)}""";

    public static Sql Matches(AnyReferenceValue value, Sql x, InternedNames names) =>
        $"""+{x}."TargetType" = {names.Type(value.Type)}""";
}
