using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn.Data;
using Workflows.Engine.BuiltIn.Timers;
using Workflows.Engine.Compilation;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Definitions;

/// <summary>Checks the inputs of an activity: required ones, fixed values, expressions, lengths.</summary>
internal sealed class InputChecks(WorkflowEngineOptions options, ExpressionCompiler expressions, List<ValidationProblem> problems)
{
    private const int MaxIdLength = 256;

    public void Check(Activity activity, ActivityType type, JsonObject json, HashSet<string> variables)
    {
        if (activity.Id.Length > MaxIdLength)
            Report(activity, "id", ValidationCodes.BoundExceeded, $"活动标识长 {activity.Id.Length} 个字符，上限 {MaxIdLength}。");
        var named = new List<NamedExpression>();
        activity.CollectExpressions(named);
        foreach (var entry in named)
            CheckExpression(activity, entry.Property, entry.Expression, entry.Type, null);
        foreach (var descriptor in type.Descriptor.Inputs)
        {
            var property = JsonReading.Camel(descriptor.Name);
            var given = json.Get(descriptor.Name);
            var expression = descriptor.IsWrapped ? ActivityReader.ReadExpression(given) : null;
            if (descriptor.IsRequired && descriptor.DefaultValue is null && IsEmpty(given, expression, descriptor))
                Report(activity, property, ValidationCodes.MissingInput, $"必填项“{descriptor.DisplayName}”没有填写。");
            else if (expression is not null && !named.Exists(n => n.Property == property))
                CheckExpression(activity, property, expression, descriptor.Type, descriptor);
        }

        if (activity is SetVariable { Variable: { } variable } && !variables.Contains(variable.Id))
            Report(activity, "variable", ValidationCodes.UnknownVariable, $"变量 {(variable.Name.Length > 0 ? variable.Name : variable.Id)} 没有在流程或外层容器中声明。");
        if (activity is Cron { CronExpression.Expression: { Type: "Literal" } cron })
            CheckCron(activity, cron);
    }

    private void CheckExpression(Activity activity, string property, Expression expression, Type target, InputDescriptor? descriptor)
    {
        if (expression.Value is JsonValue value && value.TryGetValue(out string? text) && text.Length > options.MaxTextLength)
        {
            Report(activity, property, ValidationCodes.BoundExceeded, string.Create(CultureInfo.InvariantCulture, $"“{descriptor?.DisplayName ?? property}”的内容长 {text.Length} 个字符，上限 {options.MaxTextLength}。"));
            return;
        }

        if (!expressions.Supports(expression.Type))
        {
            Report(activity, property, ValidationCodes.UnsupportedSyntax,
                $"“{descriptor?.DisplayName ?? property}”使用了不支持的表达式语法 {expression.Type}，可用的有：{string.Join("、", expressions.Types.Order(StringComparer.Ordinal))}。");
            return;
        }

        try
        {
            var compiled = expressions.Compile(expression, target);
            if (compiled is ConstantExpression { Value: { } constant } && descriptor is not null && constant is not string { Length: 0 } && !ValueConversion.TryTo(constant, target, out _))
                Report(activity, property, ValidationCodes.InvalidValue, $"“{descriptor.DisplayName}”的值不是有效的{TypeNameFor(descriptor)}：{Shorten(ValueConversion.To<string>(constant))}");
        }
        catch (ExpressionFormatException e)
        {
            Report(activity, property, ValidationCodes.InvalidExpression, $"“{descriptor?.DisplayName ?? property}”的表达式无法解析：{e.Message}");
        }
    }

    private void CheckCron(Activity activity, Expression cron)
    {
        try
        {
            if (ValueConversion.To<string>(ValueConversion.FromJson(cron.Value)) is { Length: > 0 } text)
                Timetables.CronExpression.Parse(text);
        }
        catch (FormatException e)
        {
            Report(activity, "cronExpression", ValidationCodes.InvalidValue, e.Message);
        }
    }

    private static bool IsEmpty(JsonNode? given, Expression? expression, InputDescriptor descriptor)
    {
        if (given is null)
            return true;
        if (!descriptor.IsWrapped)
            return given is JsonValue raw && raw.TryGetValue(out string? plain) && plain.Length == 0;
        return expression?.Value is null || (expression.Value is JsonValue value && value.TryGetValue(out string? text) && string.IsNullOrWhiteSpace(text));
    }

    private static string TypeNameFor(InputDescriptor descriptor) => descriptor.Type switch
    {
        var t when t == typeof(TimeSpan) => "时长",
        var t when t == typeof(DateTimeOffset) || t == typeof(DateOnly) => "日期时间",
        var t when t == typeof(bool) => "是否值",
        { IsEnum: true } t => "选项（" + string.Join("、", Enum.GetNames(t)) + "）",
        var t when t.IsPrimitive || t == typeof(decimal) => "数字",
        _ => descriptor.TypeName,
    };

    private static string Shorten(string? text) => text is { Length: > 60 } ? text[..60] + "…" : text ?? "";

    private void Report(Activity activity, string property, string code, string message) => problems.Add(new ValidationProblem(activity.Id, property, code, message));
}
