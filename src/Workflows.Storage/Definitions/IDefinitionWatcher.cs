namespace Workflows.Storage.Definitions;

/// <summary>Is told that definitions, and with them schedules, have changed. Called by the pump after a commit: it returns at once.</summary>
public interface IDefinitionWatcher
{
    /// <summary>A commit of this node changed definitions.</summary>
    void DefinitionsChanged();
}
