using System.Diagnostics.CodeAnalysis;
using Workflows.Engine.Activities;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Definitions;

/// <summary>
/// Implemented by an activity class that has rules of its own for what a definition gives it, beyond required inputs and types: bounds,
/// codes, other steps that have to exist. The validator asks it on an instance that was read from the definition; it never runs there.
/// </summary>
public interface IDefinitionCheck
{
    /// <summary>Reports everything that is wrong with this activity. Has to bear any value: definitions come from outside.</summary>
    /// <param name="context">The activity's place in its definition.</param>
    void Check(DefinitionCheckContext context);
}

/// <summary>What an <see cref="IDefinitionCheck"/> sees of the definition, and where it reports.</summary>
public sealed class DefinitionCheckContext
{
    private readonly Activity _activity;
    private readonly ILookup<string, Activity> _byId;
    private readonly ExpressionCompiler _expressions;
    private readonly List<ValidationProblem> _problems;
    private readonly List<ValidationProblem> _notices;

    internal DefinitionCheckContext(
        Activity activity, ActivityDescriptor descriptor, IReadOnlyList<Activity> activities, ILookup<string, Activity> byId, IReadOnlySet<string>? ways, ExpressionCompiler expressions,
        List<ValidationProblem> problems, List<ValidationProblem> notices)
    {
        _activity = activity;
        Descriptor = descriptor;
        Activities = activities;
        _byId = byId;
        _expressions = expressions;
        _problems = problems;
        _notices = notices;
        ConnectedPorts = ways ?? new HashSet<string>();
    }

    /// <summary>Ports and inputs of the activity.</summary>
    public ActivityDescriptor Descriptor { get; }

    /// <summary>Ports of the activity from which a line leads on; empty where none does, and outside a flowchart.</summary>
    public IReadOnlySet<string> ConnectedPorts { get; }

    /// <summary>All activities of the definition, nested ones included, in its order.</summary>
    public IReadOnlyList<Activity> Activities { get; }

    /// <summary>The activity with an id, or null.</summary>
    public Activity? Find(string id) => _byId[id].FirstOrDefault();

    /// <summary>Whether the value of an input stands fixed in the definition and is of its type.</summary>
    /// <param name="input">An input of any activity of the definition; null where the definition gives none and there is no default.</param>
    /// <param name="value">The value; null where it is not fixed, or is nothing.</param>
    /// <returns>False for scripts, variables, an absent input, and for what the validator reports anyway: a broken expression or a value of another type.</returns>
    public bool TryGetFixed<T>(Input<T>? input, [NotNullWhen(true)] out T? value)
    {
        value = default;
        if (input is null)
            return false;
        if (input.Expression is not { } expression)
            return (value = input.IsConstant ? input.Constant : default) is not null;
        try
        {
            if (_expressions.Compile(expression, typeof(T)) is ConstantExpression { Value: { } constant } && ValueConversion.TryTo(constant, typeof(T), out var converted) && converted is T typed)
            {
                value = typed;
                return true;
            }
        }
        catch (ExpressionFormatException)
        {
            // Reported with the other expressions.
        }

        return false;
    }

    /// <summary>Reports a problem of this activity.</summary>
    /// <param name="property">Property in JSON, such as <c>rungs[2].offset</c>.</param>
    /// <param name="code">Short code in English, lower case with hyphens; one of <see cref="ValidationCodes"/> where one fits.</param>
    /// <param name="message">What is wrong and what to do, in the users' language.</param>
    public void Report(string property, string code, string message) => _problems.Add(new ValidationProblem(_activity.Id, property, code, message));

    /// <summary>Says of this activity what may be meant so but seldom is; it keeps nothing from being published.</summary>
    /// <param name="property">Property in JSON, or the port.</param>
    /// <param name="code">As for <see cref="Report"/>.</param>
    /// <param name="message">What it leads to and what to do, in the users' language.</param>
    public void Notice(string property, string code, string message) => _notices.Add(new ValidationProblem(_activity.Id, property, code, message));
}
