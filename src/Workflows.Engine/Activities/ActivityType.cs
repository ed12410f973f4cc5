using System.Reflection;
using System.Text.Json.Nodes;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Activities;

/// <summary>What reflection knows of an activity class, gathered once.</summary>
internal sealed class ActivityType
{
    private readonly Func<Activity> _create;

    private ActivityType(Type type, ActivityDescriptor descriptor, Func<Activity> create)
    {
        Type = type;
        Descriptor = descriptor;
        _create = create;
    }

    public Type Type { get; }

    public ActivityDescriptor Descriptor { get; }

    public string TypeName => Descriptor.TypeName;

    public int Version => Descriptor.Version;

    /// <summary>Properties of type <see cref="Input{T}"/>, in the descriptor's order.</summary>
    public required InputProperty[] Inputs { get; init; }

    /// <summary>Properties of type <see cref="Output{T}"/>.</summary>
    public required PropertyInfo[] Outputs { get; init; }

    /// <summary>Plain properties with <see cref="InputAttribute"/>.</summary>
    public required PropertyInfo[] RawInputs { get; init; }

    /// <summary>Properties that hold one nested activity.</summary>
    public required PropertyInfo[] Embedded { get; init; }

    /// <summary>Properties that hold a list of nested activities.</summary>
    public required PropertyInfo[] Lists { get; init; }

    public Activity Create() => _create();

    public static ActivityType Describe(Type type)
    {
        var attribute = type.GetCustomAttribute<ActivityAttribute>();
        var inputs = new List<InputProperty>();
        var raw = new List<(PropertyInfo Property, InputDescriptor Descriptor)>();
        var outputs = new List<PropertyInfo>();
        var embedded = new List<PropertyInfo>();
        var lists = new List<PropertyInfo>();
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, Type.EmptyTypes);
        var blank = constructor?.Invoke(null);
        foreach (var property in DeclaredFirstToLast(type))
        {
            if (property.GetMethod is null || property.SetMethod is null)
                continue;
            var propertyType = property.PropertyType;
            var input = property.GetCustomAttribute<InputAttribute>();
            if (propertyType.IsAssignableTo(typeof(Input)))
                inputs.Add(new InputProperty(property, DescribeInput(property, propertyType.GetGenericArguments()[0], input ?? new InputAttribute(), true, blank)));
            else if (propertyType.IsAssignableTo(typeof(Output)))
                outputs.Add(property);
            else if (propertyType.IsAssignableTo(typeof(Activity)))
                embedded.Add(property);
            else if (propertyType.IsAssignableTo(typeof(ICollection<Activity>)))
                lists.Add(property);
            else if (input is not null)
                raw.Add((property, DescribeInput(property, propertyType, input, false, blank)));
        }

        inputs = [.. inputs.OrderBy(i => i.Descriptor.Order)];
        var descriptor = new ActivityDescriptor
        {
            TypeName = $"{attribute?.Namespace ?? type.Namespace}.{attribute?.Type ?? type.Name}",
            Version = attribute?.Version ?? 1,
            Namespace = attribute?.Namespace ?? type.Namespace ?? "",
            Name = attribute?.Type ?? type.Name,
            Category = attribute?.Category ?? attribute?.Namespace ?? "其他",
            DisplayName = attribute?.DisplayName ?? attribute?.Type ?? type.Name,
            Description = attribute?.Description ?? "",
            Kind = attribute?.Kind ?? ActivityKind.Action,
            Ports = [.. DescribePorts(type, embedded)],
            Inputs = [.. inputs.Select(i => i.Descriptor).Concat(raw.Select(r => r.Descriptor)).OrderBy(d => d.Order)],
            Outputs = [.. outputs.Select(DescribeOutput)],
            IsContainer = type.IsAssignableTo(typeof(Container)),
            IsStart = type.IsAssignableTo(typeof(IStartNode)),
            IsTerminal = type.IsAssignableTo(typeof(ITerminalNode)),
            IsBrowsable = attribute?.IsBrowsable ?? false,
        };
        return new ActivityType(type, descriptor, () => (Activity)(constructor?.Invoke(null) ?? throw new InvalidOperationException($"活动类型 {type.Name} 没有无参数的构造函数。")))
        {
            Inputs = [.. inputs],
            Outputs = [.. outputs],
            RawInputs = [.. raw.Select(r => r.Property)],
            Embedded = [.. embedded],
            Lists = [.. lists],
        };
    }

    private static IEnumerable<PropertyInfo> DeclaredFirstToLast(Type type)
    {
        // Own properties first, the base class's (such as Result) last, each in the order of declaration.
        for (var current = type; current is not null && current != typeof(Activity); current = current.BaseType)
        {
            foreach (var property in current.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
                yield return property;
        }
    }

    private static IEnumerable<PortDescriptor> DescribePorts(Type type, List<PropertyInfo> embedded)
    {
        foreach (var property in embedded)
            yield return new PortDescriptor(property.Name, PortNames.Of(property.Name), PortKind.Embedded);
        foreach (var name in type.GetCustomAttribute<FlowNodeAttribute>()?.Ports ?? [])
            yield return new PortDescriptor(name, PortNames.Of(name), PortKind.Flow);
        foreach (var port in type.GetCustomAttributes<PortAttribute>())
            yield return new PortDescriptor(port.Name, port.DisplayName ?? PortNames.Of(port.Name), PortKind.Flow, port.MeansTimeLimitPassed);
    }

    private static OutputDescriptor DescribeOutput(PropertyInfo property)
    {
        var attribute = property.GetCustomAttribute<OutputAttribute>() ?? new OutputAttribute();
        return new OutputDescriptor(
            property.Name,
            TypeAliases.NameOf(property.PropertyType.GetGenericArguments()[0]),
            attribute.DisplayName ?? property.Name,
            attribute.Description,
            attribute.IsBrowsable);
    }

    // What an activity does without a value is what its class begins with; the editor shows the same.
    private static JsonNode? DefaultOf(PropertyInfo property, InputAttribute attribute, object? blank) => ValueConversion.ToJson(
        attribute.DefaultValue ?? (blank is null ? null : property.GetValue(blank)) switch
        {
            Input { IsConstant: true } input => input.ConstantValue,
            Enum or bool or int or long or double or string => property.GetValue(blank),
            _ => null,
        });

    private static InputDescriptor DescribeInput(PropertyInfo property, Type valueType, InputAttribute attribute, bool wrapped, object? blank)
    {
        var options = attribute.Options?.Select(ParseOption).ToArray()
            ?? ((Nullable.GetUnderlyingType(valueType) ?? valueType) is { IsEnum: true } e ? [.. Enum.GetNames(e).Select(n => new InputOption(n, n))] : []);
        return new InputDescriptor
        {
            Name = property.Name,
            TypeName = TypeAliases.NameOf(valueType),
            Type = valueType,
            DisplayName = attribute.DisplayName ?? property.Name,
            Description = attribute.Description,
            Category = attribute.Category,
            UIHint = attribute.UIHint ?? UIHintFor(valueType, options.Length > 0 || attribute.OptionsProvider is not null),
            Order = attribute.Order,
            DefaultValue = DefaultOf(property, attribute, blank),
            DefaultSyntax = attribute.DefaultSyntax,
            Options = options,
            OptionsProvider = attribute.OptionsProvider,
            IsWrapped = wrapped,
            IsRequired = attribute.IsRequired,
            IsBrowsable = attribute.IsBrowsable,
            IsReadOnly = attribute.IsReadOnly,
            IsSensitive = attribute.IsSensitive,
            AutoEvaluate = attribute.AutoEvaluate,
        };
    }

    private static InputOption ParseOption(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new InputOption(option, option) : new InputOption(option[(equals + 1)..], option[..equals]);
    }

    private static string UIHintFor(Type type, bool hasOptions)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var isList = type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable))
            || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICollection<>));
        if (hasOptions)
            return isList ? "checklist" : "dropdown";
        if (type == typeof(bool))
            return "checkbox";
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            return "dictionary";
        if (isList && type.IsGenericType && type.GetGenericArguments()[0] == typeof(string))
            return "multitext";
        return type == typeof(DateTimeOffset) || type == typeof(DateTime) ? "datetime-picker" : "singleline";
    }
}

/// <summary>A property of type <see cref="Input{T}"/> and its descriptor.</summary>
internal sealed record InputProperty(PropertyInfo Property, InputDescriptor Descriptor);

/// <summary>Marks the beginning of a flowchart.</summary>
internal interface IStartNode;

/// <summary>Ends its container when it completes.</summary>
internal interface ITerminalNode;
