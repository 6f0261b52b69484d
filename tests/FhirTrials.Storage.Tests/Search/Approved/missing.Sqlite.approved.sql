.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" NOT IN (
    SELECT "d"."ResourceKey"
    FROM "DateIndex" AS "d"
    WHERE "d"."Type" = @type1 AND "d"."Parameter" = @parameter
)
ORDER BY "r"."Key"
LIMIT @p
