namespace Workflows.Engine.Expressions;

/// <summary>Chooses the evaluator of each syntax.</summary>
internal sealed class ExpressionCompiler
{
    private static readonly ConstantExpression Nothing = new(null);
    private readonly Dictionary<string, IExpressionEvaluator> _evaluators = new(StringComparer.Ordinal);

    public ExpressionCompiler(IEnumerable<IExpressionEvaluator> further)
    {
        foreach (var evaluator in (IExpressionEvaluator[])[new LiteralEvaluator(), new ObjectEvaluator(), new VariableEvaluator(), new InputEvaluator(), new JavaScriptEvaluator(), .. further])
        {
            foreach (var type in evaluator.Types)
                _evaluators[type] = evaluator;
        }
    }

    public IReadOnlyCollection<string> Types => _evaluators.Keys;

    public bool Supports(string type) => _evaluators.ContainsKey(type);

    /// <summary>An unknown syntax gives null and no fault, as in Elsa; validation reports it.</summary>
    public CompiledExpression Compile(Expression expression, Type target) =>
        _evaluators.TryGetValue(expression.Type, out var evaluator) ? evaluator.Compile(expression, target) : Nothing;

    /// <summary>As <see cref="Compile"/>, but an expression that does not parse fails only when it is reached.</summary>
    public CompiledExpression CompileLeniently(Expression expression, Type target)
    {
        try
        {
            return Compile(expression, target);
        }
        catch (ExpressionFormatException e)
        {
            return new CodeExpression(_ => throw new ExpressionEvaluationException(e.Message, e));
        }
    }
}
