using System.Collections.Frozen;

namespace Workflows.Engine.Activities;

/// <summary>What people read for the outcomes and slots that Elsa names in English; every other name is its own text.</summary>
public static class PortNames
{
    /// <summary>The outcome of an activity that declares none.</summary>
    public const string Done = "Done";

    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Done] = "完成",
        ["True"] = "是",
        ["False"] = "否",
        ["Default"] = "其他",
        ["Then"] = "则",
        ["Else"] = "否则",
        ["Body"] = "循环内容",
        ["Start"] = "起点",
        ["Root"] = "流程内容",
        ["ChildCompleted"] = "每个流程完成时",
        ["ChildFaulted"] = "流程出错时",
        ["UnmatchedStatusCode"] = "其他状态码",
        ["FailedToConnect"] = "无法连接",
        ["Timeout"] = "超时",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text for a name.</summary>
    public static string Of(string name) => Texts.GetValueOrDefault(name, name);
}
