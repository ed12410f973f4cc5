using System.Text.Json.Nodes;

namespace Workflows.Engine.Activities;

/// <summary>Gives the choices of an input, asked anew at each request (named in <see cref="InputAttribute.OptionsProvider"/>).</summary>
public interface IInputOptionsProvider
{
    /// <summary>The choices, in the order in which they are shown.</summary>
    /// <param name="context">Which input of which activity type, and what the editor holds at present.</param>
    /// <param name="cancellationToken">Cancelled with the request.</param>
    ValueTask<IReadOnlyList<InputOption>> GetOptionsAsync(InputOptionsContext context, CancellationToken cancellationToken);
}

/// <summary>Which choices are asked for.</summary>
/// <param name="ActivityTypeName">Type name of the activity.</param>
/// <param name="InputName">Name of the input.</param>
/// <param name="Values">The other inputs as the editor holds them, by name; empty when unknown.</param>
/// <param name="Services">Services of the request.</param>
public sealed record InputOptionsContext(string ActivityTypeName, string InputName, JsonObject Values, IServiceProvider Services);
