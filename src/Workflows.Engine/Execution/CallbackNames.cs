using System.Collections.Concurrent;
using System.Reflection;
using Workflows.Engine.Activities;

namespace Workflows.Engine.Execution;

/// <summary>Finds the method of an activity whose name was stored with a bookmark or a scheduled child.</summary>
internal static class CallbackNames
{
    private static readonly ConcurrentDictionary<(Type Activity, string Name, Type Delegate), MethodInfo> Methods = new();

    public static T Resolve<T>(Activity activity, string name)
        where T : Delegate
    {
        var method = Methods.GetOrAdd((activity.GetType(), name, typeof(T)), static key => Find(key.Activity, key.Name, key.Delegate));
        return method.IsStatic ? method.CreateDelegate<T>() : method.CreateDelegate<T>(activity);
    }

    private static MethodInfo Find(Type activity, string name, Type shape)
    {
        var parameter = shape.GetMethod("Invoke")!.GetParameters()[0].ParameterType;
        for (var type = activity; type is not null; type = type.BaseType)
        {
            foreach (var method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (method.Name == name && method.ReturnType == typeof(ValueTask) && method.GetParameters() is [var only] && only.ParameterType == parameter)
                    return method;
            }
        }

        throw new InvalidOperationException($"活动类 {activity.Name} 没有名为 {name} 的回调方法；流程实例等待时所用的版本有这个方法，请保留它。");
    }
}
