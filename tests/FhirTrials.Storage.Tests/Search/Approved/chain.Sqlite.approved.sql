.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @targetType 2
.param set @type4 2
.param set @type5 2
.param set @parameter6 2
.param set @Value 'ann'
.param set @Value8 'ano'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
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
)
ORDER BY "r"."Key"
LIMIT @p
