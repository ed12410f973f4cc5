using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Execution;

namespace Workflows.Engine.Expressions;

/// <summary>A fixed value.</summary>
internal sealed class LiteralEvaluator : IExpressionEvaluator
{
    public IReadOnlyList<string> Types { get; } = ["Literal"];

    public CompiledExpression Compile(Expression expression, Type target) => new ConstantExpression(ValueConversion.FromJson(expression.Value));
}

/// <summary>JSON: text is read as JSON of the input's type; for an input of type Object it stays text, as in Elsa.</summary>
internal sealed class ObjectEvaluator : IExpressionEvaluator
{
    public IReadOnlyList<string> Types { get; } = ["Object", "Json"];

    public CompiledExpression Compile(Expression expression, Type target)
    {
        var value = ValueConversion.FromJson(expression.Value);
        if (value is not string text || target == typeof(object) || target == typeof(string))
            return new ConstantExpression(value);
        if (string.IsNullOrWhiteSpace(text))
            return new ConstantExpression(null);
        try
        {
            return new ConstantExpression(ValueConversion.FromJson(JsonNode.Parse(text)));
        }
        catch (JsonException e)
        {
            throw new ExpressionFormatException($"不是有效的 JSON（第 {e.LineNumber + 1} 行，第 {e.BytePositionInLine + 1} 字节）。");
        }
    }
}

/// <summary>The value of a variable: <c>{"id","name"}</c>, as object or as JSON text.</summary>
internal sealed class VariableEvaluator : IExpressionEvaluator
{
    public IReadOnlyList<string> Types { get; } = ["Variable"];

    public CompiledExpression Compile(Expression expression, Type target)
    {
        var reference = Reference.Read(expression, "变量");
        return new Lookup(reference.Id, reference.Name);
    }

    private sealed class Lookup(string? id, string? name) : CompiledExpression
    {
        public override object? Evaluate(ActivityExecutionContext context)
        {
            var block = (id is null ? null : context.FindVariableById(id)) ?? (name is null ? null : context.FindVariable(name));
            return block?.Value;
        }
    }
}

/// <summary>The value of a workflow input: <c>{"name"}</c>, as object, as JSON text, or the bare name.</summary>
internal sealed class InputEvaluator : IExpressionEvaluator
{
    public IReadOnlyList<string> Types { get; } = ["Input"];

    public CompiledExpression Compile(Expression expression, Type target)
    {
        var reference = Reference.Read(expression, "输入");
        var name = reference.Name ?? reference.Id ?? throw new ExpressionFormatException("输入表达式缺少 name。");
        return new CodeExpression(context => context.GetInputValue(name));
    }
}

/// <summary>What a variable or input expression points at.</summary>
internal readonly record struct Reference(string? Id, string? Name)
{
    public static Reference Read(Expression expression, string what)
    {
        var node = expression.Value;
        if (node is JsonValue value && value.TryGetValue(out string? text))
        {
            if (!text.TrimStart().StartsWith('{'))
                return new Reference(text, text);
            try
            {
                node = JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                throw new ExpressionFormatException($"{what}表达式的值不是有效的 JSON。");
            }
        }

        return node is JsonObject o
            ? new Reference(Text(o, "id") ?? Text(o, "Id"), Text(o, "name") ?? Text(o, "Name"))
            : throw new ExpressionFormatException($"{what}表达式没有指明{what}。");
    }

    private static string? Text(JsonObject o, string name) => o[name] is JsonValue v && v.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
