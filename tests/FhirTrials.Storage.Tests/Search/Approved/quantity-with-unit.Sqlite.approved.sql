.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @_8__locals1_code 'g'
.param set @exact 0.0054000000000000003
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "q"."ResourceKey"
    FROM "QuantityIndex" AS "q"
    WHERE "q"."Type" = @type1 AND "q"."Parameter" = @parameter AND "q"."System" = -1 AND "q"."Code" = @_8__locals1_code AND "q"."High" > @exact
)
ORDER BY "r"."Key"
LIMIT @p
