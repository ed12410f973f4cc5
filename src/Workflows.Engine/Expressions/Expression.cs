using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Engine.Expressions;

/// <summary>An expression as it stands in a definition: a syntax and a value (Elsa concept).</summary>
/// <param name="Type">Syntax: <c>Literal</c>, <c>Object</c>, <c>Json</c>, <c>Variable</c>, <c>Input</c> or <c>JavaScript</c>.</param>
/// <param name="Value">Text, number, truth value, or a JSON object for a variable or an input.</param>
public sealed record Expression(string Type, JsonNode? Value)
{
    /// <summary>Its parsed form where it stands by itself, outside an input; set by the compiler.</summary>
    internal CompiledExpression? Compiled { get; set; }

    /// <summary>A fixed value.</summary>
    public static Expression OfLiteral(object? value) => new("Literal", ValueConversion.ToJson(value));

    /// <summary>A script.</summary>
    public static Expression OfJavaScript(string source) => new("JavaScript", JsonValue.Create(source));

    /// <summary>The value of a variable.</summary>
    public static Expression OfVariable(Variable variable) =>
        new("Variable", new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = variable.TypeName });
}

/// <summary>An expression that does not parse or whose syntax is not supported; reported by validation with activity and input.</summary>
/// <param name="message">What is wrong, where possible with line and column.</param>
public sealed class ExpressionFormatException(string message) : Exception(message);

/// <summary>An expression that failed while it was evaluated.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class ExpressionEvaluationException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>One syntax of expressions.</summary>
public interface IExpressionEvaluator
{
    /// <summary>Names of the syntax in definitions.</summary>
    IReadOnlyList<string> Types { get; }

    /// <summary>Parses once; the result is evaluated many times, from many threads.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="target">Type that the value is for.</param>
    /// <exception cref="ExpressionFormatException">It does not parse.</exception>
    CompiledExpression Compile(Expression expression, Type target);
}
