DECLARE @p int = 21;
DECLARE @type smallint = CAST(1 AS smallint);
DECLARE @type1 smallint = CAST(1 AS smallint);
DECLARE @parameter smallint = CAST(1 AS smallint);
DECLARE @above1 nvarchar(256) = N'http://a.test/b/c';
DECLARE @above2 nvarchar(256) = N'http://a.test/b/';
DECLARE @above3 nvarchar(256) = N'http://a.test/b';
DECLARE @above4 nvarchar(256) = N'http://a.test/';
DECLARE @above5 nvarchar(256) = N'http://a.test';

SELECT TOP(@p) [r].[Key], [r].[Change], [r].[Hash], [r].[Id], [r].[IsDeleted], [r].[Json], [r].[LastUpdated], [r].[Method], [r].[Type], [r].[Version]
FROM [Resource] AS [r]
WHERE [r].[Type] = @type AND [r].[IsDeleted] = CAST(0 AS bit) AND [r].[Key] IN (
    SELECT [u].[ResourceKey]
    FROM [UriIndex] AS [u]
    WHERE [u].[Type] = @type1 AND [u].[Parameter] = @parameter AND [u].[Value] IN (@above1, @above2, @above3, @above4, @above5)
)
ORDER BY [r].[Key]
