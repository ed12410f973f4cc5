namespace Workflows.Host.Simulation;

/// <summary>A district that is there already, in which scenarios are played side by side.</summary>
/// <param name="Services">Its services; the pump works deterministically and on <paramref name="Clock"/>.</param>
/// <param name="Clock">Its clock.</param>
/// <param name="Watch">Hears of steps of all scenarios.</param>
/// <param name="People">Everybody who acts in it.</param>
/// <param name="PackageVersionId">Published version of the package that is played.</param>
internal sealed record SimulationGround(IServiceProvider Services, VirtualClock Clock, TaskWatch Watch, SimulatedPeople People, string PackageVersionId);
