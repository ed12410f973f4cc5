namespace Workflows.Storage.Model.Rows;

/// <summary>A plan to alter instances (Elsa concept): what is done, and to which instances. Each of them is a job.</summary>
public sealed class AlterationPlanRow
{
    /// <summary>Id of the plan.</summary>
    public string Id { get; set; } = "";

    /// <summary>Running while jobs are left, then Completed.</summary>
    public string State { get; set; } = "";

    /// <summary>When it was submitted.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its last job was done, or null.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Number of its jobs.</summary>
    public int JobCount { get; set; }

    /// <summary>Who submitted it, as JSON: its jobs are done in that name.</summary>
    public string Actor { get; set; } = "";

    /// <summary>What is done to each instance, as JSON.</summary>
    public string Alterations { get; set; } = "";

    /// <summary>How the instances were chosen, as JSON.</summary>
    public string Filter { get; set; } = "";
}

/// <summary>What a plan does to one instance. It becomes Completed in the commit of its effect.</summary>
public sealed class AlterationJobRow
{
    /// <summary>Id of the job.</summary>
    public string Id { get; set; } = "";

    /// <summary>Plan that it belongs to.</summary>
    public string PlanId { get; set; } = "";

    /// <summary>Instance that is altered.</summary>
    public string InstanceId { get; set; } = "";

    /// <summary>Position in the plan, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Pending, Completed, Failed.</summary>
    public string State { get; set; } = "";

    /// <summary>When it was planned.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was done or had failed, or null.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>What happened, line by line, as a JSON array; null while it is pending.</summary>
    public string? Log { get; set; }
}
