DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @south float = 0.791783730314638E0;
DECLARE @north float = 0.79492295026783233E0;
DECLARE @x float = 0.59218843372396546E0;
DECLARE @y float = 0.14107918490087831E0;
DECLARE @z float = 0.79335334029123517E0;
DECLARE @square float = 2.4636754786333723E-06;

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [p].[ResourceKey]
    FROM [PositionIndex] AS [p]
    WHERE [p].[Type] = @type1 AND [p].[Parameter] = @parameter AND [p].[Z] >= @south AND [p].[Z] <= @north AND (([p].[X] - @x) * ([p].[X] - @x) + ([p].[Y] - @y) * ([p].[Y] - @y)) + ([p].[Z] - @z) * ([p].[Z] - @z) <= @square
)
ORDER BY [r].[Key]
