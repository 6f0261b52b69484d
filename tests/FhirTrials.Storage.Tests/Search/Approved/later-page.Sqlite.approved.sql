.param set @type 1
.param set @parameter 1
.param set @last -9223372036854775808
.param set @Value 624589920000000000
.param set @parameter9 2
.param set @last11 '􏿿'
.param set @Value12 'ann'
.param set @key 42
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND (COALESCE((
    SELECT MAX("d"."End")
    FROM "DateIndex" AS "d"
    WHERE "d"."Parameter" = @parameter AND "d"."ResourceKey" = "r"."Key"), @last) < @Value OR (COALESCE((
    SELECT MAX("d0"."End")
    FROM "DateIndex" AS "d0"
    WHERE "d0"."Parameter" = @parameter AND "d0"."ResourceKey" = "r"."Key"), @last) = @Value AND (COALESCE((
    SELECT MIN("s"."Value")
    FROM "StringIndex" AS "s"
    WHERE "s"."Parameter" = @parameter9 AND "s"."ResourceKey" = "r"."Key"), @last11) > @Value12 OR (COALESCE((
    SELECT MIN("s0"."Value")
    FROM "StringIndex" AS "s0"
    WHERE "s0"."Parameter" = @parameter9 AND "s0"."ResourceKey" = "r"."Key"), @last11) = @Value12 AND "r"."Key" > @key))))
ORDER BY COALESCE((
    SELECT MAX("d1"."End")
    FROM "DateIndex" AS "d1"
    WHERE "d1"."Parameter" = @parameter AND "d1"."ResourceKey" = "r"."Key"), @last) DESC, COALESCE((
    SELECT MIN("s1"."Value")
    FROM "StringIndex" AS "s1"
    WHERE "s1"."Parameter" = @parameter9 AND "s1"."ResourceKey" = "r"."Key"), @last11), "r"."Key"
LIMIT @p
