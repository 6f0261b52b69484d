using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>The selects of one <c>_include</c> or <c>_revinclude</c>.</summary>
sealed class IncludeSql(SqlDialect dialect, FhirDefinitions definitions, InternedNames names)
{
    static readonly Sql Reference = $"x";
    static readonly Sql Resource = $"r";

    /// <summary>The resources to which rows refer, by id and by canonical URL.</summary>
    public IEnumerable<Sql> Referred(Include include, IReadOnlyCollection<ResourceRow> sources, int limit)
    {
        var keys = sources.Where(r => include.SourceType is not { } type || r.Type == names.Type(type))
            .Select(Sql (r) => $"{r.Key}").ToList();
        if (keys.Count == 0)
        {
            yield break;
        }

        yield return Rows(limit, $"""
            SELECT DISTINCT r."Key" AS "Key" FROM "ReferenceIndex" AS x CROSS JOIN "Resource" AS r
            WHERE x."ResourceKey" IN ({Sql.List(keys)}) AND {Of(include)}
              AND x."TargetType" <> 0{OfTarget(include, $"x.\"TargetType\"")}
              AND r."Type" = x."TargetType" AND r."Id" = x."Target" AND r."IsDeleted" = 0
            """);
        foreach (var type in (include.TargetType is { } only ? [only] : include.Parameter?.Target ?? [])
            .Where(t => UrlIndex(t) is not null))
        {
            yield return Rows(limit, $"""
                SELECT DISTINCT u."ResourceKey" AS "Key" FROM "ReferenceIndex" AS x CROSS JOIN "UriIndex" AS u
                WHERE x."ResourceKey" IN ({Sql.List(keys)}) AND {Of(include)} AND +x."TargetType" = 0
                  AND u."Type" = {names.Type(type)} AND u."Parameter" = {UrlIndex(type)!.Value}
                  AND u."Value" = x."Target"
                """);
        }
    }

    /// <summary>The resources that refer to rows.</summary>
    public IEnumerable<Sql> Referring(Include include, IReadOnlyCollection<ResourceRow> targets, int limit)
    {
        foreach (var type in targets.GroupBy(r => r.Type))
        {
            var typeName = names.TypeName(type.Key);
            if (include.TargetType is { } wanted && wanted != typeName)
            {
                continue;
            }

            yield return Rows(limit, $"""
                SELECT DISTINCT x."ResourceKey" AS "Key" FROM "ReferenceIndex" AS x
                WHERE x."TargetType" = {type.Key} AND x."Target" IN ({Sql.List([.. type.Select(Sql (r) => $"{r.Id}")])})
                  AND {Of(include)}
                """);
            if (UrlIndex(typeName) is { } url)
            {
                yield return Rows(limit, $"""
                    SELECT DISTINCT x."ResourceKey" AS "Key" FROM "UriIndex" AS u CROSS JOIN "ReferenceIndex" AS x
                    WHERE u."ResourceKey" IN ({Sql.List([.. type.Select(Sql (r) => $"{r.Key}")])})
                      AND u."Parameter" = {url}
                      AND x."TargetType" = 0 AND x."Target" = u."Value" AND {Of(include)}
                    """);
            }
        }
    }

    Sql Rows(int limit, Sql keys) => dialect.First(
        $"""
        SELECT {ResourceColumns.Of(Resource)}
        FROM ({keys}) AS k CROSS JOIN "Resource" AS r WHERE r."Key" = k."Key"
        """,
        $"r.\"Key\"",
        limit);

    /// <summary>The entries are of the source type and of the parameter.</summary>
    Sql Of(Include include) => Sql.And(
    [
        .. include.SourceType is { } type
            ? new Sql[] { $"{dialect.WithoutIndex($"{Reference}.\"Type\"")} = {names.Type(type)}" }
            : [],
        .. include.Parameter is { } parameter
            ? new Sql[] { $"""{Reference}."Parameter" = {names.Index(parameter.Url)}""" }
            : [],
    ]);

    Sql OfTarget(Include include, Sql targetType) =>
        include.TargetType is { } type ? (Sql)$" AND {dialect.WithoutIndex(targetType)} = {names.Type(type)}" : $"";

    /// <summary>Null where nothing is found by URL.</summary>
    short? UrlIndex(string type) =>
        CanonicalUrl.IndexOf(type, definitions) is { } url
            && names.Index(url) is var index and not InternedNames.Unknown ? index : null;
}
