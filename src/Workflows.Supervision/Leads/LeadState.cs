namespace Workflows.Supervision.Leads;

/// <summary>Where a lead is. Each state but the last two has a wait with a name, an owner and a due time.</summary>
public enum LeadState
{
    /// <summary>待分诊: taken in; the dispatcher looks at it.</summary>
    Received,

    /// <summary>待派单: place and matter are known; it is to be routed.</summary>
    Triaged,

    /// <summary>待受理: with a department, which accepts it, returns it or disputes its duty.</summary>
    Routed,

    /// <summary>待派发: accepted; somebody is to be sent or a case opened.</summary>
    Accepted,

    /// <summary>办理中: a task, a workflow or a case is at work.</summary>
    Dispatched,

    /// <summary>已退回: given back with a reason; the dispatcher routes it again.</summary>
    Returned,

    /// <summary>职责争议: the guidance office decides whose duty it is.</summary>
    Disputed,

    /// <summary>待回执: handed to somebody outside, whose receipt is awaited.</summary>
    Transferred,

    /// <summary>督办中: nobody moved it, so a supervisor has to.</summary>
    Stuck,

    /// <summary>已并件: a duplicate of another lead. Terminal.</summary>
    Merged,

    /// <summary>已办结. Terminal.</summary>
    Closed,
}

/// <summary>How a lead is handled (S0, row 29).</summary>
public enum LeadPath
{
    /// <summary>Routed by the catalogue to a department or town.</summary>
    Department,

    /// <summary>即时处置: the grid settles it itself within an hour.</summary>
    InGrid,
}

/// <summary>What the end of a matter was: 721 工作法 (S0, row 15).</summary>
public enum ResponseClass
{
    /// <summary>服务.</summary>
    Service,

    /// <summary>管理.</summary>
    Management,

    /// <summary>执法.</summary>
    Enforcement,
}

/// <summary>Why two leads are probably one.</summary>
public enum LinkGround
{
    /// <summary>The same matter at the same place within a quarter of an hour.</summary>
    SameMatterAndPlace,

    /// <summary>Much the same words within a quarter of an hour, at the same place or where one of them names none.</summary>
    SimilarText,
}
