using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FhirTrials.Storage;

/// <summary>The store in an application's services.</summary>
public static class StorageServices
{
    static readonly DatabaseOptions Default = new();

    /// <summary>Adds <see cref="FhirDatabase"/>, <see cref="SearchParameters"/> and <see cref="ResourceStore"/>. It
    /// reads <c>Database:Provider</c> (<c>Sqlite</c>, the default, or <c>SqlServer</c>),
    /// <c>ConnectionStrings:FhirTrials</c> and <see cref="DatabaseOptions"/> in <c>Database</c>;
    /// <see cref="FhirDefinitions"/>, <see cref="TimeProvider"/> and, unless random ids will do, <see cref="IdSource"/>
    /// are the application's.</summary>
    public static IServiceCollection AddFhirStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(s => DatabaseOf(configuration, s));
        services.AddSingleton(s => new SearchParameters(s.GetRequiredService<FhirDefinitions>()));
        services.AddSingleton(s => new ResourceStore(
            s.GetRequiredService<FhirDatabase>(),
            s.GetRequiredService<FhirDefinitions>(),
            s.GetService<IdSource>() ?? IdSource.Random(s.GetRequiredService<TimeProvider>()),
            s.GetService<ILogger<ResourceStore>>(),
            s.GetRequiredService<SearchParameters>()));
        return services;
    }

    static FhirDatabase DatabaseOf(IConfiguration configuration, IServiceProvider services)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var log = services.GetService<ILogger<FhirDatabase>>();
        var provider = Read(configuration, "Database:Provider", DatabaseProvider.Sqlite);
        var options = new DatabaseOptions
        {
            Durability = Read(configuration, "Database:Durability", Durability.Full),
            BusySeconds = new NumberSetting("Database:BusySeconds", Default.BusySeconds, 1, 3600)
                .ReadInt(configuration),
            BatchSize = new NumberSetting("Database:BatchSize", Default.BatchSize, 1, 1000).ReadInt(configuration),
        };
        var connection = configuration["ConnectionStrings:FhirTrials"];
        return (provider, string.IsNullOrWhiteSpace(connection)) switch
        {
            (_, false) => new(provider, connection!, clock, options, log),
            (DatabaseProvider.Sqlite, true) => new(provider, "Data Source=fhirtrials.db", clock, options, log),
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
            : throw new InvalidOperationException(
                $"{setting} is '{text}'; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }
}
