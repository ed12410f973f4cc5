using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Hosting;

/// <summary>The workflow's variables as an object: each is asked for once, and written through when it is set.</summary>
internal sealed class JsVariables(Evaluation evaluation) : JsObject
{
    private const int Searched = 8;
    private readonly List<HostedVariable> _known = new(2);
    private Dictionary<string, HostedVariable>? _index;

    public override bool TryGetOwn(Evaluation current, string key, out JsValue value)
    {
        if (Find(key) is { } known)
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
        Remember(known);
        return true;
    }

    public override void Set(Evaluation current, string key, JsValue value)
    {
        evaluation.Charge(64);
        evaluation.Environment.SetVariable(key, Exchange.ToHost(evaluation, value));
        if (Find(key) is not { } variable || variable.Value.IsObject)
        {
            // What the variable held before is no longer part of it, though the script may still have it.
            _known.RemoveAll(known => known.Name == key);
            variable = new HostedVariable(key);
            Remember(variable);
        }

        variable.Value = value;
        Adopt(value, variable);
    }

    public override bool Delete(Evaluation current, string key) => false;

    public override List<string> Keys(Evaluation current)
    {
        var keys = evaluation.Environment.VariableNames.ToList();
        var present = keys.ToHashSet(StringComparer.Ordinal);
        keys.AddRange(_known.Select(static v => v.Name).Where(present.Add));
        evaluation.ChargeElements(keys.Count * 4L);
        return keys;
    }

    /// <summary>Tells the host what was changed in place.</summary>
    public void Flush()
    {
        foreach (var variable in _known)
        {
            if (variable.Changed)
            {
                evaluation.Environment.VariableMutated(variable.Name, Exchange.ToHost(evaluation, variable.Value));
            }
        }
    }

    private HostedVariable? Find(string key)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(key);
        }

        foreach (var known in _known)
        {
            if (ReferenceEquals(known.Name, key) || known.Name == key)
            {
                return known;
            }
        }

        return null;
    }

    private void Remember(HostedVariable variable)
    {
        _known.Add(variable);
        if (_index is not null)
        {
            _index[variable.Name] = variable;
        }
        else if (_known.Count > Searched)
        {
            _index = _known.ToDictionary(static v => v.Name, StringComparer.Ordinal);
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
