.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @targetType 2
.param set @type4 2
.param set @type5 2
.param set @parameter6 3
.param set @Value 'blin'
.param set @Value8 'blio'
.param set @type11 2
.param set @parameter12 2
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND ("r"."Key" IN (
    SELECT "r0"."ResourceKey"
    FROM "ReferenceIndex" AS "r0"
    WHERE "r0"."Type" = @type1 AND "r0"."Parameter" = @parameter AND "r0"."TargetType" = @targetType AND "r0"."Target" IN (
        SELECT "r1"."Id"
        FROM "Resource" AS "r1"
        WHERE "r1"."Type" = @type4 AND NOT ("r1"."IsDeleted") AND "r1"."Key" IN (
            SELECT "s"."ResourceKey"
            FROM "StringIndex" AS "s"
            WHERE "s"."Type" = @type5 AND "s"."Parameter" = @parameter6 AND "s"."Value" >= @Value AND "s"."Value" < @Value8
        )
    )
) OR "r"."Key" IN (
    SELECT "r2"."ResourceKey"
    FROM "ReferenceIndex" AS "r2"
    WHERE "r2"."Type" = @type1 AND "r2"."Parameter" = @parameter AND "r2"."TargetType" = 0 AND "r2"."Target" IN (
        SELECT "u"."Value"
        FROM "UriIndex" AS "u"
        WHERE "u"."Type" = @type11 AND "u"."Parameter" = @parameter12 AND "u"."ResourceKey" IN (
            SELECT "r3"."Key"
            FROM "Resource" AS "r3"
            WHERE "r3"."Type" = @type4 AND NOT ("r3"."IsDeleted") AND "r3"."Key" IN (
                SELECT "s0"."ResourceKey"
                FROM "StringIndex" AS "s0"
                WHERE "s0"."Type" = @type5 AND "s0"."Parameter" = @parameter6 AND "s0"."Value" >= @Value AND "s0"."Value" < @Value8
            )
        )
    )
))
ORDER BY "r"."Key"
LIMIT @p
