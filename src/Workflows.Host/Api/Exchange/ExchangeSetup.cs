namespace Workflows.Host.Api.Exchange;

/// <summary>Services of the exchange.</summary>
internal static class ExchangeSetup
{
    /// <summary>Adds them.</summary>
    public static void AddExchange(this IServiceCollection services)
    {
        services.AddScoped<ExchangeDoor>();
        services.AddScoped<ExchangeTasks>();
        services.AddScoped<ExchangeLists>();
        services.AddScoped<ExchangeDesk>();
        services.AddScoped<ExchangeSending>();
        services.AddScoped<ExchangeJournal>();
        services.AddScoped<ExchangePlatformFiles>();
    }
}
