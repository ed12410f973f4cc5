using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Hosting;

/// <summary>Functions over variables and inputs, and the helpers that Elsa gives to scripts.</summary>
internal static class WorkflowFunctions
{
    private static readonly MethodTable Own = new MethodTable()
        .Add("getVariable", 1, static (e, _, a) => e.Variables.Get(e, Conversions.ToText(e, a.At(0))))
        .Add("setVariable", 2, static (e, _, a) =>
        {
            e.Variables.Set(e, Conversions.ToText(e, a.At(0)), a.At(1));
            return default;
        })
        .Add("getInput", 1, static (e, _, a) =>
        {
            var name = Conversions.ToText(e, a.At(0));
            return e.Environment.TryGetInput(name, out var value) ? Exchange.FromHost(e, value, name, null) : default;
        });

    public static NativeFunction? Find(string name) => Own.Find(name) ?? ElsaFunctions.Table.Find(name);

    /// <summary><c>getName</c> or <c>setName</c> of a variable, or <c>getName</c> of an input, where there is one of that name.</summary>
    public static NativeFunction? FindAccessor(Evaluation evaluation, string name)
    {
        if (name.Length < 4 || !(name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal)))
        {
            return null;
        }

        // The accessor's name is in Pascal case whatever the variable's is.
        foreach (var candidate in new[] { name[3..], char.ToLowerInvariant(name[3]) + name[4..] })
        {
            if (evaluation.Variables.TryGetOwn(evaluation, candidate, out _))
            {
                return name[0] == 'g'
                    ? new NativeFunction(name, 0, (e, _, _) => e.Variables.Get(e, candidate))
                    : new NativeFunction(name, 1, (e, _, a) =>
                    {
                        e.Variables.Set(e, candidate, a.At(0));
                        return default;
                    });
            }

            if (name[0] == 'g' && evaluation.Environment.TryGetInput(candidate, out var input))
            {
                return new NativeFunction(name, 0, (e, _, _) => Exchange.FromHost(e, input, candidate, null));
            }
        }

        return null;
    }
}
