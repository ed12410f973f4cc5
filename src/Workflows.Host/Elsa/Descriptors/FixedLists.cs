using System.Text.Json.Nodes;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>A syntax in which an input may be written.</summary>
internal sealed record ExpressionShape(string Type, string DisplayName, bool IsSerializable, bool IsBrowsable, JsonObject Properties);

/// <summary>A strategy that a definition may name.</summary>
internal sealed record StrategyShape(string TypeName, string DisplayName, string Description);

/// <summary>A commit strategy.</summary>
internal sealed record CommitStrategyShape(string Name, string DisplayName, string Description);

/// <summary>A place where values of variables are kept.</summary>
internal sealed record StorageDriverShape(string TypeName, string DisplayName, double Priority, bool Deprecated = false);

/// <summary>A type of variables and arguments.</summary>
internal sealed record VariableTypeShape(string TypeName, string DisplayName, string Category, string? Description = null);

/// <summary>The short lists of Studio's settings: exactly what the engine does, nothing that it would ignore.</summary>
internal static class FixedLists
{
    private const string Strategies = "Elsa.Workflows.IncidentStrategies";

    /// <summary>Syntaxes; Studio always offers the literal under its own name.</summary>
    public static IReadOnlyList<ExpressionShape> Expressions { get; } =
    [
        new("Literal", "固定值", false, false, []),
        new("Object", "JSON", true, true, new JsonObject { ["MonacoLanguage"] = "json" }),
        new("JavaScript", "JavaScript", true, true, new JsonObject { ["MonacoLanguage"] = "javascript" }),
        new("Variable", "变量", true, true, new JsonObject { ["UIHint"] = "variable-picker" }),
        new("Input", "流程输入", true, true, new JsonObject { ["UIHint"] = "input-picker" }),
    ];

    /// <summary>Every start makes an instance. Studio shows the first entry where a definition names none.</summary>
    public static IReadOnlyList<StrategyShape> Activation { get; } =
    [
        new("Elsa.Workflows.Runtime.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Runtime", "总是启动", "每次触发都启动一个新的流程实例。"),
    ];

    /// <summary>Which values the journal holds: ids and outcomes, never case data.</summary>
    public static IReadOnlyList<StrategyShape> LogPersistence { get; } =
    [
        new("Elsa.Workflows.LogPersistence.Strategies.Inherit, Elsa.Workflows.Core", "按系统规定", "日志只记编号和出口，不记案件内容。"),
    ];

    /// <summary>What a fault does to its workflow.</summary>
    public static IReadOnlyList<StrategyShape> Incidents { get; } =
    [
        new($"{Strategies}.FaultStrategy, Elsa.Workflows.Core", "出错即停", "一个步骤出错，整个流程标为出错并停止。"),
        new($"{Strategies}.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "登记异常后继续", "出错的分支停下并登记异常，其他分支继续。"),
    ];

    /// <summary>When a workflow is committed.</summary>
    public static IReadOnlyList<CommitStrategyShape> Commits { get; } =
        [new("Burst", "每次办理提交一次", "一次办理引起的全部变化在一个事务中提交。")];

    /// <summary>Where variables are kept.</summary>
    public static IReadOnlyList<StorageDriverShape> StorageDrivers { get; } =
    [
        new("Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core", "随流程实例保存", 5),
        new("Elsa.Workflows.MemoryStorageDriver, Elsa.Workflows.Core", "只在一次办理中保留", 0),
    ];

    /// <summary>Types of variables.</summary>
    public static IReadOnlyList<VariableTypeShape> VariableTypes { get; } =
    [
        new("String", "文字", "基本类型"), new("Boolean", "是否", "基本类型"), new("Int32", "整数", "基本类型"), new("Int64", "长整数", "基本类型"),
        new("Int16", "短整数", "基本类型"), new("Decimal", "小数（精确）", "基本类型"), new("Double", "小数", "基本类型"), new("Single", "小数（单精度）", "基本类型"),
        new("DateTimeOffset", "日期时间", "日期时间"), new("DateTime", "日期时间（无时区）", "日期时间"), new("DateOnly", "日期", "日期时间"),
        new("TimeOnly", "时刻", "日期时间"), new("TimeSpan", "时长", "日期时间"), new("Object", "任意", "数据"), new("JSON", "JSON", "数据"),
        new("JsonNode", "JSON 节点", "数据"), new("JsonObject", "JSON 对象", "数据"), new("JsonArray", "JSON 数组", "数据"), new("JsonElement", "JSON 元素", "数据"),
        new("ObjectDictionary", "字典", "数据"), new("ObjectMap", "字典（ObjectMap）", "数据"), new("StringDictionary", "文字字典", "数据"),
        new("StringMap", "文字字典（StringMap）", "数据"), new("Guid", "全局编号", "其他"), new("Uri", "网址", "其他"), new("ByteArray", "字节", "其他"),
    ];
}
