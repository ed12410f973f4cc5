using Workflows.Host.Api.Calendars;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Identity;
using Workflows.Host.Packages;
using Workflows.Host.Sample;
using Workflows.Host.Scheduling;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Composition;

/// <summary>What has to be in place before the first request is answered.</summary>
internal static class StartUp
{
    /// <summary>Migrates the database and creates what is missing.</summary>
    /// <param name="services">Services of the application.</param>
    /// <param name="output">Where the operator reads what was created.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task PrepareAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        await FillAsync(services, output, cancellationToken);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SampleDistrict>().RestoreClockAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ScheduleBook>().EnsureNightlyAsync(cancellationToken);
    }

    /// <summary>Migrates the database and creates what is missing in it, but for the nightly work, which begins with serving.</summary>
    /// <param name="services">Services of the application.</param>
    /// <param name="output">Where the operator reads what was created.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task FillAsync(IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<ServeSettings>();
        Directory.CreateDirectory(settings.DataFolder);
        await using var scope = services.CreateAsyncScope();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellationToken);
        // What follows goes through the gate, so the pump has to run; the host's own start of it then changes nothing.
        await services.GetRequiredService<StimulusPump>().StartAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<CalendarDesk>().EnsureAsync(cancellationToken);
        await services.GetRequiredService<PackagePublisher>().PublishAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<ExchangePlatformFiles>().EnsureAsync(cancellationToken);
        var isNew = await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(output);
        if (isNew && settings.CreatesSample)
            await scope.ServiceProvider.GetRequiredService<SampleDistrict>().CreateAsync(output, cancellationToken);
    }
}
