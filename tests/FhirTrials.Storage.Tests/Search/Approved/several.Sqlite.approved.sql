.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @_8__locals1_code 'female'
.param set @type4 1
.param set @parameter5 2
.param set @start 624511296000000000
.param set @type7 1
.param set @parameter8 3
.param set @Value 'ann'
.param set @Value10 'ano'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "t"."ResourceKey"
    FROM "TokenIndex" AS "t"
    WHERE "t"."Type" = @type1 AND "t"."Parameter" = @parameter AND "t"."Code" = @_8__locals1_code
) AND "r"."Key" IN (
    SELECT "d"."ResourceKey"
    FROM "DateIndex" AS "d"
    WHERE "d"."Type" = @type4 AND "d"."Parameter" = @parameter5 AND "d"."Start" < @start
) AND "r"."Key" IN (
    SELECT "s"."ResourceKey"
    FROM "StringIndex" AS "s"
    WHERE "s"."Type" = @type7 AND "s"."Parameter" = @parameter8 AND "s"."Value" >= @Value AND "s"."Value" < @Value10
)
ORDER BY "r"."Key"
LIMIT @p
