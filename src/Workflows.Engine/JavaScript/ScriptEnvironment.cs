namespace Workflows.Engine.JavaScript;

/// <summary>A function that the host offers to scripts. Arguments and result are .NET values as <see cref="ScriptValue"/> describes.</summary>
/// <param name="arguments">What the script passed; a missing argument is simply not there.</param>
public delegate object? HostFunction(IReadOnlyList<object?> arguments);

/// <summary>
/// What the host offers to one evaluation: variables, inputs, further names, clock, time zone and randomness.
/// Everything is looked up by name when a script asks for it. An evaluation uses its environment on one thread.
/// </summary>
public class ScriptEnvironment
{
    private ulong _random;

    /// <summary>China has one time zone; it is built in so that hosts without time-zone data agree.</summary>
    public static TimeZoneInfo China { get; } = FindChina();

    /// <summary>The clock behind <c>Date.now()</c> and <c>new Date()</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The zone of local dates; Asia/Shanghai unless told otherwise.</summary>
    public TimeZoneInfo TimeZone { get; init; } = China;

    /// <summary>Start of the sequence that <c>Math.random()</c> gives; the same seed gives the same sequence.</summary>
    public ulong RandomSeed
    {
        get;
        init => field = _random = value;
    }

    /// <summary>Finds a workflow variable (<c>variables.X</c>, <c>getX()</c>, <c>getVariable("X")</c>).</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False where there is no such variable; the script then sees <c>undefined</c>.</returns>
    public virtual bool TryGetVariable(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Sets a workflow variable (<c>variables.X = v</c>, <c>setX(v)</c>, <c>setVariable("X", v)</c>).</summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">The value as a .NET value, see <see cref="ScriptValue.ToObject"/>.</param>
    public virtual void SetVariable(string name, object? value)
    {
    }

    /// <summary>
    /// Called at the end of an evaluation for each variable whose list or object was changed in place
    /// (<c>variables.Items.push(1)</c>); sets the variable unless overridden.
    /// </summary>
    /// <param name="name">The variable's name.</param>
    /// <param name="value">Its content as it is now.</param>
    public virtual void VariableMutated(string name, object? value) => SetVariable(name, value);

    /// <summary>Names for <c>Object.keys(variables)</c> and <c>for (const k in variables)</c>; asked only then.</summary>
    public virtual IEnumerable<string> VariableNames => [];

    /// <summary>Finds a workflow input (<c>getInput("X")</c>, <c>getX()</c> where no variable X exists).</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False where there is no such input.</returns>
    public virtual bool TryGetInput(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>
    /// Finds a further name: a value, or a <see cref="HostFunction"/>. Asked once per name and evaluation, after the
    /// language's own names (<c>Math</c>, <c>JSON</c> …) and before <c>getX</c> and <c>setX</c> of variables and inputs.
    /// </summary>
    /// <param name="name">The name in the script.</param>
    /// <param name="value">The value or function.</param>
    /// <returns>False where the host offers no such name; its use is then a <c>ReferenceError</c>.</returns>
    public virtual bool TryGetGlobal(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>The next number of <c>Math.random()</c>: at least 0, below 1. By default SplitMix64 from <see cref="RandomSeed"/>.</summary>
    public virtual double NextRandom()
    {
        _random += 0x9E3779B97F4A7C15;
        var z = _random;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    private static TimeZoneInfo FindChina() =>
        TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Shanghai", out var zone)
            ? zone
            : TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "China Standard Time", "China Standard Time");
}
