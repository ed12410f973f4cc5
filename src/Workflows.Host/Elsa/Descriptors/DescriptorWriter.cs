using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>Descriptors of the engine in the form of the API, with the options of their inputs.</summary>
internal sealed class DescriptorWriter(IServiceProvider services, ILogger<DescriptorWriter> log)
{
    private const string OwnNamespace = "Supervision";

    private readonly Dictionary<Type, IReadOnlyList<InputOption>> _asked = [];

    /// <summary>The activity as Studio knows it.</summary>
    public async ValueTask<ActivityShape> WriteAsync(ActivityDescriptor activity, CancellationToken cancellationToken)
    {
        var inputs = new List<InputShape>();
        foreach (var input in activity.Inputs)
            inputs.Add(Write(input, UiSpecifications.Of(input, await OptionsAsync(activity.TypeName, input, null, cancellationToken))));
        return new ActivityShape
        {
            TypeName = activity.TypeName,
            Namespace = activity.Namespace,
            // Studio names a new step after this: people read it on the canvas. Elsa's own keep theirs, on which scripts of other installations rely.
            Name = activity.Namespace == OwnNamespace ? activity.DisplayName : activity.Name,
            Version = activity.Version,
            Category = activity.Category,
            DisplayName = activity.DisplayName,
            Description = activity.Description,
            Inputs = inputs,
            Outputs = [.. activity.Outputs.Select((output, at) => new OutputShape(output.Name, output.TypeName, output.DisplayName, output.Description, at, output.IsBrowsable))],
            Kind = activity.Kind,
            Ports = [.. Ports(activity)],
            IsContainer = activity.IsContainer,
            IsBrowsable = activity.IsBrowsable,
            IsStart = activity.IsStart,
            IsTerminal = activity.IsTerminal,
        };
    }

    /// <summary>The options of an input; a provider that fails gives none, so that one catalogue cannot empty the toolbox.</summary>
    /// <param name="activityType">Type of the activity.</param>
    /// <param name="input">The input.</param>
    /// <param name="values">The other inputs as the editor holds them; null where nobody edits.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async ValueTask<IReadOnlyList<InputOption>> OptionsAsync(string activityType, InputDescriptor input, JsonObject? values, CancellationToken cancellationToken)
    {
        if (input.OptionsProvider is not { } type)
            return input.Options;
        if (values is null && _asked.TryGetValue(type, out var known))
            return known;
        IReadOnlyList<InputOption> options;
        try
        {
            var provider = (IInputOptionsProvider)ActivatorUtilities.CreateInstance(services, type);
            options = await provider.GetOptionsAsync(new InputOptionsContext(activityType, input.Name, values ?? [], services), cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Options of {Activity}.{Input} could not be read", activityType, input.Name);
            options = [];
        }

        if (values is null)
            _asked[type] = options;
        return options;
    }

    private static InputShape Write(InputDescriptor input, JsonObject? specifications) => new()
    {
        Name = input.Name,
        TypeName = input.TypeName,
        DisplayName = input.DisplayName,
        Description = input.IsRequired ? "（必填）" + input.Description : input.Description,
        Category = input.Category,
        Order = input.Order,
        IsBrowsable = input.IsBrowsable,
        IsWrapped = input.IsWrapped,
        UiHint = input.UIHint,
        DefaultValue = input.DefaultValue?.DeepClone(),
        DefaultSyntax = input.DefaultSyntax,
        IsReadOnly = input.IsReadOnly,
        IsSensitive = input.IsSensitive,
        AutoEvaluate = input.AutoEvaluate,
        UiSpecifications = specifications,
    };

    // Studio draws no circle for an activity without ports; the engine lets it leave by Done.
    private static IEnumerable<PortShape> Ports(ActivityDescriptor activity)
    {
        foreach (var port in activity.Ports)
            yield return new PortShape(port.Name, port.DisplayName, port.Kind);
        if (!activity.IsTerminal && activity.Ports.All(port => port.Kind != PortKind.Flow) && !activity.Inputs.Any(input => input.UIHint == "dynamic-outcomes"))
            yield return new PortShape(PortNames.Done, PortNames.Of(PortNames.Done), PortKind.Flow);
    }
}
