namespace Workflows.Engine.Journal;

/// <summary>Names of the events of the execution log (Elsa concept).</summary>
public static class JournalEvents
{
    /// <summary>An execution begins.</summary>
    public const string Started = "Started";

    /// <summary>An execution waits.</summary>
    public const string Suspended = "Suspended";

    /// <summary>A waiting execution goes on.</summary>
    public const string Resumed = "Resumed";

    /// <summary>An execution is done.</summary>
    public const string Completed = "Completed";

    /// <summary>An execution was cancelled.</summary>
    public const string Canceled = "Canceled";

    /// <summary>An execution ended by an exception.</summary>
    public const string Faulted = "Faulted";

    /// <summary>An execution that faulted begins anew, because somebody asked for it.</summary>
    public const string Retried = "Retried";

    /// <summary>An execution may not begin.</summary>
    public const string PreconditionFailed = "Precondition Failed";

    /// <summary>The instance went on under another version of its definition.</summary>
    public const string Migrated = "Migrated";

    /// <summary>A variable was set from outside.</summary>
    public const string VariableSet = "Variable set";

    /// <summary>The whole instance was cancelled.</summary>
    public const string WorkflowCancelled = "Workflow cancelled";
}
