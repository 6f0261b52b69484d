.param set @type 1
.param set @ids1 'ann'
.param set @ids2 'bob'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Id" IN (@ids1, @ids2)
ORDER BY "r"."Key"
LIMIT @p
