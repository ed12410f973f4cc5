using Workflows.Host.Access;
using Workflows.Host.Api.Cases;
using Workflows.Host.Api.Documents;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Plans;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Identity;
using Workflows.Host.Observability;

namespace Workflows.Host.Api;

/// <summary>All routes of the service, by group.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapApi(this WebApplication application)
    {
        var api = application.MapGroup("/api");
        api.MapSession();
        api.MapUsers();
        api.MapPlans();
        api.MapCases();
        api.MapTasks();
        api.MapDocuments();
        api.MapLate();
        application.MapHealth();
        application.MapOpenApi("/openapi/{documentName}.json").ForAnybody();
    }
}
