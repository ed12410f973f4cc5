using System.Collections.Immutable;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>The rosters as they were frozen for a plan: whoever looks later sees what the draw was made from.</summary>
public sealed record DrawSheet : SupervisionRecord
{
    /// <summary>Targets with their tickets, in ordinal order.</summary>
    public required ImmutableArray<DrawCandidate> Pool { get; init; }

    /// <summary>Targets left out, with reasons.</summary>
    public required ImmutableArray<Exclusion> Exclusions { get; init; }

    /// <summary>Officers of the departments that attend.</summary>
    public required ImmutableArray<DrawOfficer> Officers { get; init; }

    /// <summary>Town of each target in the pool.</summary>
    public required ImmutableSortedDictionary<string, string> Towns { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Frozen";
}

/// <summary>The sealed secret of a commitment. It is shown only in the record of the draw that reveals it.</summary>
public sealed record SealedSecret : SupervisionRecord
{
    /// <summary>Id of the draw.</summary>
    public required string DrawId { get; init; }

    /// <summary>32 bytes, lower-case hex.</summary>
    public required string SecretHex { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Sealed";

    /// <inheritdoc/>
    protected override string? ReferenceKey => DrawId;
}

/// <summary>Where the secret bytes of a commitment come from: the machine's random source, or the seed of a simulation.</summary>
public interface IDrawSecretSource
{
    /// <summary>32 bytes for a draw.</summary>
    byte[] Create(string drawId);
}
