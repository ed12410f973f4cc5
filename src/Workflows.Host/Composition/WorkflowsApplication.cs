namespace Workflows.Host.Composition;

/// <summary>The composition root of <c>serve</c>: which services there are and in which order a request passes them.</summary>
internal static class WorkflowsApplication
{
    /// <summary>Builds the application; nothing listens yet.</summary>
    /// <param name="settings">What the operator decided.</param>
    /// <param name="adjust">Last word on the builder, for tests.</param>
    public static WebApplication Build(ServeSettings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        adjust?.Invoke(builder);
        return builder.Build();
    }
}
