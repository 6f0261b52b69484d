.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @low 5.3499999999999996
.param set @high 5.4500000000000002
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "q"."ResourceKey"
    FROM "QuantityIndex" AS "q"
    WHERE "q"."Type" = @type1 AND "q"."Parameter" = @parameter AND "q"."System" <> -1 AND "q"."Low" >= @low AND "q"."High" < @high
)
ORDER BY "r"."Key"
LIMIT @p
