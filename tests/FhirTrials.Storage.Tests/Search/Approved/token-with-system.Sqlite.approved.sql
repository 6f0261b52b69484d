.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @_8__locals1_code '1'
.param set @system 1
.param set @_8__locals1_code5 '2'
.param set @system6 1
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "t"."ResourceKey"
    FROM "TokenIndex" AS "t"
    WHERE "t"."Type" = @type1 AND "t"."Parameter" = @parameter AND (("t"."Code" = @_8__locals1_code AND ("t"."System" = @system OR "t"."System" = -1)) OR ("t"."Code" = @_8__locals1_code5 AND ("t"."System" = @system6 OR "t"."System" = -1)))
)
ORDER BY "r"."Key"
LIMIT @p
