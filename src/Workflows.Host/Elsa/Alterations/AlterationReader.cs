using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Alterations;
using Workflows.Host.Problems;
using Workflows.Storage.Alterations;

namespace Workflows.Host.Elsa.Alterations;

/// <summary>Reads the kinds of alteration: Cancel, ModifyVariable, Migrate.</summary>
internal static class AlterationReader
{
    /// <summary>Alterations of one request.</summary>
    public const int Most = 20;

    private const int MostMappings = 500;

    /// <summary>Reads them; refuses what is unknown or incomplete (400).</summary>
    public static IReadOnlyList<InstanceAlteration> Read(IReadOnlyList<JsonObject>? alterations)
    {
        if (alterations is not { Count: > 0 and <= Most })
            throw Refused("alterations", $"请填写 alterations：1至{Most}项，每项有类型 type。");
        var read = new List<InstanceAlteration>();
        for (var i = 0; i < alterations.Count; i++)
        {
            var place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"alterations[{i}]");
            var alteration = alterations[i] ?? throw Refused(place, "不能为空。");
            read.Add(Text(alteration, "type", place) switch
            {
                "Cancel" => Cancel(alteration, place),
                "ModifyVariable" => Variable(alteration, place),
                "Migrate" => Migrate(alteration, place),
                null => throw Refused($"{place}.type", "缺少类型 type：可用 Cancel、ModifyVariable、Migrate。"),
                var type => throw Refused($"{place}.type", $"类型“{(type.Length <= 40 ? type : type[..40])}”不支持：可用 Cancel、ModifyVariable、Migrate。"),
            });
        }

        return read;
    }

    private static CancelAlteration Cancel(JsonObject alteration, string place)
    {
        Known(alteration, place, "type", "id");
        return new CancelAlteration();
    }

    private static SetVariablesAlteration Variable(JsonObject alteration, string place)
    {
        Known(alteration, place, "type", "id", "variableId", "value");
        var id = Text(alteration, "variableId", place);
        return id is { Length: > 0 }
            ? new SetVariablesAlteration(new Dictionary<string, JsonNode?> { [id] = alteration["value"]?.DeepClone() })
            : throw Refused($"{place}.variableId", "缺少变量编号 variableId。");
    }

    private static MigrateAlteration Migrate(JsonObject alteration, string place)
    {
        Known(alteration, place, "type", "id", "targetVersion", "targetVersionId", "targetPackageVersionId", "timers", "activityMap");
        var version = alteration["targetVersion"] switch
        {
            null => (int?)null,
            JsonValue number when number.TryGetValue(out int value) && value > 0 => value,
            _ => throw Refused($"{place}.targetVersion", "应为正整数。"),
        };
        var (versionId, package) = (Text(alteration, "targetVersionId", place), Text(alteration, "targetPackageVersionId", place));
        if ((version is null ? 0 : 1) + (versionId is null ? 0 : 1) + (package is null ? 0 : 1) != 1)
            throw Refused($"{place}.targetVersion", "请指明目标版本：targetVersion（版本号）、targetVersionId（版本编号）、targetPackageVersionId（发布包版本）三者填其一。");
        return new MigrateAlteration
        {
            Version = version,
            VersionId = versionId,
            PackageVersionId = package,
            Migration = new Migration
            {
                Timers = Text(alteration, "timers", place) is { Length: > 0 } policy ? StrictBody.Name<TimerPolicy>(policy, $"{place}.timers") : TimerPolicy.Keep,
                ActivityMap = Map(alteration["activityMap"], $"{place}.activityMap"),
            },
        };
    }

    private static Dictionary<string, string?> Map(JsonNode? node, string place) => node switch
    {
        null => [],
        JsonObject { Count: <= MostMappings } map => map.ToDictionary(entry => entry.Key, entry => entry.Value switch
        {
            null => null,
            JsonValue text when text.TryGetValue(out string? id) => id,
            _ => throw Refused($"{place}.{entry.Key}", "应为新版本中的步骤编号，或 null 表示撤销该等待。"),
        }),
        _ => throw Refused(place, $"应为旧步骤编号到新步骤编号的对象，至多{MostMappings}项。"),
    };

    private static void Known(JsonObject alteration, string place, params string[] members)
    {
        foreach (var (name, _) in alteration)
        {
            if (!members.Contains(name))
                throw Refused($"{place}.{name}", $"字段“{name}”不存在：可用 {string.Join('、', members)}。");
        }
    }

    private static string? Text(JsonObject alteration, string name, string place) => alteration[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Refused($"{place}.{name}", "应为文本。"),
    };

    private static RefusedException Refused(string field, string detail) => new(new Refusal(400, "bad-alteration", field, $"{field}：{detail}"));
}
