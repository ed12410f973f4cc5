using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

internal enum BindingKind
{
    Var,
    Parameter,
    Let,
    Const,
    Function,

    /// <summary>The name of a function expression inside itself, which cannot be assigned.</summary>
    Self,
}

/// <summary>A declared name and where its value lives.</summary>
internal sealed class Binding(string name, BindingKind kind, Scope scope)
{
    public string Name { get; } = name;

    public BindingKind Kind { get; set; } = kind;

    public Scope Scope { get; } = scope;

    public bool IsLexical => Kind is BindingKind.Let or BindingKind.Const;

    /// <summary>Source position from which the declaration has certainly run, if reached within the same call.</summary>
    public int LiveFrom { get; set; } = int.MaxValue;

    /// <summary>A function inside closes over it, so it lives in <see cref="Closed"/> and not in a local slot.</summary>
    public bool IsClosedOver { get; set; }

    /// <summary>Something may read it before its declaration has run.</summary>
    public bool MayBeDead { get; set; }

    public int Slot { get; set; }
}

/// <summary>A scope: at parse time the names that it declares, at run time what must be prepared on entry.</summary>
internal sealed class Scope(Scope? outer, FunctionCode code, bool isFunction)
{
    private int[] _deadLocals = [];
    private int[] _deadSlots = [];

    public Scope? Outer { get; set; } = outer;

    /// <summary>The function whose call holds the local slots.</summary>
    public FunctionCode Code { get; set; } = code;

    public bool IsFunction { get; } = isFunction;

    /// <summary>Cases of a <c>switch</c> share a scope and may jump over declarations.</summary>
    public bool IsSwitch { get; init; }

    /// <summary>Parameter of a <c>catch</c>; <c>var</c> may repeat it.</summary>
    public bool IsCatch { get; init; }

    public Dictionary<string, Binding> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions declared here, made on entry.</summary>
    public List<(NameNode Name, FunctionNode Function)> Functions { get; } = [];

    public int ClosedSize { get; private set; }

    /// <summary>Nothing needs to be done on entry.</summary>
    public bool IsPlain { get; private set; }

    public Binding Declare(string name, BindingKind kind)
    {
        var binding = new Binding(name, kind, this);
        Names.Add(name, binding);
        return binding;
    }

    /// <summary>Gives each binding its place, once it is known which are closed over.</summary>
    public void Settle()
    {
        var deadLocals = new List<int>();
        var deadSlots = new List<int>();
        foreach (var binding in Names.Values)
        {
            binding.Slot = binding.IsClosedOver ? ClosedSize++ : Code.Locals++;
            if (binding.IsLexical && (binding.IsClosedOver || binding.MayBeDead))
            {
                (binding.IsClosedOver ? deadSlots : deadLocals).Add(binding.Slot);
            }
        }

        _deadLocals = [.. deadLocals];
        _deadSlots = [.. deadSlots];
        IsPlain = ClosedSize == 0 && deadLocals.Count == 0 && Functions.Count == 0;
    }

    public void Enter(Frame frame)
    {
        Prepare(frame);
        MakeFunctions(frame);
    }

    /// <summary>Makes the bindings; of a call, before its parameters are stored.</summary>
    public void Prepare(Frame frame)
    {
        if (ClosedSize > 0)
        {
            frame.Evaluation.Charge(56 + (16L * ClosedSize));
            frame.Closed = new Closed(ClosedSize, frame.Closed);
            foreach (var slot in _deadSlots)
            {
                frame.Closed.Slots[slot] = JsValue.Dead;
            }
        }

        foreach (var slot in _deadLocals)
        {
            frame.Locals[slot] = JsValue.Dead;
        }
    }

    /// <summary>Makes the functions declared here; of a call, after its parameters, whose names they may take.</summary>
    public void MakeFunctions(Frame frame)
    {
        foreach (var (name, function) in Functions)
        {
            name.Store(frame, function.Eval(frame));
        }
    }
}
