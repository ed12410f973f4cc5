namespace Workflows.Activities;

/// <summary>
/// Groups of the toolbox, numbered in the order of a case. Studio cuts a category at the first ASCII solidus and sorts by what is left,
/// so the group stands behind a dot: behind a solidus all activities would fall into one group.
/// </summary>
internal static class SupervisionCategory
{
    public const string Planning = "监管一件事 · 1 计划与抽取";
    public const string Inspection = "监管一件事 · 2 检查";
    public const string Document = "监管一件事 · 3 文书与送达";
    public const string Rectification = "监管一件事 · 4 整改";
    public const string Clock = "监管一件事 · 5 时限与督办";
    public const string Filing = "监管一件事 · 6 约谈与立案";
    public const string Closure = "监管一件事 · 7 结案与公示";
    public const string Leads = "监管一件事 · 8 线索";
}
