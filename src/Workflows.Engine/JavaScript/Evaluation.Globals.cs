using Workflows.Engine.JavaScript.Hosting;
using Workflows.Engine.JavaScript.Library;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript;

/// <summary>Names from outside: each is looked up when the script first asks for it.</summary>
internal sealed partial class Evaluation
{
    private JsValue[]? _globals;
    private List<JsArray>? _joining;
    private JsVariables? _variables;

    public JsVariables Variables => _variables ??= new JsVariables(this);

    private JsValue[] Globals
    {
        get
        {
            if (_globals is null)
            {
                _globals = new JsValue[Script.Globals.Length];
                Array.Fill(_globals, JsValue.Dead);
            }

            return _globals;
        }
    }

    public JsValue Global(int slot, int position)
    {
        if (TryGlobal(slot, out var value))
        {
            return value;
        }

        Position = position;
        var name = Script.Globals[slot];
        throw Throw("ReferenceError", $"{name} is not defined", $"“{name}”没有定义，请检查名称；流程变量请写 variables.{name} 或 get{name}()。");
    }

    public bool TryGlobal(int slot, out JsValue value)
    {
        value = Globals[slot];
        if (!value.IsDead)
        {
            return true;
        }

        var found = TryFind(Script.Globals[slot], out value);
        if (found)
        {
            Globals[slot] = value;
        }

        return found;
    }

    /// <summary>Assignment to a name that nobody declared makes it, for this evaluation.</summary>
    public void SetGlobal(int slot, JsValue value)
    {
        if (Script.Globals[slot] is not ("undefined" or "NaN" or "Infinity"))
        {
            Globals[slot] = value;
        }
    }

    /// <summary>Notes that an array's elements are being joined; false where it is inside itself.</summary>
    public bool EnterJoin(JsArray array)
    {
        _joining ??= [];
        if (_joining.Contains(array))
        {
            return false;
        }

        _joining.Add(array);
        return true;
    }

    public void LeaveJoin() => _joining!.RemoveAt(_joining.Count - 1);

    private bool TryFind(string name, out JsValue value)
    {
        if (StandardLibrary.TryFind(name, out value))
        {
            return true;
        }

        if (name == "variables")
        {
            value = Variables;
            return true;
        }

        if (WorkflowFunctions.Find(name) is { } function)
        {
            value = function;
            return true;
        }

        if (Environment.TryGetGlobal(name, out var offered))
        {
            value = Exchange.FromHost(this, offered, name, null);
            return true;
        }

        if (WorkflowFunctions.FindAccessor(this, name) is { } accessor)
        {
            value = accessor;
            return true;
        }

        return false;
    }
}
