.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @low 0.245
.param set @high 0.255
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "n"."ResourceKey"
    FROM "NumberIndex" AS "n"
    WHERE "n"."Type" = @type1 AND "n"."Parameter" = @parameter AND "n"."Low" >= @low AND "n"."High" < @high
)
ORDER BY "r"."Key"
LIMIT @p
