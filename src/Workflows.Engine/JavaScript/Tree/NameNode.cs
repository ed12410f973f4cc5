using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

/// <summary>A name: read or assigned where it is used, initialised where it is declared.</summary>
internal sealed class NameNode(string name, Scope scope) : Node
{
    private const int Local = -1;
    private const int Global = -2;
    private Binding? _binding;
    private int _hops = Global;
    private int _slot;
    private bool _mayBeDead;

    public string Name { get; } = name;

    /// <summary>The scope in which the name stands; parameters of an arrow move into its scope when the arrow is seen.</summary>
    public Scope Scope { get; set; } = scope;

    /// <summary>Where the search for the binding begins, if not in <see cref="Scope"/>.</summary>
    public Scope? SearchFrom { get; init; }

    /// <summary>This is the declaration: storing initialises.</summary>
    public bool Declares { get; set; }

    /// <summary>Finds the binding and tells it how it is used.</summary>
    /// <returns>False where the script declares no such name.</returns>
    public bool Bind()
    {
        for (var scope = SearchFrom ?? Scope; scope is not null; scope = scope.Outer)
        {
            if (!scope.Names.TryGetValue(Name, out var binding))
            {
                if (Name != "arguments" || !scope.IsFunction || scope.Code.IsArrow || scope.Code.IsProgram)
                {
                    continue;
                }

                binding = scope.Declare(Name, BindingKind.Var);
                scope.Code.Arguments = binding;
            }

            _binding = binding;
            if (!ReferenceEquals(scope.Code, Scope.Code))
            {
                binding.IsClosedOver = true;
            }
            else if (binding.IsLexical && !Declares && (Position < binding.LiveFrom || binding.Scope.IsSwitch))
            {
                binding.MayBeDead = true;
                _mayBeDead = true;
            }

            return true;
        }

        return false;
    }

    /// <summary>Computes where the value lives, after all names are bound and all scopes settled.</summary>
    public void Settle(Func<string, int> globalSlot)
    {
        if (_binding is null)
        {
            _slot = globalSlot(Name);
            return;
        }

        _slot = _binding.Slot;
        _hops = Local;
        if (_binding.IsClosedOver)
        {
            _mayBeDead = _binding.IsLexical;
            _hops = 0;
            for (var scope = Scope; !ReferenceEquals(scope, _binding.Scope); scope = scope!.Outer)
            {
                _hops += scope!.ClosedSize > 0 ? 1 : 0;
            }
        }
    }

    public override JsValue Eval(Frame frame)
    {
        JsValue value;
        if (_hops == Local)
        {
            value = frame.Locals[_slot];
        }
        else if (_hops == Global)
        {
            return frame.Evaluation.Global(_slot, Position);
        }
        else
        {
            value = Holder(frame)[_slot];
        }

        if (_mayBeDead && value.IsDead)
        {
            throw Dead(frame);
        }

        return value;
    }

    public override void Store(Frame frame, JsValue value)
    {
        if (_hops == Global)
        {
            frame.Evaluation.SetGlobal(_slot, value);
            return;
        }

        ref var place = ref _hops == Local ? ref frame.Locals[_slot] : ref Holder(frame)[_slot];
        if (!Declares)
        {
            if (_mayBeDead && place.IsDead)
            {
                throw Dead(frame);
            }

            if (_binding!.Kind == BindingKind.Const)
            {
                frame.Evaluation.Position = Position;
                throw frame.Evaluation.TypeError("Assignment to constant variable.", $"常量“{Name}”不能重新赋值，请改用 let 声明。");
            }

            if (_binding.Kind == BindingKind.Self)
            {
                return;
            }
        }

        place = value;
    }

    /// <summary><c>typeof name</c> does not mind that a name is unknown.</summary>
    public JsValue EvalIfKnown(Frame frame) =>
        _hops == Global && !frame.Evaluation.TryGlobal(_slot, out var value) ? default(JsValue) : Eval(frame);

    public override string Describe() => Name;

    private JsValue[] Holder(Frame frame)
    {
        var holder = frame.Closed;
        for (var hops = _hops; hops > 0; hops--)
        {
            holder = holder!.Outer;
        }

        return holder!.Slots;
    }

    private JsThrow Dead(Frame frame)
    {
        frame.Evaluation.Position = Position;
        return frame.Evaluation.Throw("ReferenceError", $"Cannot access '{Name}' before initialization", $"“{Name}”在声明之前不能使用。");
    }
}
