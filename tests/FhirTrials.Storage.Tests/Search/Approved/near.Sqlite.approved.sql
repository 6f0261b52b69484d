.param set @type 1
.param set @type1 1
.param set @parameter 1
.param set @south 0.791783730314638
.param set @north 0.79492295026783233
.param set @x 0.59218843372396546
.param set @y 0.14107918490087831
.param set @z 0.79335334029123517
.param set @square 2.4636754786333723E-06
.param set @p 21

SELECT "r"."Key", "r"."Change", "r"."Hash", "r"."Id", "r"."IsDeleted", "r"."Json", "r"."LastUpdated", "r"."Method", "r"."Type", "r"."Version"
FROM "Resource" AS "r"
WHERE "r"."Type" = @type AND NOT ("r"."IsDeleted") AND "r"."Key" IN (
    SELECT "p"."ResourceKey"
    FROM "PositionIndex" AS "p"
    WHERE "p"."Type" = @type1 AND "p"."Parameter" = @parameter AND "p"."Z" >= @south AND "p"."Z" <= @north AND (("p"."X" - @x) * ("p"."X" - @x) + ("p"."Y" - @y) * ("p"."Y" - @y)) + ("p"."Z" - @z) * ("p"."Z" - @z) <= @square
)
ORDER BY "r"."Key"
LIMIT @p
