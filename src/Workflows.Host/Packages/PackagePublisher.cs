using Workflows.Activities.Planning;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Host.Composition;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Packages;

/// <summary>Publishes the packages of <c>workflow-definitions/</c> when the service starts: what is unknown, or has changed in files only.</summary>
internal sealed class PackagePublisher(PackageStore store, PackageCatalogue packages, ActivityRegistry registry, WorkflowEngine engine, ServeSettings settings, ILogger<PackagePublisher> log)
{
    /// <summary>Publishes what is new. A package with problems is not published; the log names each of them.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        var published = (await packages.PublishedAsync(cancellationToken)).ToDictionary(head => head.Name, head => head.Hash, StringComparer.Ordinal);
        foreach (var package in PackageFiles.ReadAll(settings.HomeFolder))
        {
            // What stands already was checked when it was published: a start that changes nothing is quick.
            if (published.GetValueOrDefault(package.Name) == package.Hash)
                continue;
            if (!IsSound(package))
                continue;
            var outcome = await store.PublishAsync(
                package.Name, package.Hash, package.Texts, [.. package.Definitions], PackageVersions.DefinitionVersion, cancellationToken: cancellationToken);
            if (outcome == PackageOutcome.Drafted)
                log.LogWarning("Scenario {Name}: the published version was edited here, the changed files are kept as a draft (definitions import --force publishes them)", package.Name);
            else if (outcome == PackageOutcome.Held)
                log.LogWarning("Scenario {Name}: the files have changed, but an analyst has a draft open; they become a draft once that is published or discarded (definitions import --force publishes them now)", package.Name);
            else if (outcome == PackageOutcome.Published)
            {
                log.LogInformation("Scenario {Name} published, {Hash}", package.Name, package.Hash);
                foreach (var notice in DefinitionSoundness.NoticesOf(package, registry, engine.Options))
                    log.LogInformation("Scenario {Name}: {Notice}", package.Name, notice);
            }
        }
    }

    private bool IsSound(PackageFiles package)
    {
        var sound = true;
        foreach (var problem in DefinitionSoundness.ProblemsOf(package, registry, engine.Options))
        {
            log.LogError("Scenario {Name} is not published: {Problem}", package.Name, problem);
            sound = false;
        }

        return sound;
    }
}
