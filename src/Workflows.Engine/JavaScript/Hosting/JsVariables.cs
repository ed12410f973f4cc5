using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Hosting;

/// <summary>The workflow's variables as an object: each is asked for once, and written through when it is set.</summary>
internal sealed class JsVariables(Evaluation evaluation) : JsObject
{
    private readonly Dictionary<string, HostedVariable> _known = new(StringComparer.Ordinal);

    public override bool TryGetOwn(Evaluation current, string key, out JsValue value)
    {
        if (_known.TryGetValue(key, out var known))
        {
            value = known.Value;
            return true;
        }

        if (!evaluation.Environment.TryGetVariable(key, out var content))
        {
            value = default;
            return false;
        }

        known = new HostedVariable(key);
        known.Value = value = Exchange.FromHost(evaluation, content, key, known);
        _known.Add(key, known);
        return true;
    }

    public override void Set(Evaluation current, string key, JsValue value)
    {
        evaluation.Charge(64);
        evaluation.Environment.SetVariable(key, Exchange.ToHost(evaluation, value));
        var variable = new HostedVariable(key) { Value = value };
        Adopt(value, variable);
        _known[key] = variable;
    }

    public override bool Delete(Evaluation current, string key) => false;

    public override List<string> Keys(Evaluation current)
    {
        var keys = evaluation.Environment.VariableNames.ToList();
        evaluation.ChargeElements(keys.Count);
        keys.AddRange(_known.Keys.Where(k => !keys.Contains(k)));
        return keys;
    }

    /// <summary>Tells the host what was changed in place.</summary>
    public void Flush()
    {
        foreach (var variable in _known.Values)
        {
            if (variable.Changed)
            {
                evaluation.Environment.VariableMutated(variable.Name, Exchange.ToHost(evaluation, variable.Value));
            }
        }
    }

    /// <summary>Later changes to what a variable now holds are changes of the variable.</summary>
    private void Adopt(JsValue value, HostedVariable variable)
    {
        if (value.AsObject is not { } target || target is JsFunction || ReferenceEquals(target.Origin, variable))
        {
            return;
        }

        evaluation.EnterNesting();
        evaluation.Step();
        target.Origin = variable;
        if (target is JsArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                Adopt(array.At(i), variable);
            }
        }
        else
        {
            foreach (var key in target.Keys(evaluation))
            {
                Adopt(target.Get(evaluation, key), variable);
            }
        }

        evaluation.LeaveNesting();
    }
}
