-- history of the system
SELECT TOP(2) [c].[Value]
FROM [ChangeCounter] AS [c];
SELECT TOP(@p) [u].[ResourceKey], [u].[Version], [u].[Type], [u].[Id], [u].[LastUpdated], [u].[Change], [u].[Method], [u].[Json]
FROM (
    SELECT [r].[Key] AS [ResourceKey], [r].[Version], [r].[Type], [r].[Id], [r].[LastUpdated], [r].[Change], [r].[Method], [r].[Json]
    FROM [Resource] AS [r]
    WHERE [r].[Change] < @below AND [r].[LastUpdated] >= @since
    UNION ALL
    SELECT [r0].[ResourceKey], [r0].[Version], [r0].[Type], [r0].[Id], [r0].[LastUpdated], [r0].[Change], [r0].[Method], [r0].[Json]
    FROM [ResourceVersion] AS [r0]
    WHERE [r0].[Change] < @below AND [r0].[LastUpdated] >= @since
) AS [u]
ORDER BY [u].[Change] DESC;

-- history of a type, since
SELECT TOP(2) [c].[Value]
FROM [ChangeCounter] AS [c];
SELECT TOP(@p) [u].[ResourceKey], [u].[Version], [u].[Type], [u].[Id], [u].[LastUpdated], [u].[Change], [u].[Method], [u].[Json]
FROM (
    SELECT [r].[Key] AS [ResourceKey], [r].[Version], [r].[Type], [r].[Id], [r].[LastUpdated], [r].[Change], [r].[Method], [r].[Json]
    FROM [Resource] AS [r]
    WHERE [r].[Change] < @below AND [r].[LastUpdated] >= @since AND [r].[Type] = @type
    UNION ALL
    SELECT [r0].[ResourceKey], [r0].[Version], [r0].[Type], [r0].[Id], [r0].[LastUpdated], [r0].[Change], [r0].[Method], [r0].[Json]
    FROM [ResourceVersion] AS [r0]
    WHERE [r0].[Change] < @below AND [r0].[LastUpdated] >= @since AND [r0].[Type] = @type
) AS [u]
ORDER BY [u].[Change] DESC;

-- history of types
SELECT TOP(2) [c].[Value]
FROM [ChangeCounter] AS [c];
SELECT TOP(@p) [u].[ResourceKey], [u].[Version], [u].[Type], [u].[Id], [u].[LastUpdated], [u].[Change], [u].[Method], [u].[Json]
FROM (
    SELECT [r].[Key] AS [ResourceKey], [r].[Version], [r].[Type], [r].[Id], [r].[LastUpdated], [r].[Change], [r].[Method], [r].[Json]
    FROM [Resource] AS [r]
    WHERE [r].[Change] < @below AND [r].[LastUpdated] >= @since AND [r].[Type] IN (@among1, @among2)
    UNION ALL
    SELECT [r0].[ResourceKey], [r0].[Version], [r0].[Type], [r0].[Id], [r0].[LastUpdated], [r0].[Change], [r0].[Method], [r0].[Json]
    FROM [ResourceVersion] AS [r0]
    WHERE [r0].[Change] < @below AND [r0].[LastUpdated] >= @since AND [r0].[Type] IN (@among1, @among2)
) AS [u]
ORDER BY [u].[Change] DESC;

-- history of a resource
SELECT TOP(2) [c].[Value]
FROM [ChangeCounter] AS [c];
SELECT TOP(@p) [u].[ResourceKey], [u].[Version], [u].[Type], [u].[Id], [u].[LastUpdated], [u].[Change], [u].[Method], [u].[Json]
FROM (
    SELECT [r].[Key] AS [ResourceKey], [r].[Version], [r].[Type], [r].[Id], [r].[LastUpdated], [r].[Change], [r].[Method], [r].[Json]
    FROM [Resource] AS [r]
    WHERE [r].[Change] < @below AND [r].[LastUpdated] >= @since AND [r].[Key] IN (
        SELECT [r0].[Key]
        FROM [Resource] AS [r0]
        WHERE [r0].[Type] = @type AND [r0].[Id] = @_8__locals1_id
    )
    UNION ALL
    SELECT [r1].[ResourceKey], [r1].[Version], [r1].[Type], [r1].[Id], [r1].[LastUpdated], [r1].[Change], [r1].[Method], [r1].[Json]
    FROM [ResourceVersion] AS [r1]
    WHERE [r1].[Change] < @below AND [r1].[LastUpdated] >= @since AND [r1].[ResourceKey] IN (
        SELECT [r2].[Key]
        FROM [Resource] AS [r2]
        WHERE [r2].[Type] = @type AND [r2].[Id] = @_8__locals1_id
    )
) AS [u]
ORDER BY [u].[Change] DESC;

-- history of a resource at a time
SELECT TOP(2) [c].[Value]
FROM [ChangeCounter] AS [c];
SELECT TOP(@p) [u].[ResourceKey], [u].[Version], [u].[Type], [u].[Id], [u].[LastUpdated], [u].[Change], [u].[Method], [u].[Json]
FROM (
    SELECT [r].[Key] AS [ResourceKey], [r].[Version], [r].[Type], [r].[Id], [r].[LastUpdated], [r].[Change], [r].[Method], [r].[Json]
    FROM [Resource] AS [r]
    WHERE [r].[Change] < @below AND [r].[LastUpdated] >= @since AND [r].[LastUpdated] < @end AND [r].[Key] IN (
        SELECT [r0].[Key]
        FROM [Resource] AS [r0]
        WHERE [r0].[Type] = @type AND [r0].[Id] = @_8__locals1_id
    )
    UNION ALL
    SELECT [r1].[ResourceKey], [r1].[Version], [r1].[Type], [r1].[Id], [r1].[LastUpdated], [r1].[Change], [r1].[Method], [r1].[Json]
    FROM [ResourceVersion] AS [r1]
    WHERE [r1].[Change] < @below AND [r1].[LastUpdated] >= @since AND [r1].[LastUpdated] < @end AND NOT EXISTS (
        SELECT 1
        FROM [ResourceVersion] AS [r2]
        WHERE [r2].[ResourceKey] = [r1].[ResourceKey] AND [r2].[Version] = [r1].[Version] + 1 AND [r2].[LastUpdated] <= @start) AND NOT EXISTS (
        SELECT 1
        FROM [Resource] AS [r3]
        WHERE [r3].[Key] = [r1].[ResourceKey] AND [r3].[Version] = [r1].[Version] + 1 AND [r3].[LastUpdated] <= @start) AND [r1].[ResourceKey] IN (
        SELECT [r4].[Key]
        FROM [Resource] AS [r4]
        WHERE [r4].[Type] = @type AND [r4].[Id] = @_8__locals1_id
    )
) AS [u]
ORDER BY [u].[Change] DESC;

-- changes
SELECT TOP(2) [c].[Value]
FROM [ChangeCounter] AS [c];
SELECT [n].[Kind], [n].[Id], [n].[Value]
FROM [Name] AS [n]
WHERE ([n].[Kind] = CAST(0 AS tinyint) AND [n].[Id] > @types) OR ([n].[Kind] = CAST(1 AS tinyint) AND [n].[Id] > @indexes) OR ([n].[Kind] = CAST(2 AS tinyint) AND [n].[Id] > @systems)
ORDER BY [n].[Id];
SELECT [r].[Type], [r].[Id], [r].[Change]
FROM [Resource] AS [r]
WHERE [r].[Type] IN (@ids1, @ids2) AND [r].[Change] > @after
ORDER BY [r].[Change];
SELECT COUNT_BIG(*)
FROM (
    SELECT 1 AS empty
    FROM [Resource] AS [r]
    WHERE [r].[Change] > @after AND [r].[Change] <= @last
    UNION ALL
    SELECT 1 AS empty
    FROM [ResourceVersion] AS [r0]
    WHERE [r0].[Change] > @after AND [r0].[Change] <= @last
) AS [u];
