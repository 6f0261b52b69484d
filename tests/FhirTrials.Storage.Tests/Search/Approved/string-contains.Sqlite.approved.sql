.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @_8__locals1_text 'ann'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "s"."ResourceKey"
    FROM "StringIndex" AS "s"
    WHERE "s"."Type" = @type1 AND "s"."Parameter" = @parameter AND (instr("s"."Value", @_8__locals1_text) > 0 OR ("s"."Whole" IS NOT NULL AND instr("s"."Whole", @_8__locals1_text) > 0))
)
ORDER BY "r"."Key"
LIMIT @p
