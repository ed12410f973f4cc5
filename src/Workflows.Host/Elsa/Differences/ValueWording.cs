using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Host.Elsa.Differences;

/// <summary>Says what an input holds in the words in which the editor shows it: the texts of its choices, names of steps and variables.</summary>
/// <param name="services">Asked for the choices of inputs that take them from a catalogue.</param>
internal sealed class ValueWording(IServiceProvider services)
{
    /// <summary>Values longer than this stand beside the sentence rather than in it.</summary>
    public const int InSentence = 60;

    private static readonly string[] NamesSteps = ["Watches", "EndsWith", "TimeLimitId"];
    private readonly Dictionary<(string Type, string Input), IReadOnlyList<InputOption>> _options = [];

    /// <summary>The value in words.</summary>
    /// <param name="diagram">The version that it stands in.</param>
    /// <param name="step">Step.</param>
    /// <param name="input">Input, or null where the type is not known.</param>
    /// <param name="value">Its value.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<string> SayAsync(Diagram diagram, DiagramStep step, InputDescriptor? input, InputValue value, CancellationToken cancellationToken)
    {
        if (value.Text.Length == 0)
            return "（空）";
        if (value.Syntax is "Variable" or "Output")
            return $"变量 {diagram.Definition.Variables.FirstOrDefault(variable => variable.Id == value.Text)?.Name ?? value.Text}";
        if (!value.IsFixed)
            return $"{value.Syntax} 表达式 {value.Text}";
        if (input is null)
            return value.Text;
        if (value.ToJson() is JsonArray list && list.All(item => item is JsonValue))
        {
            var words = new List<string>();
            foreach (var item in list)
                words.Add(await SayOneAsync(diagram, step, input, item!.ToString(), cancellationToken));
            return string.Join('、', words);
        }

        return await SayOneAsync(diagram, step, input, value.Text, cancellationToken);
    }

    private async ValueTask<string> SayOneAsync(Diagram diagram, DiagramStep step, InputDescriptor input, string value, CancellationToken cancellationToken)
    {
        if (NamesSteps.Contains(input.Name) && diagram.Steps.ContainsKey(value))
            return diagram.Quoted(value);
        if (value is "true" or "false" && input.TypeName == "Boolean")
            return value == "true" ? "是" : "否";
        var options = await OptionsAsync(step, input, cancellationToken);
        return options.FirstOrDefault(option => option.Value == value)?.Text ?? value;
    }

    private async ValueTask<IReadOnlyList<InputOption>> OptionsAsync(DiagramStep step, InputDescriptor input, CancellationToken cancellationToken)
    {
        if (input.OptionsProvider is not { } provider)
            return input.Options;
        if (!_options.TryGetValue((step.Type, input.Name), out var options))
        {
            var asked = (IInputOptionsProvider)ActivatorUtilities.GetServiceOrCreateInstance(services, provider);
            options = await asked.GetOptionsAsync(new InputOptionsContext(step.Type, input.Name, [], services), cancellationToken);
            _options[(step.Type, input.Name)] = options;
        }

        return options;
    }
}
