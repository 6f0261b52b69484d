.param set @type 1
.param set @type1 1
.param set @parameter 2
.param set @_8__locals1_code '718-7'
.param set @system 1
.param set @type5 1
.param set @parameter6 3
.param set @exact 5.0
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "t"."ResourceKey"
    FROM "TokenIndex" AS "t"
    WHERE "t"."Type" = @type1 AND "t"."Parameter" = @parameter AND "t"."Code" = @_8__locals1_code AND ("t"."System" = @system OR "t"."System" = -1) AND EXISTS (
        SELECT 1
        FROM "QuantityIndex" AS "q"
        WHERE "q"."Type" = @type5 AND "q"."Parameter" = @parameter6 AND "q"."System" <> -1 AND "q"."High" > @exact AND "q"."ResourceKey" = "t"."ResourceKey" AND "q"."Group" = "t"."Group")
)
ORDER BY "r"."Key"
LIMIT @p
