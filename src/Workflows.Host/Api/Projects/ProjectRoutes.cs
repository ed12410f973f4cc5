using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Leads;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Projects;

/// <summary>The live register of projects: registration, and confirmations that a milestone was reached. What follows stands with the lead of the project.</summary>
internal static class ProjectRoutes
{
    /// <summary>Maps <c>/api/projects</c>.</summary>
    public static void MapProjects(this IEndpointRouteBuilder api)
    {
        var projects = api.MapGroup("/projects").WithTags("项目");
        projects.MapPost("", (NewProject project, HttpContext context, ChangeGate gate, CancellationToken token) =>
            gate.ServiceAsync<ProjectRegister, Lead>(context, LeadIntake.Family, (register, cancel) => register.RegisterAsync(project, cancel), token, StatusCodes.Status201Created))
            .For(RouteAccess.CaseWorkers).Idempotent().Produces<Lead>(201).WithSummary("登记一个项目：入动态登记库，并启动场景的节点流程");
        projects.MapPost("/{id}/milestones/{code}/confirm", async (string id, string code, MilestoneConfirmation body, HttpContext context, LeadDoor door, ChangeGate gate, CancellationToken token) =>
        {
            // A replayed request must reach the gate although the project may have gone out of the caller's sight.
            if (!await gate.IsKeptAsync(ChangeGate.KeyOf(context), token))
                await door.FindAsync(id, token);
            return await gate.ServiceAsync<ProjectRegister, Lead>(context, id, (register, cancel) => register.ConfirmAsync(id, code, body, cancel), token);
        }).For(RouteAccess.CaseWorkers).Idempotent().Produces<Lead>().WithSummary("确认项目到达节点（业主、物业或者网格）；重复确认不再改变");
    }
}
