using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Workflows.Host.Access;
using Workflows.Host.Api;
using Workflows.Host.Api.Calendars;
using Workflows.Host.Api.Catalogues;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Endpoints;
using Workflows.Host.Api.Estates;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Api.Exports;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Live;
using Workflows.Host.Api.Party;
using Workflows.Host.Api.Measures;
using Workflows.Host.Api.Operations;
using Workflows.Host.Api.Visits;
using Workflows.Host.Api.Visits.Field;
using Workflows.Supervision.Measures;
using Workflows.Host.Api.Public;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Rosters;
using Workflows.Host.Api.Scenarios;
using Workflows.Host.Elsa;
using Workflows.Host.Idempotency;
using Workflows.Host.Elsa.Definitions;
using Workflows.Host.Identity;
using Workflows.Host.Json;
using Workflows.Host.Limits;
using Workflows.Host.Jobs;
using Workflows.Host.Messages;
using Workflows.Host.Nodes;
using Workflows.Host.Notifications;
using Workflows.Host.Observability;
using Workflows.Host.Papers;
using Workflows.Host.Problems;
using Workflows.Host.Sample;
using Workflows.Host.Scheduling;
using Workflows.Host.Trials;
using Workflows.Host.Web;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Composition;

/// <summary>The composition root of <c>serve</c>: which services there are and in which order a request passes them.</summary>
internal static class WorkflowsApplication
{
    /// <summary>Builds the application; nothing listens and nothing is opened yet.</summary>
    /// <param name="settings">What the operator decided.</param>
    /// <param name="adjust">Last word on the builder, for tests.</param>
    public static WebApplication Build(ServeSettings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = settings.HomeFolder });
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Host.ConfigureHostOptions(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        // The keys lie in the database beside the data they protect; encrypting them there with a key from the same place gains nothing.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        AddServices(builder.Services, settings);
        adjust?.Invoke(builder);
        var application = builder.Build();
        UsePipeline(application, settings);
        application.MapApi();
        return application;
    }

    private static void AddServices(IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(settings);
        var clock = new DistrictClock(settings.WallClock);
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<ClockMover>();
        services.AddScoped<SampleDistrict>();
        services.AddScoped<SamplePeople>();
        services.AddScoped<RosterDesk>();
        services.AddScoped<ScheduleBook>();
        services.AddScoped<INightlyWork, AuditSeal>();
        services.AddScoped<INightlyWork, AnswerCleanup>();
        services.AddScoped<INightlyWork, CertificateNotice>();
        services.AddScoped<INightlyWork, RetentionErasure>();
        services.AddScoped<KeptFiles>();
        services.AddHostedService(provider => provider.GetRequiredService<StimulusPump>());
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDelivery>());
        services.AddMessages(settings);
        services.AddSingleton<ChromiumPrinter>();
        services.AddSingleton<PaperShelf>();
        services.AddScoped<PaperDesk>();
        services.AddSingleton<IOutboxChannel, PaperJob>();
        services.AddSingleton<IOutboxChannel, WebhookChannel>();
        services.AddSingleton<IOutboxChannel, HttpChannel>();
        services.AddSingleton<IOutboxChannel, TaskChannel>();
        services.AddSingleton<IOutboxChannel, DrawJob>();
        services.AddSingleton(settings.LargeDraw);
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<EgressGuard>();
        QuartzSchedules.Add(services, settings, clock);
        services.AddSupervision();
        services.AddElsaDefinitions();
        services.AddWorkflowStore(settings);
        services.AddWorkflowIdentity(settings);
        services.AddScoped<FirstAdministrator>();
        services.AddScoped<AccountAnswers>();
        services.AddHttpContextAccessor();
        services.AddScoped<AggregateReader>();
        services.AddScoped<Viewer>();
        services.AddScoped<LateReader>();
        services.AddScoped<FallingCards>();
        services.AddScoped<CardList>();
        services.AddScoped<DeputyDesk>();
        NodeHeartbeat.Add(services);
        services.AddScoped<SheetNames>();
        services.AddScoped<LateSheet>();
        services.AddSingleton<LiveNews>();
        services.AddSingleton<ICommitWatcher>(provider => provider.GetRequiredService<LiveNews>());
        services.AddSingleton<StimulusKeys>();
        services.AddScoped<ChangeGate>();
        services.AddScoped<CalendarDesk>();
        services.AddSingleton<ScenarioHeads>();
        services.AddScoped<ScenarioDesk>();
        services.AddScoped<PreviewDesk>();
        services.AddScoped<ProcessDesk>();
        services.AddScoped<PartyDoor>();
        services.AddScoped<VisitWindow>();
        services.AddScoped<KitPacker>();
        services.AddScoped<PartyOverview>();
        services.AddScoped<EstateOverview>();
        services.AddSingleton<ReportPhotos>();
        services.AddSingleton<RefusedAccess>();
        services.AddSingleton<Measuring>();
        services.AddScoped<Question>();
        services.AddScoped<LeadDoor>();
        services.AddScoped<CatalogueDesk>();
        services.AddExchange();
        services.AddScoped<EndpointCatalogue>();
        services.AddScoped<EvidenceShelf>();
        services.AddScoped<EvidenceDoor>();
        services.AddScoped<EvidenceLists>();
        services.AddSingleton<EvidenceFiles>();
        services.AddElsa();
        services.AddRequestLimits(settings);
        services.AddExceptionHandler<RefusalBoundary>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => HostJson.Apply(options.SerializerOptions));
        services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = RequestLimits.UploadBytes;
            form.ValueCountLimit = 64;
        });
        services.AddSingleton(_ => WebRoot.Locate(AppContext.BaseDirectory));
        services.AddResponseCompression(compression =>
        {
            // Nothing here rides on cookies, so an attacker's page cannot make a browser ask with a secret and measure the answer.
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json"];
        });
        services.AddTrials();
        services.AddSingleton<PrometheusExporter>();
        services.AddOpenApi("v1", ApiDescription.Describe);
    }

    private static void UsePipeline(WebApplication application, ServeSettings settings)
    {
        UseProxies(application, settings);
        application.UseSecurityHeaders();
        application.UseWhen(static context => context.Request.Path.StartsWithSegments(ElsaRoutes.Base, StringComparison.Ordinal), static elsa => elsa.UseResponseCompression());
        application.UseExceptionHandler(static _ => { });
        application.UseStatusCodePages(static context => RefusalBoundary.FillAsync(context.HttpContext));
        application.UseRouting();
        application.UseDenyByDefault();
        application.UseAuthentication();
        application.UseSessionValidity();
        application.UseRateLimiter();
        application.UseDeputySight();
        application.UseRefusedAccess();
        application.UseAuthorization();
        application.UseRequestKeys();
    }

    // First of all: limits by address, the trail and the metrics are to see who stands behind the proxy.
    private static void UseProxies(WebApplication application, ServeSettings settings)
    {
        if (settings.Proxies.Count == 0)
            return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
            forwarded.KnownIPNetworks.Add(network);
        application.UseForwardedHeaders(forwarded);
    }
}
