.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @beginning 'ann'
.param set @_8__locals1_text 'Ann'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "s"."ResourceKey"
    FROM "StringIndex" AS "s"
    WHERE "s"."Type" = @type1 AND "s"."Parameter" = @parameter AND "s"."Value" = @beginning AND "s"."Text" = @_8__locals1_text
)
ORDER BY "r"."Key"
LIMIT @p
