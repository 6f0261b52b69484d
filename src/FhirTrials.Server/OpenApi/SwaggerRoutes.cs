namespace FhirTrials.Server.OpenApi;

/// <summary>The description of the API (OpenAPI 3.1) and Swagger UI, which needs no network.</summary>
static class SwaggerRoutes
{
    const string DocumentPath = "/openapi.json";

    public static void MapSwagger(this WebApplication app)
    {
        app.MapGet(DocumentPath, ApiDescription.Handle);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "swagger";
            ui.DocumentTitle = "FhirTrials";
            ui.SwaggerEndpoint(DocumentPath, "FhirTrials");
            ui.EnableTryItOutByDefault();
            ui.DefaultModelsExpandDepth(-1);
            ui.DocExpansion(Swashbuckle.AspNetCore.SwaggerUI.DocExpansion.None);
            ui.DisplayRequestDuration();

            // Colouring an answer of a megabyte stops the browser for seconds.
            ui.ConfigObject.AdditionalItems["syntaxHighlight"] = false;
        });
    }
}
