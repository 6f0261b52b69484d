.param set @type 1
.param set @parameter 1
.param set @last -9223372036854775808
.param set @parameter4 2
.param set @last6 '􏿿'
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted")
ORDER BY COALESCE((
    SELECT MAX("d"."End")
    FROM "DateIndex" AS "d"
    WHERE "d"."Parameter" = @parameter AND "d"."ResourceKey" = "r"."Key"), @last) DESC, COALESCE((
    SELECT MIN("s"."Value")
    FROM "StringIndex" AS "s"
    WHERE "s"."Parameter" = @parameter4 AND "s"."ResourceKey" = "r"."Key"), @last6), "r"."Key"
LIMIT @p
