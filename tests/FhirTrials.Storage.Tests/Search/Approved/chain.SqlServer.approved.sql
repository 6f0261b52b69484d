DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @targetType smallint = CAST(2 AS smallint);
DECLARE @type4 smallint = CAST(2 AS smallint);
DECLARE @type5 smallint = CAST(2 AS smallint);
DECLARE @parameter6 smallint = CAST(2 AS smallint);
DECLARE @Value nvarchar(256) = N'ann';
DECLARE @Value8 nvarchar(256) = N'ano';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [r0].[ResourceKey]
    FROM [ReferenceIndex] AS [r0]
    WHERE [r0].[Type] = @type1 AND [r0].[Parameter] = @parameter AND [r0].[TargetType] = @targetType AND [r0].[Target] IN (
        SELECT [r1].[Id]
        FROM [Resource] AS [r1]
        WHERE [r1].[Type] = @type4 AND [r1].[IsDeleted] = CAST(0 AS bit) AND [r1].[Key] IN (
            SELECT [s].[ResourceKey]
            FROM [StringIndex] AS [s]
            WHERE [s].[Type] = @type5 AND [s].[Parameter] = @parameter6 AND [s].[Value] >= @Value AND [s].[Value] < @Value8
        )
    )
)
ORDER BY [r].[Key]
