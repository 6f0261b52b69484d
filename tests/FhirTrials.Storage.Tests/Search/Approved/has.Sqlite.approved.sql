.param set @type 1
.param set @type1 2
.param set @parameter 1
.param set @type3 2
.param set @type4 2
.param set @parameter5 2
.param set @_8__locals1_code '718-7'
.param set @type7 1
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Id" IN (
    SELECT "r0"."Target"
    FROM "ReferenceIndex" AS "r0"
    WHERE "r0"."Type" = @type1 AND "r0"."Parameter" = @parameter AND "r0"."ResourceKey" IN (
        SELECT "r1"."Key"
        FROM "Resource" AS "r1"
        WHERE "r1"."Type" = @type3 AND NOT ("r1"."IsDeleted") AND "r1"."Key" IN (
            SELECT "t"."ResourceKey"
            FROM "TokenIndex" AS "t"
            WHERE "t"."Type" = @type4 AND "t"."Parameter" = @parameter5 AND "t"."Code" = @_8__locals1_code
        )
    ) AND "r0"."TargetType" = @type7
)
ORDER BY "r"."Key"
LIMIT @p
