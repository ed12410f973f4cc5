using Workflows.Activities.Work;
using Workflows.Engine.Activities;

namespace Workflows.Activities.Options;

/// <summary>Whom a notice may reach: the parts in the case, departments, roles.</summary>
public sealed class RecipientOptions : IInputOptionsProvider
{
    private static readonly InputOption[] Parts =
    [
        new("承办单位", "handler"),
        new("承办单位负责人", "unit-head"),
        new("当事人", "party"),
        new("看护单位（物业等，限线索流程）", "caretaker"),
        new("指挥中心", "command-centre"),
        new("指导办", "guidance-office"),
    ];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken)
    {
        var departments = await new DepartmentOptions().GetOptionsAsync(context, cancellationToken);
        var roles = await new RoleOptions().GetOptionsAsync(context, cancellationToken);
        return
        [
            .. Parts,
            .. departments.Where(department => department.Value != Responsible.Rectifying).Select(department => new InputOption("部门：" + department.Text, "department:" + department.Value)),
            .. roles.Select(role => new InputOption("角色：" + role.Text, "role:" + role.Value)),
        ];
    }
}
