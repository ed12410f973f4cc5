using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workflows.Engine.Activities;

/// <summary>The activity types that definitions may name. Register at start-up; afterwards it is read from many threads.</summary>
public sealed class ActivityRegistry
{
    private readonly ConcurrentDictionary<(string TypeName, int Version), ActivityType> _types = new();
    private readonly ConcurrentDictionary<string, ActivityType> _newest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, ActivityType> _byClass = new();

    /// <summary>An empty registry with the built-in activities of Elsa.</summary>
    public ActivityRegistry()
    {
        RegisterFrom(typeof(ActivityRegistry).Assembly);
    }

    /// <summary>All descriptors, by type name and version.</summary>
    public IReadOnlyList<ActivityDescriptor> Descriptors =>
        [.. _types.Values.Select(type => type.Descriptor).OrderBy(d => d.TypeName, StringComparer.Ordinal).ThenBy(d => d.Version)];

    /// <summary>Registers one activity class.</summary>
    /// <typeparam name="T">A class with <see cref="ActivityAttribute"/> and a parameterless constructor.</typeparam>
    /// <returns>This registry.</returns>
    public ActivityRegistry Register<T>()
        where T : Activity, new()
    {
        Add(typeof(T));
        return this;
    }

    /// <summary>Registers every public or internal activity class of an assembly that carries <see cref="ActivityAttribute"/>.</summary>
    /// <returns>This registry.</returns>
    public ActivityRegistry RegisterFrom(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            if (!type.IsAbstract && !type.ContainsGenericParameters && type.IsAssignableTo(typeof(Activity)) && type.IsDefined(typeof(ActivityAttribute), false)
                && !type.IsDefined(typeof(NotDiscoveredAttribute), false))
            {
                Add(type);
            }
        }

        return this;
    }

    /// <summary>The descriptor of a type; a version that is missing falls back to the newest known (Elsa's rule).</summary>
    public bool TryGet(string typeName, int? version, [NotNullWhen(true)] out ActivityDescriptor? descriptor)
    {
        descriptor = Find(typeName, version)?.Descriptor;
        return descriptor is not null;
    }

    internal ActivityType? Find(string typeName, int? version)
    {
        if (version is { } exact && _types.TryGetValue((typeName, exact), out var type))
            return type;
        return _newest.GetValueOrDefault(typeName);
    }

    internal ActivityType Of(Activity activity) => _byClass.GetOrAdd(activity.GetType(), static type => ActivityType.Describe(type));

    internal void Add(Type type)
    {
        var described = ActivityType.Describe(type);
        _byClass[type] = described;
        _types[(described.TypeName, described.Version)] = described;
        _newest.AddOrUpdate(described.TypeName, described, (_, old) => old.Version > described.Version ? old : described);
    }
}

/// <summary>Keeps an activity class out of discovery by assembly; it is registered by name where it is wanted.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NotDiscoveredAttribute : Attribute;
