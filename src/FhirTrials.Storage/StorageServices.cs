using FhirTrials.Fhir.Definitions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage;

/// <summary>The store in an application's services.</summary>
public static class StorageServices
{
    /// <summary>Adds <see cref="FhirDatabase"/> and <see cref="ResourceStore"/>. It reads <c>Database:Provider</c>
    /// (<c>Sqlite</c>, the default, or <c>SqlServer</c>) and <c>ConnectionStrings:FhirTrials</c>;
    /// <see cref="FhirDefinitions"/>, <see cref="TimeProvider"/> and, unless random ids will do, <see cref="IdSource"/> are the
    /// application's.</summary>
    public static IServiceCollection AddFhirStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => DatabaseOf(configuration));
        services.AddSingleton(s => new ResourceStore(
            s.GetRequiredService<FhirDatabase>(),
            s.GetRequiredService<FhirDefinitions>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetService<IdSource>() ?? IdSource.Random(s.GetRequiredService<TimeProvider>()),
            s.GetService<ILogger<ResourceStore>>()));
        return services;
    }

    static FhirDatabase DatabaseOf(IConfiguration configuration)
    {
        var text = configuration["Database:Provider"];
        var provider = string.IsNullOrEmpty(text) ? DatabaseProvider.Sqlite
            : Enum.TryParse<DatabaseProvider>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
            : throw new InvalidOperationException("Database:Provider is Sqlite or SqlServer.");
        var connection = configuration["ConnectionStrings:FhirTrials"];
        return (provider, string.IsNullOrWhiteSpace(connection)) switch
        {
            (_, false) => new(provider, connection!),
            (DatabaseProvider.Sqlite, true) => new(provider, "Data Source=fhirtrials.db"),
            (DatabaseProvider.SqlServer, true) => throw new InvalidOperationException(
                "Database:Provider SqlServer needs ConnectionStrings:FhirTrials."),
        };
    }
}
