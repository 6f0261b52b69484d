.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @above1 'http://a.test/b/c'
.param set @above2 'http://a.test/b/'
.param set @above3 'http://a.test/b'
.param set @above4 'http://a.test/'
.param set @above5 'http://a.test'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "u"."ResourceKey"
    FROM "UriIndex" AS "u"
    WHERE "u"."Type" = @type1 AND "u"."Parameter" = @parameter AND "u"."Value" IN (@above1, @above2, @above3, @above4, @above5)
)
ORDER BY "r"."Key"
LIMIT @p
