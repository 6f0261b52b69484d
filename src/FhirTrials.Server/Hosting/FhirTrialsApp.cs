using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Search;
using FhirTrials.Fhir.Validation;
using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Doors;
using FhirTrials.Server.Http;
using FhirTrials.Server.Importing;
using FhirTrials.Server.Interactions;
using FhirTrials.Server.Matching;
using FhirTrials.Server.OpenApi;
using FhirTrials.Server.Operations;
using FhirTrials.Storage;
using FhirTrials.Storage.Exports;
using FhirTrials.Trials.Criteria;
using FhirTrials.Trials.Vocabulary;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace FhirTrials.Server.Hosting;

/// <summary>The application: its configuration, services and pipeline.</summary>
static class FhirTrialsApp
{
    const string DefaultUrl = "http://localhost:8080";

    /// <param name="settings">Configuration of the command line: <c>--name=value</c>.</param>
    public static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = settings,
            ContentRootPath = AppContext.BaseDirectory,
        });
        ListenByDefault(builder.Configuration);
        Configure(builder);
        AddServices(builder.Services, builder.Configuration);

        var app = builder.Build();

        // A token that is too short is told of now rather than when it is used.
        app.Services.GetRequiredService<OperatorAccess>();
        UsePipeline(app);
        app.MapFhir();
        app.MapDoors();
        app.MapHealth();
        app.MapSwagger();
        return app;
    }

    /// <summary>Unless urls, ports or endpoints are configured anywhere. (In appsettings.json the default would go
    /// before ASPNETCORE_URLS.)</summary>
    static void ListenByDefault(ConfigurationManager configuration)
    {
        if (configuration["urls"] is null && configuration["http_ports"] is null && configuration["https_ports"] is null
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            configuration["urls"] = DefaultUrl;
        }
    }

    static void Configure(WebApplicationBuilder builder)
    {
        if (builder.Configuration["Vocabulary:Path"] is { Length: > 0 } folder)
        {
            var site = SiteTerminology.Read(Folders.Find(folder, "")!, ConceptVocabulary.Product, EverydayWords.Only);
            ConceptVocabulary.SetAtStart(site.Vocabulary);
            builder.Services.AddSingleton(site);
        }

        if (FreshnessSettings.Of(builder.Configuration) is { } freshness)
        {
            Freshness.SetAtStart(freshness);
        }

        var limits = ServerLimits.Of(builder.Configuration);
        builder.Services.AddSingleton(limits);
        builder.Services.AddSingleton(
            builder.Configuration.GetSection("Fhir").Get<FhirSettings>() ?? new FhirSettings());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Above the limit that a reader of a body holds to, so that most who overstep it still hear why.
            kestrel.Limits.MaxRequestBodySize = limits.RequestBytes + limits.DrainedBytes;
        });
        builder.Services.Configure<FormOptions>(
            form => (form.ValueCountLimit, form.ValueLengthLimit) = (200, 64 << 10));
    }

    static void AddServices(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<StartTime>();
        services.AddSingleton(p => IdSource.Random(p.GetRequiredService<TimeProvider>()));
        services.AddFhirStorage(configuration);

        services.AddSingleton(_ =>
            Profiles.Load(Folders.Find(configuration["Profiles:Path"], "profiles")).With(ConceptVocabulary.Default));
        services.AddSingleton<ProfileArchive>();
        services.AddSingleton(p => FhirDefinitions.R4.With(p.GetRequiredService<Profiles>().Definitions));
        services.AddSingleton(
            p => new Validator(p.GetRequiredService<FhirDefinitions>(), p.GetRequiredService<TimeProvider>())
            {
                MaxSteps = p.GetRequiredService<ServerLimits>().ValidationSteps,
            });
        services.AddSingleton(p => new ServedTypes(
            p.GetRequiredService<FhirDefinitions>(),
            configuration.GetSection("Fhir:ResourceTypes").Get<string[]>() ?? []));
        services.AddSingleton<StoredStudies>();
        services.AddSingleton<PostalCodes>();
        services.AddSingleton<MatchIndex>();
        services.AddHostedService<MatchIndexFollower>();
        services.AddSingleton<MatchEngine>();
        services.AddSingleton<SubjectRecord>();
        services.AddSingleton<Capabilities>();

        services.AddHttpContextAccessor();
        services.AddSingleton<PageToken>();
        services.AddSingleton<StateTag>();
        services.AddSingleton<StoredValueSets>();
        services.AddSingleton<SearchReader>();
        services.AddSingleton<Search>();
        services.AddSingleton<Reindex>();
        services.AddSingleton(p => new BulkExports(
            p.GetRequiredService<FhirDatabase>(),
            p.GetRequiredService<FhirDefinitions>(),
            p.GetRequiredService<IdSource>(),
            p.GetRequiredService<SearchParameters>(),
            ExportSettings.Of(configuration),
            (elements, json) => p.GetRequiredService<Subset>().Of(null, elements, json)));
        services.AddSingleton<ExportParameters>();
        services.AddSingleton<Export>();
        services.AddSingleton<Snapshots>();
        services.AddSingleton<BulkPublish>();
        services.AddHostedService<JobRunner>();
        services.AddSingleton<FhirBody>();
        services.AddSingleton<PatchBody>();
        services.AddSingleton<Subset>();
        services.AddSingleton<SubRequests>();
        services.AddSingleton<Batch>();
        services.AddSingleton<TransactionRules>();
        services.AddSingleton<ConditionalReferences>();
        services.AddSingleton<TransactionReads>();
        services.AddSingleton<Transaction>();
        services.AddSingleton<ImportVersion>();
        services.AddSingleton<TrialImport>();
        services.AddSingleton<OperatorAccess>();
        services.AddDoors();
        services.AddHealth();
        services.AddHostedService<Telemetry>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, FhirFormat.Json, FhirFormat.Xml];
        });
        services.AddRequestDecompression();
        services.AddCors(cors => cors.AddDefaultPolicy(policy => AllowOrigins(policy, configuration)));
    }

    /// <summary>Pages of the origins in <c>Cors:Origins</c> (<c>*</c> for all) may call;
    /// none where there are none.</summary>
    static void AllowOrigins(CorsPolicyBuilder policy, ConfigurationManager configuration) =>
        policy.WithOrigins(configuration.GetSection("Cors:Origins").Get<string[]>() ?? [])
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(
                HeaderNames.ETag, HeaderNames.Location, HeaderNames.ContentLocation, HeaderNames.LastModified,
                "X-Request-Id", HeaderNames.RetryAfter, "X-Progress");

    static void UsePipeline(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseRequestDecompression();
        ((IApplicationBuilder)app).Use(app.Services.GetRequiredService<SubRequests>().Mark);
        app.UseMiddleware<Tracing>();
        app.UseMiddleware<FhirErrors>();
        app.UseMiddleware<TimeLimit>();
        app.UseRouting();
        app.UseCors();
    }
}
