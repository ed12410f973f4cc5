using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Packages;

/// <summary>Whether definitions may be published: the same checks at start, on import and for whoever only asks.</summary>
internal static class DefinitionSoundness
{
    /// <summary>Everything that is wrong with the data and the definitions of a package.</summary>
    public static IEnumerable<string> ProblemsOf(PackageFiles package, ActivityRegistry registry, WorkflowEngineOptions? options = null) =>
        PackageCatalogue.Read(package).Problems.Select(problem => problem.ToString()!).Concat(package.Definitions.SelectMany(text => ProblemsOf(text, registry, options)));

    /// <summary>What may be meant as the definitions of a package draw it, but seldom is; a line each, and no reason not to publish.</summary>
    public static IEnumerable<string> NoticesOf(PackageFiles package, ActivityRegistry registry, WorkflowEngineOptions? options = null) =>
        package.Definitions.SelectMany(text => DefinitionValidator.Notices(WorkflowDefinition.Parse(text), registry, options)).Select(notice => $"{notice.ActivityId ?? "-"} {notice.Property ?? "-"} {notice.Message}");

    /// <summary>Everything that is wrong with one definition, a line each: step, property, message.</summary>
    public static IEnumerable<string> ProblemsOf(string definition, ActivityRegistry registry, WorkflowEngineOptions? options = null)
    {
        try
        {
            return [.. DefinitionValidator.Validate(WorkflowDefinition.Parse(definition), registry, options).Select(p => $"{p.ActivityId ?? "-"} {p.Property ?? "-"} {p.Message}")];
        }
        catch (DefinitionFormatException malformed)
        {
            return [malformed.Message];
        }
    }
}
