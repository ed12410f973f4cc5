using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workflows.Host.Problems;

/// <summary>Turns the parser's complaint about a JSON body into a refusal that names line, field and remedy.</summary>
internal static partial class MalformedJson
{
    /// <summary>The refusal (400) for <paramref name="fault"/>.</summary>
    public static Refusal Of(JsonException fault)
    {
        var line = fault.LineNumber is { } number ? number + 1 : (long?)null;
        var path = Path(fault.Path);
        if (UnknownMember().Match(fault.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            return new(400, "unknown-field", Append(path, name), $"字段“{name}”不存在：请删除或更正拼写。") { Line = line };
        }

        if (MissingMembers().Match(fault.Message) is { Success: true } missing)
        {
            var name = missing.Groups[1].Value.Split('\'', StringSplitOptions.RemoveEmptyEntries)[0];
            return new(400, "missing-field", Append(path, name), $"缺少必填字段“{name}”：请补充后重新提交。") { Line = line };
        }

        return path.Length > 0
            ? new(400, "malformed-field", path, $"字段“{path}”的值类型不对或为空：请按接口说明（/openapi/v1.json）填写。") { Line = line }
            : new(400, "malformed-json", "", $"请求内容不是合法的JSON（第{line ?? 1}行）：请检查引号、逗号和括号。") { Line = line };
    }

    private static string Path(string? path) => path is null ? "" : path.TrimStart('$').TrimStart('.');

    private static string Append(string path, string name) =>
        path == name || path.EndsWith("." + name, StringComparison.Ordinal) ? path : path.Length == 0 ? name : $"{path}.{name}";

    // The parser tells these two cases by its message only.
    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped", RegexOptions.None, 100)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties including: (.*)$", RegexOptions.None, 100)]
    private static partial Regex MissingMembers();
}
