namespace Workflows.Storage.Stimuli;

/// <summary>Is told which instances have gone on. Called by the pump after a commit: it returns at once.</summary>
public interface IInstanceWatcher
{
    /// <summary>A commit of this node changed these instances.</summary>
    void Changed(IReadOnlyCollection<string> instanceIds);

    /// <summary>Another node has committed something; which instances it changed is to be looked up.</summary>
    void ChangedElsewhere();
}
