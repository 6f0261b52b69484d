namespace FhirTrials.Server.Doors;

/// <summary>Every URL of those who ask for matches in another way than FHIR's; they stand beside
/// <c>/fhir</c>.</summary>
static class DoorRoutes
{
    public static void AddDoors(this IServiceCollection services)
    {
        services.AddSingleton<JsonBody>();
        services.AddSingleton<ServiceStudies>();
    }

    public static void MapDoors(this WebApplication app)
    {
        app.MapPost("/getClinicalTrial", GetClinicalTrial.Post);
        app.MapGet("/cds-services", CdsHooks.Discovery);
        app.MapPost("/cds-services/{id}", CdsHooks.Call);
        app.MapPost("/cds-services/{id}/feedback", CdsHooks.Feedback);
    }
}
