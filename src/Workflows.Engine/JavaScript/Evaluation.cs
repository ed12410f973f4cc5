using System.Diagnostics;
using System.Runtime.CompilerServices;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript;

/// <summary>One run of a script: what it has used of its bounds, its globals, and the stack on which arguments are passed.</summary>
internal sealed partial class Evaluation
{
    private const int LongestText = (1 << 29) - 24;
    private const int StepsBetweenLooksAtTheClock = 1024;
    private readonly ScriptLimits _limits;
    private readonly CancellationToken _cancellation;
    private JsValue[] _stack = [];
    private int _top;
    private int _callDepth;
    private int _nesting;
    private long _steps;
    private long _nextLook = StepsBetweenLooksAtTheClock;
    private long _memory;
    private long _started;

    public Evaluation(Script script, ScriptEnvironment environment, ScriptLimits limits, CancellationToken cancellation)
    {
        Script = script;
        Environment = environment;
        _limits = limits;
        _cancellation = cancellation;
    }

    public Script Script { get; }

    public ScriptEnvironment Environment { get; }

    /// <summary>Where the script is, for errors that built-in functions raise.</summary>
    public int Position { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step()
    {
        if (++_steps >= _nextLook)
        {
            Look();
        }
    }

    public void Steps(long count)
    {
        _steps += count;
        if (_steps >= _nextLook)
        {
            Look();
        }
    }

    public void Charge(long bytes)
    {
        if ((_memory += bytes) > _limits.MaxMemoryBytes)
        {
            throw Limit($"脚本占用的内存超过上限 {_limits.MaxMemoryBytes / 1024} KB，请减少数据量。");
        }
    }

    public void ChargeText(long length)
    {
        if (length > 0)
        {
            Charge(24 + (length * 2));
        }
    }

    /// <summary>Charges a text, and the time to write it, before it is made.</summary>
    public void ChargeTextWork(long length)
    {
        ChargeText(length);
        Steps(length / 64);
    }

    /// <summary>Refuses, as V8 does and a script may catch, a text longer than any JavaScript engine makes.</summary>
    public void RequirePossibleText(double length)
    {
        if (length > LongestText)
        {
            throw BoundReached("Invalid string length", "字符串过长。");
        }
    }

    /// <summary>Refuses a text that could never be read within the bound, so that its pieces may be kept for now.</summary>
    public void RequireRoomForText(long length)
    {
        if (length * 2 > _limits.MaxMemoryBytes)
        {
            throw Limit($"字符串过长，超过内存上限 {_limits.MaxMemoryBytes / 1024} KB。");
        }
    }

    /// <summary>Charges and tells the steps of a built-in function that visits elements one by one.</summary>
    public void ChargeElements(long count)
    {
        Charge(32 + (count * 16));
        Steps(count / 16);
    }

    public ScriptException Limit(string reason)
    {
        var (line, column) = Script.Locate(Position);
        return new ScriptException(ScriptErrorKind.Limit, reason, line, column);
    }

    /// <summary>Enters data one level deeper (writing JSON, joining nested arrays); each entry needs <see cref="LeaveNesting"/>.</summary>
    public void EnterNesting()
    {
        if (++_nesting > _limits.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Limit($"数据嵌套超过上限 {_limits.MaxNesting} 层。");
        }
    }

    public void LeaveNesting() => _nesting--;

    public void EnterCall()
    {
        if (++_callDepth > _limits.MaxCallDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _callDepth--;
            throw BoundReached("Maximum call stack size exceeded", $"函数调用过深（上限 {_limits.MaxCallDepth} 层），请检查是否无限递归。");
        }

        Step();
    }

    public void LeaveCall() => _callDepth--;

    public void RequireStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw BoundReached("Maximum call stack size exceeded", "表达式嵌套过深，请拆成多个语句。");
        }
    }

    // The argument stack ------------------------------------------------------------------------------------------

    public int Mark() => _top;

    public void Push(JsValue value)
    {
        if (_top == _stack.Length)
        {
            Charge(_stack.Length * 16L);
            Array.Resize(ref _stack, Math.Max(16, _stack.Length * 2));
        }

        _stack[_top++] = value;
    }

    public ReadOnlySpan<JsValue> Since(int mark) => new(_stack, mark, _top - mark);

    public void Release(int mark) => _top = mark;

    /// <summary>What a <c>catch</c> must put back, as errors leave calls without clearing up.</summary>
    public (int Top, int CallDepth, int Nesting) Save() => (_top, _callDepth, _nesting);

    public void Restore((int Top, int CallDepth, int Nesting) saved) => (_top, _callDepth, _nesting) = saved;

    public JsValue Call(JsFunction function, JsValue self, JsValue first)
    {
        var mark = _top;
        Push(first);
        var result = function.Call(this, self, Since(mark));
        _top = mark;
        return result;
    }

    public JsValue Call(JsFunction function, JsValue self, JsValue first, JsValue second)
    {
        var mark = _top;
        Push(first);
        Push(second);
        var result = function.Call(this, self, Since(mark));
        _top = mark;
        return result;
    }

    public JsValue Call(JsFunction function, JsValue self, JsValue first, JsValue second, JsValue third)
    {
        var mark = _top;
        Push(first);
        Push(second);
        Push(third);
        var result = function.Call(this, self, Since(mark));
        _top = mark;
        return result;
    }

    // Errors --------------------------------------------------------------------------------------------------------

    public JsThrow Throw(string name, string message, string? chinese = null)
    {
        Steps(50);
        Charge(256 + (message.Length * 2L));
        return new JsThrow(new JsError(name, message, Position) { Chinese = chinese }, Position);
    }

    private JsThrow BoundReached(string message, string chinese)
    {
        Steps(50);
        Charge(256);
        return new JsThrow(new JsError("RangeError", message, Position) { Chinese = chinese, IsBound = true }, Position);
    }

    public JsThrow TypeError(string message, string? chinese = null) => Throw("TypeError", message, chinese);

    public JsThrow RangeError(string message, string? chinese = null) => Throw("RangeError", message, chinese);

    /// <summary>Time left before <see cref="ScriptLimits.MaxTime"/>, for work that cannot count steps.</summary>
    public TimeSpan TimeLeft()
    {
        _started = _started == 0 ? Stopwatch.GetTimestamp() : _started;
        return _limits.MaxTime - Stopwatch.GetElapsedTime(_started);
    }

    public void CheckTime()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (TimeLeft() <= TimeSpan.Zero)
        {
            throw Limit($"脚本运行超过 {_limits.MaxTime.TotalMilliseconds:0} 毫秒，已中止。");
        }
    }

    private void Look()
    {
        if (_steps > _limits.MaxSteps)
        {
            throw Limit($"脚本运行超过 {_limits.MaxSteps} 步，请检查是否有死循环。");
        }

        CheckTime();
        _nextLook = Math.Min(_steps + StepsBetweenLooksAtTheClock, _limits.MaxSteps + 1);
    }
}
