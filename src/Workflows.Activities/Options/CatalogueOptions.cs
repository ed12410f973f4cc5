using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Options;

/// <summary>Departments of the scenarios that are known.</summary>
public sealed class DepartmentOptions : IInputOptionsProvider
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken)
    {
        if (context.Services.GetService(typeof(IPublishedScenarios)) is not IPublishedScenarios published)
        {
            return [];
        }

        var scenarios = await published.AllAsync(cancellationToken);
        return [new InputOption("有未办结整改事项的部门", Responsible.Rectifying), .. scenarios.SelectMany(s => s.Departments).DistinctBy(d => d.Code).OrderBy(d => d.Code, StringComparer.Ordinal).Select(d => new InputOption(d.Name, d.Code))];
    }
}

/// <summary>Roles that may do a step.</summary>
public sealed class RoleOptions : IInputOptionsProvider
{
    private static readonly InputOption[] Roles =
    [
        new("执法人员", Role.Inspector),
        new("辅助人员", Role.Assistant),
        new("部门负责人", Role.DepartmentHead),
        new("法制审核员", Role.LegalReviewer),
        new("督办人", Role.Supervisor),
        new("调度员", Role.Dispatcher),
        new("公示审核", Role.PublicationReviewer),
        new("当事人", Role.Party),
    ];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken) => new(Roles);
}
