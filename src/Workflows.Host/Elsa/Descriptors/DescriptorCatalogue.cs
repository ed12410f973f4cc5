using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Engine.Activities;
using Workflows.Host.Packages;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>All descriptors at one moment, ready to be sent.</summary>
/// <param name="Activities">Descriptor of each type and version.</param>
/// <param name="Json">The answer.</param>
/// <param name="Zipped">The answer in gzip.</param>
/// <param name="ETag">Strong validator, in quotation marks.</param>
internal sealed record DescriptorSnapshot(IReadOnlyDictionary<(string TypeName, int Version), ActivityShape> Activities, byte[] Json, byte[] Zipped, string ETag)
{
    /// <summary>Whether Studio can draw an activity of this type; it draws nothing at all where it cannot.</summary>
    public bool Knows(string typeName, int version) => Activities.ContainsKey((typeName, version));
}

/// <summary>
/// The descriptors, kept until something they are made from changes: a published package or a definition. Studio asks for them after
/// every save, so that asking costs two narrow queries.
/// </summary>
internal sealed class DescriptorCatalogue(
    ActivityRegistry registry, DefinitionKnowledge definitions, PackageCatalogue packages, IServiceScopeFactory scopes, ILogger<DescriptorWriter> log) : IDisposable
{
    private readonly SemaphoreSlim _building = new(1, 1);
    private (string Basis, DescriptorSnapshot Snapshot)? _current;

    /// <summary>The descriptors as they are now.</summary>
    public async ValueTask<DescriptorSnapshot> CurrentAsync(CancellationToken cancellationToken)
    {
        var versions = await definitions.VersionsAsync(cancellationToken);
        var basis = new StringBuilder();
        foreach (var head in await packages.PublishedAsync(cancellationToken))
            basis.Append(head.VersionId).Append(' ');
        foreach (var version in versions)
            basis.Append(version.VersionId).Append(version.Hash).Append(version.IsPublished).Append(version.IsLatest).Append(' ');
        var wanted = basis.ToString();
        if (_current is { } current && current.Basis == wanted)
            return current.Snapshot;
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } built && built.Basis == wanted)
                return built.Snapshot;
            var snapshot = await BuildAsync(versions, cancellationToken);
            _current = (wanted, snapshot);
            return snapshot;
        }
        finally
        {
            _building.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _building.Dispose();

    private async ValueTask<DescriptorSnapshot> BuildAsync(IReadOnlyList<KnownVersion> versions, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var writer = new DescriptorWriter(scope.ServiceProvider, log);
        var shapes = new List<ActivityShape>();
        foreach (var descriptor in registry.Descriptors)
            shapes.Add(await writer.WriteAsync(descriptor, cancellationToken));
        shapes.AddRange(WorkflowActivities.Describe(versions, shapes.Select(shape => shape.TypeName).ToHashSet(StringComparer.Ordinal)));
        shapes = [.. shapes.OrderBy(shape => shape.Category, StringComparer.Ordinal).ThenBy(shape => shape.TypeName, StringComparer.Ordinal).ThenBy(shape => shape.Version)];
        var json = JsonSerializer.SerializeToUtf8Bytes(ElsaList<ActivityShape>.Of(shapes), ElsaJson.Options);
        return new DescriptorSnapshot(
            shapes.ToDictionary(shape => (shape.TypeName, shape.Version)), json, Zip(json), '"' + Convert.ToHexStringLower(SHA256.HashData(json))[..32] + '"');
    }

    private static byte[] Zip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Optimal))
            zip.Write(content);
        return target.ToArray();
    }
}
