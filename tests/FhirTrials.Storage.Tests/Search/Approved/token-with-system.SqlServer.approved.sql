DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @_8__locals1_code nvarchar(256) = N'1';
DECLARE @system int = 1;
DECLARE @_8__locals1_code5 nvarchar(256) = N'2';
DECLARE @system6 int = 1;

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [t].[ResourceKey]
    FROM [TokenIndex] AS [t]
    WHERE [t].[Type] = @type1 AND [t].[Parameter] = @parameter AND (([t].[Code] = @_8__locals1_code AND ([t].[System] = @system OR [t].[System] = -1)) OR ([t].[Code] = @_8__locals1_code5 AND ([t].[System] = @system6 OR [t].[System] = -1)))
)
ORDER BY [r].[Key]
