.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @_8__locals1_code 'female'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" NOT IN (
    SELECT "t"."ResourceKey"
    FROM "TokenIndex" AS "t"
    WHERE "t"."Type" = @type1 AND "t"."Parameter" = @parameter AND "t"."Code" = @_8__locals1_code
)
ORDER BY "r"."Key"
LIMIT @p
