.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @Value 'http://a.test/'
.param set @Value4 'http://a.test0'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "u"."ResourceKey"
    FROM "UriIndex" AS "u"
    WHERE "u"."Type" = @type1 AND "u"."Parameter" = @parameter AND "u"."Value" >= @Value AND "u"."Value" < @Value4
)
ORDER BY "r"."Key"
LIMIT @p
