using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Composition;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Tests.Serving;

/// <summary>
/// A data folder after the first start: migrated, scenarios published, sample made where one is wanted. Making it takes seconds, and most services of the tests
/// begin alike; so it is made once and copied. Whoever starts over a copy goes on where the first start left off, with the same ids as without it.
/// </summary>
/// <param name="Folder">The data folder; null for none.</param>
/// <param name="Keys">Keys of stimuli that were given.</param>
/// <param name="Secrets">Secrets of draws that were given.</param>
internal sealed record FirstStart(DirectoryInfo? Folder, int Keys, int Secrets)
{
    private static readonly ConcurrentDictionary<(bool Sample, int Seed, DateTimeOffset At), Lazy<Task<FirstStart>>> Made = new();

    /// <summary>Nothing was begun.</summary>
    public static FirstStart None { get; } = new(null, 0, 0);

    /// <summary>Copies what a first start leaves into an empty folder.</summary>
    public static async Task<FirstStart> CopyAsync(DirectoryInfo target, bool sample, int seed, DateTimeOffset at)
    {
        var begun = await Made.GetOrAdd((sample, seed, at), key => new(() => MakeAsync(key.Sample, key.Seed, key.At))).Value;
        foreach (var file in begun.Folder!.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target.FullName, Path.GetRelativePath(begun.Folder.FullName, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
        }

        return begun;
    }

    private static async Task<FirstStart> MakeAsync(bool sample, int seed, DateTimeOffset at)
    {
        var folder = Directory.CreateTempSubdirectory("workflows-first-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var (keys, secrets) = (new SeededKeys(seed), new SeededSecrets(seed));
        var settings = new ServeSettings
        {
            DataFolder = folder.FullName,
            HomeFolder = ServiceUnderTest.HomeFolder(),
            AdministratorPassword = ServiceUnderTest.AdministratorPassword,
            WallClock = new Stopped(at),
            CreatesSample = sample,
        };
        await using var application = WorkflowsApplication.Build(settings, builder => ServiceUnderTest.Calm(builder, keys, secrets));
        await StartUp.FillAsync(application.Services, TextWriter.Null, CancellationToken.None);
        await application.Services.GetRequiredService<StimulusPump>().StopAsync(CancellationToken.None);
        return new FirstStart(folder, keys.Count, secrets.Count);
    }

    private sealed class Stopped(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
