DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @targetType smallint = CAST(2 AS smallint);
DECLARE @type4 smallint = CAST(2 AS smallint);
DECLARE @type5 smallint = CAST(2 AS smallint);
DECLARE @parameter6 smallint = CAST(3 AS smallint);
DECLARE @Value nvarchar(256) = N'blin';
DECLARE @Value8 nvarchar(256) = N'blio';
DECLARE @type11 smallint = CAST(2 AS smallint);
DECLARE @parameter12 smallint = CAST(2 AS smallint);

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND ([r].[Key] IN (
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
) OR [r].[Key] IN (
    SELECT [r2].[ResourceKey]
    FROM [ReferenceIndex] AS [r2]
    WHERE [r2].[Type] = @type1 AND [r2].[Parameter] = @parameter AND [r2].[TargetType] = CAST(0 AS smallint) AND [r2].[Target] IN (
        SELECT [u].[Value]
        FROM [UriIndex] AS [u]
        WHERE [u].[Type] = @type11 AND [u].[Parameter] = @parameter12 AND [u].[ResourceKey] IN (
            SELECT [r3].[Key]
            FROM [Resource] AS [r3]
            WHERE [r3].[Type] = @type4 AND [r3].[IsDeleted] = CAST(0 AS bit) AND [r3].[Key] IN (
                SELECT [s0].[ResourceKey]
                FROM [StringIndex] AS [s0]
                WHERE [s0].[Type] = @type5 AND [s0].[Parameter] = @parameter6 AND [s0].[Value] >= @Value AND [s0].[Value] < @Value8
            )
        )
    )
))
ORDER BY [r].[Key]
