using FhirTrials.Server.Bundles;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Server.Interactions;
using FhirTrials.Server.Operations;

namespace FhirTrials.Server;

/// <summary>Every FHIR URL that is served — https://hl7.org/fhir/R4/http.html</summary>
static class FhirRoutes
{
    static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Operations that change nothing may be asked in either way.</summary>
    static readonly string[] Asks = [.. Reads, HttpMethods.Post];

    static readonly string[] Kickoffs = [HttpMethods.Get, HttpMethods.Post];

    public static void MapFhir(this WebApplication app)
    {
        var any = app.MapGroup(FhirUrl.Path).AddEndpointFilter(CheckNames);
        var fhir = any.MapGroup("").AddEndpointFilter(CheckFormat);

        // Outside the group: it is not FHIR's media types that are asked for.
        app.MapMethods(FhirUrl.Path + PackageDownload.Path, Reads, PackageDownload.Handle);
        fhir.MapMethods("/metadata", Reads, Capabilities.Handle);
        fhir.MapPost("/", ProcessBundle.Handle);
        fhir.MapMethods("/", Reads, Search.OfSystem);
        fhir.MapPost("/_search", Search.OfSystem);
        fhir.MapMethods("/_history", Reads, History.OfSystem);

        fhir.MapPost("/{type}/$validate", Validate.Post);
        fhir.MapPost("/{type}/{id}/$validate", Validate.PostInstance);
        fhir.MapMethods("/{type}/{id}/$validate", Reads, Validate.Get);

        fhir.MapPost("/ResearchStudy/$match", Match.Post);
        fhir.MapPost("/ResearchStudy/{id}/$match", Match.PostInstance);
        fhir.MapPost("/Group/$evaluate", Evaluate.Post);
        fhir.MapPost("/Group/{id}/$evaluate", Evaluate.PostInstance);
        fhir.MapMethods("/Group/{id}/$as-expression", Reads, GroupCriteria.AsExpression);
        fhir.MapMethods("/Group/{id}/$criteria-diff", Reads, GroupCriteria.Diff);

        fhir.MapMethods("/Patient/{id}/$everything", Asks, PatientEverything.Handle);
        fhir.MapMethods("/ResearchStudy/{id}/$everything", Asks, StudyEverything.Handle);
        fhir.MapMethods("/ResearchStudy/{id}/$to-registry", Reads, ToRegistry.Handle);
        fhir.MapMethods("/$meta", Asks, Meta.OfSystem);
        fhir.MapMethods("/{type}/$meta", Asks, Meta.OfType);
        fhir.MapMethods("/$export", Kickoffs, Export.OfSystem);
        fhir.MapMethods("/Patient/$export", Kickoffs, Export.OfPatients);
        fhir.MapMethods("/Group/{id}/$export", Kickoffs, Export.OfGroup);
        fhir.MapMethods("/$export/{id}", Reads, Export.Status);
        fhir.MapDelete("/$export/{id}", Export.Cancel);
        any.MapMethods("/$export/{id}/{file}", Reads, Export.File);
        any.MapMethods("/$bulk-publish", Reads, BulkPublish.Manifest);
        any.MapMethods("/$bulk-publish/{type}/{range}/{file}", Reads, BulkPublish.File);

        fhir.MapMethods("/{type}/{id}/$meta", Asks, Meta.Get);
        fhir.MapMethods("/{type}/{id}/_history/{version}/$meta", Asks, Meta.GetVersion);
        fhir.MapPost("/{type}/{id}/$meta-add", Meta.Add);
        fhir.MapPost("/{type}/{id}/$meta-delete", Meta.Delete);
        fhir.MapPost("/$reindex", Reindex.OfSystem);
        fhir.MapPost("/SearchParameter/{id}/$reindex", Reindex.OfParameter);
        fhir.MapMethods("/SearchParameter/{id}/$reindex", Reads, Reindex.Status);
        fhir.MapMethods("/$job/{id}", Reads, Reindex.Job);
        fhir.MapPost("/{type}/{id}/$expunge", Expunge.Handle);
        fhir.MapPost("/{type}/{id}/_history/{version}/$expunge", Expunge.HandleVersion);
        fhir.MapMethods("/$versions", Asks, Capabilities.Versions);

        fhir.MapMethods("/{type}", Reads, Search.OfType);
        fhir.MapPost("/{type}/_search", Search.OfType);
        fhir.MapPost("/{type}", Create.Handle);
        fhir.MapPut("/{type}", Update.Conditional);
        fhir.MapPatch("/{type}", Patch.Conditional);
        fhir.MapDelete("/{type}", Delete.Conditional);
        fhir.MapMethods("/{type}/_history", Reads, History.OfType);

        any.MapMethods("/Binary/{id}", Reads, ReadBinary.Handle);
        any.MapMethods("/Binary/{id}/_history/{version}", Reads, ReadBinary.HandleVersion);
        fhir.MapMethods("/{type}/{id}", Reads, Read.Handle);
        fhir.MapPut("/{type}/{id}", Update.Handle);
        fhir.MapPatch("/{type}/{id}", Patch.Handle);
        fhir.MapDelete("/{type}/{id}", Delete.Handle);
        fhir.MapMethods("/{type}/{id}/_history", Reads, History.OfInstance);
        fhir.MapMethods("/{type}/{id}/_history/{version}", Reads, VRead.Handle);

        fhir.MapMethods("/{type}/{id}/{member}", Reads, Search.OfCompartment);
        fhir.MapPost("/{type}/{id}/{member}/_search", Search.OfCompartment);
    }

    /// <summary>What is checked the same way for every request: the type and the id.</summary>
    static ValueTask<object?> CheckNames(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.GetRouteValue("type") is string type)
        {
            http.RequestServices.GetRequiredService<ServedTypes>().Check(type);
        }

        if (http.GetRouteValue("id") is string id)
        {
            FhirId.Check(id);
        }

        return next(context);
    }

    /// <summary>For every answer that is a resource: the format asked for.</summary>
    static ValueTask<object?> CheckFormat(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        FhirFormat.Negotiate(context.HttpContext.Request);
        return next(context);
    }
}
