using System.Globalization;
using FhirTrials.Fhir.Definitions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage;

/// <summary>The store in an application's services.</summary>
public static class StorageServices
{
    /// <summary>Adds <see cref="FhirDatabase"/> and <see cref="ResourceStore"/>. It reads <c>Database:Provider</c>
    /// (<c>Sqlite</c>, the default, or <c>SqlServer</c>), <c>ConnectionStrings:FhirTrials</c> and
    /// <see cref="DatabaseOptions"/> in <c>Database</c>;
    /// <see cref="FhirDefinitions"/>, <see cref="TimeProvider"/> and, unless random ids will do, <see cref="IdSource"/> are the
    /// application's.</summary>
    public static IServiceCollection AddFhirStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(s => DatabaseOf(configuration, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ResourceStore(
            s.GetRequiredService<FhirDatabase>(),
            s.GetRequiredService<FhirDefinitions>(),
            s.GetService<IdSource>() ?? IdSource.Random(s.GetRequiredService<TimeProvider>()),
            s.GetService<ILogger<ResourceStore>>()));
        return services;
    }

    static FhirDatabase DatabaseOf(IConfiguration configuration, TimeProvider clock)
    {
        var provider = Read(configuration, "Database:Provider", DatabaseProvider.Sqlite);
        var options = new DatabaseOptions
        {
            Durability = Read(configuration, "Database:Durability", Durability.Full),
            BatchSize = BatchSize(configuration["Database:BatchSize"]),
        };
        var connection = configuration["ConnectionStrings:FhirTrials"];
        return (provider, string.IsNullOrWhiteSpace(connection)) switch
        {
            (_, false) => new(provider, connection!, clock, options),
            (DatabaseProvider.Sqlite, true) => new(provider, "Data Source=fhirtrials.db", clock, options),
            (DatabaseProvider.SqlServer, true) => throw new InvalidOperationException(
                "Database:Provider SqlServer needs ConnectionStrings:FhirTrials."),
        };
    }

    static T Read<T>(IConfiguration configuration, string setting, T missing)
        where T : struct, Enum
    {
        var text = configuration[setting];
        return string.IsNullOrEmpty(text) ? missing
            : Enum.TryParse<T>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named
            : throw new InvalidOperationException($"{setting} is one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    static int BatchSize(string? text) =>
        string.IsNullOrEmpty(text) ? new DatabaseOptions().BatchSize
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 1000 ? size
        : throw new InvalidOperationException("Database:BatchSize is a number from 1 to 1000.");
}
