namespace Workflows.Host.Elsa.Differences;

/// <summary>What kind of difference it is, in the order in which people read them.</summary>
internal enum ChangeKind
{
    /// <summary>A step came in.</summary>
    StepAdded,

    /// <summary>A step went away.</summary>
    StepRemoved,

    /// <summary>A step has another name, type or container.</summary>
    StepChanged,

    /// <summary>A connection came in, went away or leads elsewhere.</summary>
    Connection,

    /// <summary>Length, unit, start or rule of a time limit.</summary>
    TimeLimit,

    /// <summary>Who does a step: department or role.</summary>
    Responsible,

    /// <summary>A rung of a ladder.</summary>
    Ladder,

    /// <summary>Another input of a step.</summary>
    Input,

    /// <summary>A variable, input or output of the process.</summary>
    Variable,

    /// <summary>Name, description or options of the process itself.</summary>
    Process,
}

/// <summary>One difference between two versions.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Sentence">The difference in a sentence, in Chinese.</param>
/// <param name="ActivityId">Step concerned, or null.</param>
/// <param name="Before">The former value in full where the sentence only mentions it; null otherwise.</param>
/// <param name="After">The present value in full.</param>
internal sealed record DefinitionChange(ChangeKind Kind, string Sentence, string? ActivityId = null, string? Before = null, string? After = null);
