namespace Workflows.Activities;

/// <summary>Groups of the toolbox.</summary>
internal static class SupervisionCategory
{
    public const string Planning = "监管一件事/计划与抽取";
    public const string Inspection = "监管一件事/检查";
    public const string Rectification = "监管一件事/整改";
    public const string Filing = "监管一件事/立案";
    public const string Clock = "监管一件事/时限与督办";
    public const string Document = "监管一件事/文书与送达";
    public const string Closure = "监管一件事/结案与公示";
}
