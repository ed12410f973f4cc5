using System.Runtime.CompilerServices;
using Workflows.Templates.Builtins;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>The state of one rendering: scopes, output and what is left of its budgets.</summary>
internal sealed partial class RenderContext : IDisposable
{
    private readonly List<ScriptObject> _globals = [];
    private readonly List<Expression?> _sources = [];
    private readonly List<LoopVariable> _loopVariables = [];
    private readonly CancellationToken _cancellation;
    private readonly long _started;
    private long _memoryLeft;
    private int _stepsLeft;
    private int _depth;

    public RenderContext(TemplateModel model, RenderOptions options, CancellationToken cancellation)
    {
        Options = options;
        Limits = options.Limits;
        Html = options.Escaping == Escaping.Html;
        _cancellation = cancellation;
        _stepsLeft = Limits.Steps;
        _memoryLeft = Limits.Memory;
        _started = options.Clock.GetTimestamp();
        PushGlobal(model.NewRoot());
    }

    public RenderOptions Options { get; }

    public TemplateLimits Limits { get; }

    public bool Html { get; }

    public OutputBuffer Output { get; private set; } = new();

    public LocalFrame Locals { get; private set; } = new(CallArguments.None);

    public ScriptObject Current => _globals[^1];

    /// <summary>The innermost <c>for</c> or <c>tablerow</c>, for <c>for.index</c> and its like.</summary>
    public LoopState? For { get; set; }

    public LoopState? While { get; set; }

    /// <summary>How many loops of the current function are running; <c>break</c> and <c>continue</c> need one.</summary>
    public int LoopDepth { get; set; }

    public object? Returned { get; set; }

    /// <summary>Pattern by which dates are printed; a template may assign <c>date.format</c>.</summary>
    public string DateFormat { get; set; } = DatePattern.Default;

    /// <summary>Positions of <c>array.cycle</c>, by group.</summary>
    public Dictionary<string, int> Cycles => field ??= new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Counts a round of a loop or a call, and looks at the clock now and then.</summary>
    public void Step(Node site)
    {
        if (--_stepsLeft < 0) throw site.Limit($"步数超过上限 {Limits.Steps}");
        if ((_stepsLeft & 127) == 0) CheckTime(site);
    }

    public void CheckTime(Node site)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Options.Clock.GetElapsedTime(_started) > Limits.TotalTime) throw site.Limit($"渲染时间超过上限 {Limits.TotalTime.TotalSeconds} 秒");
    }

    /// <summary>Counts memory that the template makes the rendering use, in bytes.</summary>
    public void Charge(Node site, long bytes)
    {
        _memoryLeft -= bytes;
        if (_memoryLeft < 0) throw site.Limit($"渲染占用的内存超过上限 {Limits.Memory} 字节");
    }

    /// <summary>Refuses a string that would be too long.</summary>
    public void CheckText(Node site, long length)
    {
        if (length > Limits.StringLength) throw site.Limit($"字符串长度超过上限 {Limits.StringLength}");
    }

    /// <summary>Counts a string about to be built.</summary>
    public void ChargeText(Node site, long length)
    {
        CheckText(site, length);
        Charge(site, 32 + (2 * length));
    }

    /// <summary>Counts an array about to be built.</summary>
    public void ChargeArray(Node site, long length)
    {
        if (length > Limits.ArrayLength) throw site.Limit($"数组长度超过上限 {Limits.ArrayLength}");
        Charge(site, 56 + (8 * length));
    }

    /// <summary>Fails with a limit error before the thread's stack is used up.</summary>
    public static void CheckStack(Node site)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw site.Limit("嵌套太深");
    }

    public void Enter(Node site)
    {
        CheckStack(site);
        if (++_depth > Limits.RecursionDepth) throw site.Limit($"递归层数超过上限 {Limits.RecursionDepth}");
        Step(site);
    }

    public void Leave() => _depth--;

    /// <summary>Opens an object context; <paramref name="source"/> is the expression that <c>with</c> names.</summary>
    public void PushGlobal(ScriptObject scope, Expression? source = null)
    {
        _globals.Add(scope);
        _sources.Add(source);
    }

    public void PopGlobal()
    {
        _globals.RemoveAt(_globals.Count - 1);
        _sources.RemoveAt(_sources.Count - 1);
    }

    public object? TakeReturned()
    {
        var value = Returned;
        Returned = null;
        return value;
    }

    /// <summary>Sets the local variables of a function or included template; returns those to restore.</summary>
    public LocalFrame SwapLocals(LocalFrame frame)
    {
        var previous = Locals;
        Locals = frame;
        return previous;
    }

    /// <summary>Redirects output; returns the buffer to restore.</summary>
    public OutputBuffer SwapOutput(OutputBuffer output)
    {
        var previous = Output;
        Output = output;
        return previous;
    }

    public void Dispose() => Output.Dispose();
}
