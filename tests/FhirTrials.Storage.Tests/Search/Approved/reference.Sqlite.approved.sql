.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @target 'ann'
.param set @type4 2
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "r0"."ResourceKey"
    FROM "ReferenceIndex" AS "r0"
    WHERE "r0"."Type" = @type1 AND "r0"."Parameter" = @parameter AND "r0"."Target" = @target AND "r0"."TargetType" = @type4
)
ORDER BY "r"."Key"
LIMIT @p
