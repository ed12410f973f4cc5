using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn;

/// <summary>Stands for an activity whose type is unknown: loads, keeps its JSON, and faults only when it is reached (Elsa concept).</summary>
[Activity("Elsa", "流程", "未找到的活动类型；执行到这里会出错。", DisplayName = "未知活动", IsBrowsable = false)]
public sealed class NotFoundActivity : CodeActivity
{
    /// <summary>The type that the definition names.</summary>
    public string MissingTypeName { get; set; } = "";

    /// <summary>Version that the definition names.</summary>
    public int MissingTypeVersion { get; set; } = 1;

    /// <summary>JSON of the activity as it stands in the definition.</summary>
    public string OriginalActivityJson { get; set; } = "{}";

    internal static NotFoundActivity For(JsonObject json) => new()
    {
        MissingTypeName = json.Text("type") ?? "",
        MissingTypeVersion = json.Number("version") ?? 1,
        OriginalActivityJson = json.ToJsonString(),
    };

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        if (json.Text("missingTypeName") is not { } missing)
            return;
        MissingTypeName = missing;
        MissingTypeVersion = json.Number("missingTypeVersion") ?? 1;
        OriginalActivityJson = json.Text("originalActivityJson") ?? OriginalActivityJson;
    }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => throw new ActivityNotFoundException(
        string.Create(CultureInfo.InvariantCulture, $"Activity type '{MissingTypeName}' version '{MissingTypeVersion}' could not be found."));
}

/// <summary>A definition reached an activity of an unknown type.</summary>
/// <param name="message">Which one.</param>
public sealed class ActivityNotFoundException(string message) : Exception(message);
