using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>Is told what has changed in the domain. Called by the pump after a commit: it returns at once.</summary>
public interface ICommitWatcher
{
    /// <summary>A commit of this node wrote these rows.</summary>
    /// <param name="rows">Their columns; the rows themselves are for those who may read them to fetch.</param>
    void Committed(IEnumerable<AggregateIndex> rows);

    /// <summary>Another node has committed something; what, is not known.</summary>
    void CommittedElsewhere();
}
